//! The summary as a page for a browser: one file, no script, nothing loaded. Charts are drawn as
//! SVG; where there are many units, the charts show those that need attention and count the rest.

use rust_decimal::Decimal;

use super::summary::{Figures, Summary};
use crate::text::visible_lines;
use crate::vocabulary::number::plain;

/// Units that the chart of points draws one by one.
const DRAWN: usize = 40;
/// Codes that the chart of problems draws.
const CODES: usize = 20;
/// Units that the table lists.
const LISTED: usize = 3_000;
/// Colours of the classes, told apart also in grey.
const COLOURS: [&str; 6] = ["#2f6690", "#81c3d7", "#f4a259", "#8cb369", "#bc4b51", "#9a8c98"];

const STYLE: &str = "\
body{font-family:'Noto Sans CJK SC','Microsoft YaHei','SimSun',sans-serif;margin:2em auto;max-width:1080px;\
padding:0 1em;color:#1c2733;line-height:1.5}\
h1{font-size:1.5em}h2{font-size:1.15em;margin-top:2em;border-bottom:1px solid #c7d0d9}\
ol{columns:3 15em}.cards{display:flex;flex-wrap:wrap;gap:.8em}.card{border:1px solid #c7d0d9;border-radius:6px;padding:.5em 1em;min-width:7em}\
.card b{display:block;font-size:1.5em}.bad{color:#b00020}\
table{border-collapse:collapse;width:100%;font-size:.85em}th,td{border-bottom:1px solid #dde3e9;padding:.25em .5em;\
text-align:left;vertical-align:top}th{background:#eef2f6}td.n,th.n{text-align:right;white-space:nowrap}\
svg{max-width:100%;height:auto}svg text{font-size:12px;fill:#1c2733}.legend span{margin-right:1.2em}\
.legend i{display:inline-block;width:.9em;height:.9em;margin-right:.3em;vertical-align:-.1em}\
@media print{body{max-width:none;margin:0}h2{break-after:avoid}tr,svg{break-inside:avoid}thead{display:table-header-group}}";

pub(super) fn write(summary: &Summary) -> String {
    let mut page = format!(
        "<!doctype html>\n<html lang=\"zh-CN\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width\">\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\
         <title>部门整体支出绩效目标汇总</title><style>{STYLE}</style></head><body>\n\
         <h1>部门整体支出绩效目标汇总</h1>\n"
    );
    page += &cards(summary);
    page += &attention(summary);
    page += &points(summary);
    page += &codes(summary);
    page += &table(summary);
    page += &faults(summary);
    page + "</body></html>\n"
}

/// A text as it may stand in the page.
fn safe(text: &str) -> String {
    let text = visible_lines(text);
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
        .replace('\'', "&#39;")
}

fn cards(summary: &Summary) -> String {
    let sum = |severity: usize| summary.units.iter().map(|unit| unit.found[severity]).sum::<usize>();
    let indicators: usize = summary.units.iter().map(|unit| unit.indicators).sum();
    let mut cards = vec![
        ("单位", summary.units.len().to_string(), false),
        ("要看的", summary.attention().to_string(), summary.attention() > 0),
        ("指标", indicators.to_string(), false),
        ("错误", sum(0).to_string(), sum(0) > 0),
        ("警告", sum(1).to_string(), false),
        ("没有汇总", summary.faults.len().to_string(), !summary.faults.is_empty()),
    ];
    cards.extend(summary.mean_rate().map(|rate| ("平均执行率", format!("{}%", plain(rate)), false)));
    cards.extend(summary.grades().into_iter().map(|(grade, count)| (grade, count.to_string(), false)));
    let card = |(label, value, is_bad): &(&str, String, bool)| {
        let class = if *is_bad { " bad" } else { "" };
        format!("<div class=\"card{class}\"><b>{value}</b>{label}</div>")
    };
    format!("<div class=\"cards\">{}</div>\n", cards.iter().map(card).collect::<String>())
}

/// Why a unit needs attention, in words.
fn why(unit: &Figures) -> String {
    let mut words = Vec::new();
    if unit.found[0] > 0 {
        words.push(format!("错误{}", unit.found[0]));
    }
    if unit.total < unit.expected {
        words.push(format!("差{}分", plain(unit.off())));
    }
    if unit.total > unit.expected {
        words.push(format!("多{}分", plain(unit.off())));
    }
    words.join("，")
}

