//! Tables as offices publish them: every row right, none missing, none invented.
//!
//! Beside each source in `tests/fixtures/layouts` stands what it says, a row a line: level 1,
//! level 2, name, operator, value, unit, and where the table has them points and actual value.
//! `# year` and `# agency` say what stands around the table. A source `*.merged.tsv` is a drawing
//! from which a Word document, a spreadsheet and a web page are built: `<` is a cell covered from
//! the left, `^` one covered from above, `\n` a line end.

use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use jixiao::form::Indicator;
use jixiao::format;
use jixiao::format::recover::Recovered;

use super::import::{word, workbook_with};

/// A cell of a drawing, with how many columns and rows it covers.
struct Cell {
    text: String,
    columns: usize,
    rows: usize,
}

/// A drawing: rows of cells, `None` where another cell covers the place.
struct Drawing(Vec<Vec<Option<Cell>>>);

impl Drawing {
    fn read(text: &str) -> Self {
        let marks: Vec<Vec<&str>> = text.lines().map(|line| line.split('\t').collect()).collect();
        let at = |row: usize, column: usize| marks.get(row).and_then(|cells| cells.get(column)).copied();
        let cell = |row: usize, column: usize, mark: &str| {
            let columns = 1 + (column + 1..).take_while(|next| at(row, *next) == Some("<")).count();
            let rows = 1 + (row + 1..).take_while(|next| at(*next, column) == Some("^")).count();
            Cell { text: mark.trim().replace("\\n", "\n"), columns, rows }
        };
        let place = |(row, column, mark): (usize, usize, &str)| {
            (!matches!(mark, "<" | "^")).then(|| cell(row, column, mark))
        };
        let line = |(row, cells): (usize, &Vec<&str>)| {
            cells.iter().enumerate().map(|(column, mark)| place((row, column, mark))).collect()
        };
        Self(marks.iter().enumerate().map(line).collect())
    }

    fn html(&self) -> Vec<u8> {
        let cell = |cell: &Cell| {
            let text = escaped(&cell.text).replace('\n', "<br>");
            format!("<td colspan=\"{}\" rowspan=\"{}\">{text}</td>", cell.columns, cell.rows)
        };
        let row = |row: &Vec<Option<Cell>>| {
            format!("<tr>{}</tr>", row.iter().flatten().map(cell).collect::<String>())
        };
        let rows: String = self.0.iter().map(row).collect();
        format!("<html><body><table>{rows}</table></body></html>").into_bytes()
    }

    fn docx(&self) -> Vec<u8> {
        let mut body = String::new();
        let mut is_open = false;
        for (at, row) in self.0.iter().enumerate() {
            if row.len() == 1 {
                body += if std::mem::take(&mut is_open) { "</w:tbl>" } else { "" };
                body += &row.iter().flatten().map(|cell| paragraphs(&cell.text)).collect::<String>();
                continue;
            }
            body += if std::mem::replace(&mut is_open, true) { "" } else { "<w:tbl>" };
            let _ = write!(body, "<w:tr>{}</w:tr>", self.docx_row(at, row));
        }
        body += if is_open { "</w:tbl>" } else { "" };
        word(&body)
    }

    fn docx_row(&self, at: usize, row: &[Option<Cell>]) -> String {
        let mut cells = String::new();
        let mut column = 0;
        while column < row.len() {
            let above = (0..=at)
                .rev()
                .find_map(|above| self.0[above].get(column)?.as_ref().map(|cell| (above, cell)));
            let Some((above, cell)) = above else {
                column += 1;
                continue;
            };
            let merge = match (cell.rows, above == at) {
                (1, _) => "",
                (_, true) => "<w:vMerge w:val=\"restart\"/>",
                (_, false) => "<w:vMerge/>",
            };
            let text = if above == at { paragraphs(&cell.text) } else { "<w:p/>".to_owned() };
            let span = cell.columns;
            let _ =
                write!(cells, "<w:tc><w:tcPr><w:gridSpan w:val=\"{span}\"/>{merge}</w:tcPr>{text}</w:tc>");
            column += span;
        }
        cells
    }

