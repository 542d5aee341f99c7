//! stand-in until the codec lands
use crate::form::{
    Form, Indicator,
    edit::Spot,
    field::{FIELDS, Table},
};
use std::ops::Range;
#[allow(missing_docs)]
pub struct Limits {
    pub bytes: usize,
    pub rows: usize,
    pub field_bytes: usize,
}
impl Default for Limits {
    fn default() -> Self {
        Self { bytes: 8 << 20, rows: 2000, field_bytes: 64 << 10 }
    }
}
#[allow(missing_docs)]
#[derive(Debug, Clone)]
pub struct Loaded {
    pub form: Form,
    pub source: Source,
    pub notes: Vec<super::Note>,
    pub read_only: Option<String>,
}
#[allow(missing_docs)]
#[derive(Debug, Clone)]
pub struct Fault {
    pub line: usize,
    pub column: usize,
    pub span: Range<usize>,
    pub message: String,
    pub hint: Option<String>,
}
#[allow(missing_docs)]
#[derive(Debug, Clone)]
pub struct Broken {
    pub faults: Vec<Fault>,
    pub salvage: Option<Box<Loaded>>,
}
impl Broken {
    #[allow(missing_docs)]
    pub fn report(&self, path: &str, _color: bool) -> String {
        format!("{path}: {:?}", self.faults)
    }
    #[allow(missing_docs)]
    pub fn summary(&self) -> String {
        format!("{:?}", self.faults)
    }
}
#[allow(missing_docs)]
#[derive(Debug, Clone)]
pub struct Source(String);
#[allow(missing_docs)]
#[derive(Debug, Clone)]
pub struct Place {
    pub line: usize,
    pub column: usize,
    pub range: Range<usize>,
}
impl Source {
    #[allow(missing_docs)]
    pub fn locate(&self, _form: &Form, _spot: Spot, _span: Option<Range<usize>>) -> Option<Place> {
        None
    }
    #[allow(missing_docs)]
    pub fn text(&self) -> &str {
        &self.0
    }
}
#[allow(missing_docs)]
pub struct Written {
    pub bytes: Vec<u8>,
    pub source: Source,
}
#[allow(missing_docs)]
pub fn write(form: &Form, _source: Option<&Source>) -> Written {
    let text = toml::to_string(form).unwrap_or_default();
    Written { bytes: text.clone().into_bytes(), source: Source(text) }
}
#[allow(missing_docs)]
pub fn read(bytes: &[u8], _limits: &Limits) -> Result<Loaded, Broken> {
    let text = String::from_utf8_lossy(bytes).into_owned();
    let table: toml::Table = text.parse().map_err(|e: toml::de::Error| Broken {
        faults: vec![Fault { line: 1, column: 1, span: 0..0, message: e.to_string(), hint: None }],
        salvage: None,
    })?;
    let as_text = |v: &toml::Value| match v {
        toml::Value::String(s) => s.clone(),
        toml::Value::Array(a) => a.iter().filter_map(|v| v.as_str()).collect::<Vec<_>>().join("\n"),
        v => v.to_string(),
    };
    let mut form = Form::default();
    for info in FIELDS.iter().filter(|i| i.table != Table::Indicator) {
        let v = if info.table == Table::Root {
            table.get(info.key)
        } else {
            table.get(info.table.key()).and_then(|t| t.get(info.key))
        };
        if let Some(v) = v {
            form.set_while_reading(info.field, as_text(v));
        }
    }
    let rows = table
        .get("indicator")
        .and_then(|v| v.as_array())
        .map(|rows| {
            rows.iter()
                .map(|r| {
                    let mut row = Indicator::default();
                    for info in FIELDS.iter().filter(|i| i.table == Table::Indicator) {
                        if let Some(v) = r.get(info.key) {
                            if let Some(t) = row.text_mut(info.field) {
                                *t = as_text(v);
                            }
                        }
                    }
                    row
                })
                .collect()
        })
        .unwrap_or_default();
    Ok(Loaded { form: form.with_rows(rows), source: Source(text), notes: vec![], read_only: None })
}