fn attention(summary: &Summary) -> String {
    let units: Vec<&Figures> = summary.units.iter().filter(|unit| unit.needs_attention()).collect();
    if units.is_empty() {
        return "<h2>要看的单位</h2><p>没有：每张表都没有错误，分值都对。</p>\n".into();
    }
    let item =
        |unit: &&Figures| format!("<li>{}：<span class=\"bad\">{}</span></li>", safe(unit.name()), why(unit));
    let more = match units.len().checked_sub(DRAWN) {
        Some(more @ 1..) => format!("<p>另外还有{more}个，见下面的表。</p>"),
        _ => String::new(),
    };
    let items: String = units.iter().take(DRAWN).map(item).collect();
    format!("<h2>要看的单位（{}个）</h2><ol>{items}</ol>{more}\n", units.len())
}

/// A bar a unit, a stretch a class, a line where the points should end.
fn points(summary: &Summary) -> String {
    let classes = summary.classes();
    let colour = |name: &str| {
        let at = classes.iter().position(|own| own == name).unwrap_or(0);
        COLOURS[at % COLOURS.len()]
    };
    let legend: String = classes
        .iter()
        .map(|name| {
            let shown = if name.is_empty() { "未分类" } else { name };
            format!("<span><i style=\"background:{}\"></i>{}</span>", colour(name), safe(shown))
        })
        .collect();
    let drawn: Vec<&Figures> = summary.units.iter().take(DRAWN).collect();
    let most = drawn.iter().map(|unit| unit.total.max(unit.expected)).max().unwrap_or(Decimal::ONE_HUNDRED);
    let scale = |points: Decimal| {
        let share = (points.max(Decimal::ZERO) * Decimal::from(700)).checked_div(most).unwrap_or_default();
        share.round_dp(1)
    };
    let mut bars = String::new();
    for (at, unit) in drawn.iter().enumerate() {
        let y = at * 24;
        let mut x = Decimal::from(220);
        bars += &format!(
            "<text x=\"212\" y=\"{}\" text-anchor=\"end\">{}</text>",
            y + 15,
            safe(&short(unit.name(), 16))
        );
        for (name, points, _) in &unit.classes {
            let width = scale(*points);
            bars += &format!(
                "<rect x=\"{x}\" y=\"{}\" width=\"{width}\" height=\"16\" fill=\"{}\"><title>{} {}分</title></rect>",
                y + 3,
                colour(name),
                safe(name),
                plain(*points)
            );
            x += width;
        }
        let end = Decimal::from(220) + scale(unit.expected);
        bars += &format!(
            "<line x1=\"{end}\" x2=\"{end}\" y1=\"{y}\" y2=\"{}\" stroke=\"#1c2733\" stroke-width=\"2\"/>",
            y + 22
        );
        bars += &format!(
            "<text x=\"{}\" y=\"{}\">{}/{}</text>",
            (x.max(end) + Decimal::from(6)).round_dp(1),
            y + 15,
            plain(unit.total),
            plain(unit.expected)
        );
    }
    let height = drawn.len() * 24 + 6;
    let rest = match summary.units.len().checked_sub(DRAWN) {
        Some(rest @ 1..) => format!("<p>画的是最要看的{DRAWN}个，另外{rest}个见下面的表。</p>"),
        _ => String::new(),
    };
    format!(
        "<h2>各单位分值</h2><p class=\"legend\">{legend}竖线是应有的分值</p>\
         <svg viewBox=\"0 0 1000 {height}\" width=\"1000\" height=\"{height}\" role=\"img\" aria-label=\"各单位各类分值\">{bars}</svg>{rest}\n"
    )
}

fn short(text: &str, most: usize) -> String {
    match text.chars().count() <= most {
        true => text.to_owned(),
        false => text.chars().take(most - 1).chain(['…']).collect(),
    }
}

