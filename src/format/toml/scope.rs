//! What TOML forbids beyond its grammar: names that are given twice or extended where they may
//! not be. The rules are those of the `toml` crate; a test compares the two.

use foldhash::{HashMap, HashMapExt};

use super::extent::{Extent, short};
use super::syntax::{Data, Key, Kind, Pair, Statements, Value};

/// A name that may not stand where it stands.
#[derive(Debug)]
pub(super) struct Clash {
    pub(super) name: String,
    pub(super) span: Extent,
    /// Where the name was given first.
    pub(super) first: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    /// A value, a static array or an inline table: closed.
    Value,
    /// A table with a header of its own.
    Table,
    /// A table that exists because a header names something inside.
    Implicit,
    /// A table that exists because a dotted key names something inside.
    Dotted,
    /// `[[…]]`, with its last element.
    Tables(Id),
}

/// A node's position in the arena.
type Id = u32;

struct Node {
    role: Role,
    place: u32,
}

/// All names of a file, as a tree in an arena.
struct Scope<'a> {
    nodes: Vec<Node>,
    children: HashMap<(Id, &'a str), Id>,
}

/// The first clash of each statement that has one, with the statement's position.
pub(super) fn clashes(statements: &Statements<'_>) -> Vec<(usize, Clash)> {
    let root = Node { role: Role::Table, place: 0 };
    let mut scope = Scope { nodes: vec![root], children: HashMap::with_capacity(statements.len()) };
    let mut table = 0;
    let mut found = Vec::new();
    for (at, statement) in statements.iter().enumerate() {
        let result = match &statement.kind {
            Kind::Header { array, path, .. } => scope.header(path, *array).map(|node| table = node),
            Kind::Pair(pair) => scope.pair(table, pair),
        };
        if let Err(clash) = result {
            table = match statement.kind {
                Kind::Header { .. } => scope.add_detached(),
                Kind::Pair(_) => table,
            };
            found.push((at, clash));
        }
    }
    found
}

impl<'a> Scope<'a> {
    fn child(&self, parent: Id, key: &'a Key<'_>) -> Option<Id> {
        self.children.get(&(parent, key.name.as_ref())).copied()
    }

    fn add(&mut self, parent: Id, key: &'a Key<'_>, role: Role) -> Id {
        let id = self.push(Node { role, place: key.span.start });
        self.children.insert((parent, key.name.as_ref()), id);
        id
    }

    /// A table nobody can name: what stands under a clashing header is still checked in itself.
    fn add_detached(&mut self) -> Id {
        self.push(Node { role: Role::Table, place: 0 })
    }

    fn push(&mut self, node: Node) -> Id {
        self.nodes.push(node);
        short(self.nodes.len() - 1)
    }

    fn role(&mut self, id: Id) -> &mut Role {
        &mut self.nodes[id as usize].role
    }

    fn clash(&self, key: &Key<'_>, node: Id) -> Clash {
        let first = self.nodes[node as usize].place as usize;
        Clash { name: key.name.to_string(), span: key.span, first }
    }

    fn header(&mut self, path: &'a [Key<'_>], array: bool) -> Result<Id, Clash> {
        let Some((last, parents)) = path.split_last() else { return Ok(self.add_detached()) };
        let parent = parents.iter().try_fold(0, |parent, key| self.descend(parent, key))?;
        let Some(node) = self.child(parent, last) else {
            let node = self.add(parent, last, Role::Table);
            return Ok(match array {
                true => self.add_element(node),
                false => node,
            });
        };
        match (*self.role(node), array) {
            (Role::Tables(_), true) => Ok(self.add_element(node)),
            (Role::Implicit, false) => {
                self.nodes[node as usize] = Node { role: Role::Table, place: last.span.start };
                Ok(node)
            }
            _ => Err(self.clash(last, node)),
        }
    }

    fn add_element(&mut self, node: Id) -> Id {
        let element = self.add_detached();
        *self.role(node) = Role::Tables(element);
        element
    }

    /// One step of a header's path.
    fn descend(&mut self, parent: Id, key: &'a Key<'_>) -> Result<Id, Clash> {
        let Some(node) = self.child(parent, key) else { return Ok(self.add(parent, key, Role::Implicit)) };
        match *self.role(node) {
            Role::Value => Err(self.clash(key, node)),
            Role::Tables(element) => Ok(element),
            _ => Ok(node),
        }
    }

    fn pair(&mut self, table: Id, pair: &'a Pair<'_>) -> Result<(), Clash> {
        let Some((last, parents)) = pair.path.split_last() else { return Ok(()) };
        let parent = parents.iter().try_fold(table, |parent, key| self.step(parent, key))?;
        if let Some(node) = self.child(parent, last) {
            return Err(self.clash(last, node));
        }
        let node = self.add(parent, last, Role::Value);
        self.value(node, &pair.value)
    }

    /// One step of a dotted key.
    fn step(&mut self, parent: Id, key: &'a Key<'_>) -> Result<Id, Clash> {
        let Some(node) = self.child(parent, key) else { return Ok(self.add(parent, key, Role::Dotted)) };
        match *self.role(node) {
            Role::Implicit | Role::Dotted => {
                *self.role(node) = Role::Dotted;
                Ok(node)
            }
            _ => Err(self.clash(key, node)),
        }
    }

    fn value(&mut self, node: Id, value: &'a Value<'_>) -> Result<(), Clash> {
        match &value.data {
            Data::Table(pairs) => pairs.iter().try_for_each(|pair| self.pair(node, pair)),
            Data::Array(items) => items.iter().try_for_each(|item| {
                let element = self.add_detached();
                self.value(element, item)
            }),
            Data::Text(_) | Data::Bare(_) => Ok(()),
        }
    }
}
