//! The printed form as a web page: one file, no network, everything escaped, A4 when printed.

use super::markup::escaped;
use super::printed::{Cell, Column, Printed};
use super::web::KEPT;

/// Rows are kept whole by their lines (`orphans`): a row that may not break at all moves everything
/// that it is merged with to the next page.
const STYLE: &str = "@page{size:A4 landscape;margin:15mm 12mm}\
body{font-family:FangSong,仿宋,SimSun,宋体,serif;font-size:10.5pt;color:#000;background:#fff;\
max-width:270mm;margin:0 auto;padding:4mm}\
h1{font-family:SimHei,黑体,sans-serif;font-size:18pt;text-align:center;margin:0 0 2mm}\
p.under{text-align:center;margin:0 0 3mm}\
table{border-collapse:collapse;width:100%;table-layout:fixed}\
table+table{margin-top:-1px}\
th,td{border:1px solid #000;padding:.7mm 1.2mm;vertical-align:middle;overflow-wrap:anywhere;white-space:pre-wrap}\
th{font-weight:normal;font-family:SimHei,黑体,sans-serif}\
thead{display:table-header-group}td{orphans:40;widows:40}\
td.c{text-align:center}table.about th{width:14%}table.about td{break-inside:auto}\
p.foot{display:flex;gap:8mm;margin:2mm 0 0;break-before:avoid}p.foot span{flex:1}";

/// The page.
pub(super) fn write(printed: &Printed) -> String {
    let mut out = String::from("<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\">\n");
    out += &format!("<title>{}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n", escaped(printed.title));
    out += &format!("<h1>{}</h1>\n", escaped(printed.title));
    for line in &printed.under {
        out += &format!("<p class=\"under\">{}</p>\n", escaped(line));
    }
    out += "<table class=\"about\">\n";
    for (label, text) in &printed.about {
        out += &format!(
            "<tr><th scope=\"row\">{}</th><td class=\"{KEPT}\">{}</td></tr>\n",
            escaped(label),
            escaped(text)
        );
    }
    out += "</table>\n<table>\n<colgroup>";
    for column in &printed.columns {
        out += &format!("<col style=\"width:{}%\">", column.width);
    }
    out += "</colgroup>\n<thead><tr>";
    for column in &printed.columns {
        out += &format!("<th scope=\"col\">{}</th>", escaped(column.head));
    }
    out += "</tr></thead>\n<tbody>\n";
    for row in &printed.rows {
        let cells = printed.columns.iter().zip(row).filter(|(_, cell)| cell.rows > 0);
        out += &format!("<tr>{}</tr>\n", cells.map(|(column, of)| cell(column, of)).collect::<String>());
    }
    out += "</tbody>\n</table>\n";
    for line in &printed.foot {
        let parts: String = line.iter().map(|part| format!("<span>{}</span>", escaped(part))).collect();
        out += &format!("<p class=\"foot\">{parts}</p>\n");
    }
    out + "</body>\n</html>\n"
}

fn cell(column: &Column, cell: &Cell) -> String {
    let centred = if column.centred { " c" } else { "" };
    let span = if cell.rows > 1 { format!(" rowspan=\"{}\"", cell.rows) } else { String::new() };
    format!("<td class=\"{KEPT}{centred}\"{span}>{}</td>", escaped(&cell.text))
}