fn codes(summary: &Summary) -> String {
    let codes = summary.codes();
    let Some((_, most, ..)) = codes.first() else { return String::new() };
    let mut bars = String::new();
    for (at, (code, count, units, title)) in codes.iter().take(CODES).enumerate() {
        let (y, width) = (at * 24, (count * 420 / most.max(&1)).max(2));
        bars += &format!(
            "<text x=\"352\" y=\"{}\" text-anchor=\"end\">{}</text><rect x=\"360\" y=\"{}\" width=\"{width}\" \
             height=\"16\" fill=\"#2f6690\"><title>{code}</title></rect><text x=\"{}\" y=\"{}\">{count}次，{units}个单位</text>",
            y + 15,
            safe(&short(title, 26)),
            y + 3,
            366 + width,
            y + 15
        );
    }
    let height = codes.len().min(CODES) * 24 + 6;
    let rest = match codes.len().checked_sub(CODES) {
        Some(rest @ 1..) => format!("<p>另外还有{rest}种，次数更少。</p>"),
        _ => String::new(),
    };
    format!(
        "<h2>问题</h2><svg viewBox=\"0 0 1000 {height}\" width=\"1000\" height=\"{height}\" role=\"img\" \
         aria-label=\"各种问题的次数\">{bars}</svg>{rest}\n"
    )
}

fn table(summary: &Summary) -> String {
    let classes = summary.classes();
    let head: String = classes
        .iter()
        .map(|name| if name.is_empty() { "未分类" } else { name })
        .map(|name| format!("<th class=\"n\">{}</th>", safe(name.trim_end_matches("指标"))))
        .collect();
    let row = |unit: &Figures| {
        let points: String = classes
            .iter()
            .map(|name| unit.classes.iter().find(|(own, ..)| own == name))
            .map(|class| match class {
                Some((_, points, expected)) => {
                    let is_off = expected.is_some_and(|expected| expected != *points);
                    format!("<td class=\"n{}\">{}</td>", if is_off { " bad" } else { "" }, plain(*points))
                }
                None => "<td class=\"n\"></td>".into(),
            })
            .collect();
        let bad = |is_bad: bool| if is_bad { " bad" } else { "" };
        format!(
            "<tr><td>{}</td><td class=\"n\">{}</td><td class=\"n{}\">{}</td><td class=\"n\">{}</td><td class=\"n\">{}</td>\
             <td class=\"n{}\">{}/{}</td>{points}<td class=\"n\">{}</td><td class=\"n\">{}</td><td>{}</td></tr>\n",
            safe(unit.name()),
            safe(unit.year.trim()),
            bad(unit.found[0] > 0),
            unit.found[0],
            unit.found[1],
            unit.indicators,
            bad(!unit.off().is_zero()),
            plain(unit.total),
            plain(unit.expected),
            unit.rate.map(|rate| plain(rate) + "%").unwrap_or_default(),
            plain(unit.achieved),
            unit.grade.unwrap_or_default(),
        )
    };
    let rows: String = summary.units.iter().take(LISTED).map(row).collect();
    let rest = match summary.units.len().checked_sub(LISTED) {
        Some(rest @ 1..) => format!("<p>另外还有{rest}个，请用 xlsx 或 csv 看全部。</p>"),
        _ => String::new(),
    };
    format!(
        "<h2>全部单位（要看的在前）</h2><table><thead><tr><th>单位</th><th class=\"n\">年度</th><th class=\"n\">错误</th>\
         <th class=\"n\">警告</th><th class=\"n\">指标</th><th class=\"n\">分值</th>{head}<th class=\"n\">执行率</th>\
         <th class=\"n\">得分</th><th>等级</th></tr></thead><tbody>{rows}</tbody></table>{rest}\n"
    )
}

fn faults(summary: &Summary) -> String {
    if summary.faults.is_empty() {
        return String::new();
    }
    let row = |(path, reason): &(String, String)| {
        format!("<tr><td>{}</td><td>{}</td></tr>", safe(path), safe(reason))
    };
    let rows: String = summary.faults.iter().map(row).collect();
    format!(
        "<h2 class=\"bad\">没有汇总的文件</h2><table><thead><tr><th>文件</th><th>原因</th></tr></thead><tbody>{rows}</tbody></table>\n"
    )
}