    fn xlsx(&self) -> Vec<u8> {
        let mut sheet = String::new();
        let mut merges = String::new();
        for (at, row) in self.0.iter().enumerate() {
            let _ = write!(sheet, "<row r=\"{}\">", at + 1);
            for (column, cell) in row.iter().enumerate().filter_map(|(at, cell)| Some((at, cell.as_ref()?))) {
                let name = place(at, column);
                let text = escaped(&cell.text);
                let _ = write!(sheet, "<c r=\"{name}\" t=\"inlineStr\"><is><t>{text}</t></is></c>");
                if cell.columns * cell.rows > 1 {
                    let last = place(at + cell.rows - 1, column + cell.columns - 1);
                    let _ = write!(merges, "<mergeCell ref=\"{name}:{last}\"/>");
                }
            }
            sheet += "</row>";
        }
        workbook_with(&sheet, &format!("<mergeCells>{merges}</mergeCells>"))
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

fn paragraphs(text: &str) -> String {
    let paragraph = |line: &str| format!("<w:p><w:r><w:t>{}</w:t></w:r></w:p>", escaped(line));
    text.split('\n').map(paragraph).collect()
}

fn place(row: usize, column: usize) -> String {
    let letter = char::from(b'A' + u8::try_from(column).expect("few columns"));
    format!("{letter}{}", row + 1)
}

/// What is expected of a layout.
struct Expected {
    year: Option<String>,
    agency: Option<String>,
    rows: Vec<Vec<String>>,
}

fn expected(path: &Path) -> Expected {
    let text = fs::read_to_string(path).unwrap_or_else(|_| panic!("{} is missing", path.display()));
    let named =
        |name: &str| text.lines().find_map(|line| line.strip_prefix(name)).map(|rest| rest.trim().to_owned());
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    Expected {
        year: named("# year"),
        agency: named("# agency"),
        rows: lines.map(|line| line.split('\t').map(str::to_owned).collect()).collect(),
    }
}

fn fields(row: &Indicator, count: usize) -> Vec<String> {
    let all =
        [&row.level1, &row.level2, &row.name, &row.operator, &row.value, &row.unit, &row.points, &row.actual];
    all.into_iter().take(count).cloned().collect()
}

/// Rows of the expected that were read, in order, and what is wrong with the others.
fn compared(expected: &Expected, found: &Recovered) -> (usize, Vec<String>) {
    let width = expected.rows.iter().map(Vec::len).max().unwrap_or_default();
    let mut left: Vec<Vec<String>> = found.form.indicators.iter().map(|row| fields(row, width)).collect();
    let mut faults = Vec::new();
    let mut right = 0;
    for row in &expected.rows {
        let mut row = row.clone();
        row.resize(width, String::new());
        match left.iter().position(|other| *other == row) {
            Some(at) => {
                left.remove(at);
                right += 1;
            }
            None => faults.push(format!("  missing  {}", row.join(" | "))),
        }
    }
    faults.extend(left.iter().map(|row| format!("  invented {}", row.join(" | "))));
    for (name, wanted, own) in
        [("year", &expected.year, &found.form.year), ("agency", &expected.agency, &found.form.agency)]
    {
        if wanted.as_ref().is_some_and(|wanted| wanted != own) {
            faults.push(format!("  {name} is “{own}”"));
        }
    }
    let order: Vec<String> = found.form.indicators.iter().map(|row| row.name.clone()).collect();
    if faults.is_empty() && order.iter().ne(expected.rows.iter().map(|row| &row[2])) {
        faults.push("  rows out of order".to_owned());
    }
    (right, faults)
}

/// The files of a source: itself, or what is built from its drawing.
fn files(path: &Path) -> Vec<(&'static str, Vec<u8>)> {
    let bytes = fs::read(path).expect("reads");
    if !path.to_string_lossy().ends_with(".merged.tsv") {
        return vec![("as it is", bytes)];
    }
    let drawing = Drawing::read(&String::from_utf8(bytes).expect("is text"));
    vec![("docx", drawing.docx()), ("xlsx", drawing.xlsx()), ("html", drawing.html())]
}

#[test]
fn published_layouts_are_read_row_by_row() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/layouts");
    let entries = fs::read_dir(folder).expect("the folder").map(|entry| entry.expect("an entry").path());
    let is_source = |path: &PathBuf| !path.to_string_lossy().ends_with(".expected.tsv");
    let mut sources: Vec<PathBuf> = entries.filter(is_source).collect();
    sources.sort();
    let mut report = String::new();
    let mut faulty = 0;
    for path in &sources {
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        let stem = name.split('.').next().expect("a stem");
        let expected = expected(&path.with_file_name(format!("{stem}.expected.tsv")));
        for (kind, bytes) in files(path) {
            let found = format::import(&bytes).unwrap_or_else(|refused| panic!("{name}: {refused}"));
            let (right, faults) = compared(&expected, &found);
            let _ = writeln!(report, "{right:>2} of {:>2} right: {name} ({kind})", expected.rows.len());
            if !faults.is_empty() {
                faulty += 1;
                let notes = found
                    .notes
                    .iter()
                    .map(|note| format!("    {} {:?} {}", note.code, note.line, note.message));
                let _ = writeln!(report, "{}\n{}", faults.join("\n"), notes.collect::<Vec<_>>().join("\n"));
            }
        }
    }
    let _ = std::io::stderr().write_all(report.as_bytes());
    assert!(sources.len() >= 24, "only {} layouts", sources.len());
    assert!(faulty == 0, "{faulty} files are not read right:\n{report}");
}
