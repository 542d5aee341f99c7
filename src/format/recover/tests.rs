//! Layouts, each as a clerk would deliver it.

use super::*;
use crate::format::text;
use proptest::prelude::*;

fn read(text: &str) -> Recovered {
    recover(&text::grid(text))
}

/// Class, name and target of every row.
fn rows(recovered: &Recovered) -> Vec<String> {
    let short = |class: &str| class.trim_end_matches("指标").to_owned();
    let row = |row: &crate::form::Row| {
        let target = format!("{}{}{}", row.operator, row.value, row.unit);
        format!("{}/{} {} {target}", short(&row.level1), short(&row.level2), row.name)
    };
    recovered.form.indicators.iter().map(row).collect()
}

fn codes(recovered: &Recovered) -> Vec<&str> {
    recovered.notes.iter().map(|note| &*note.code).collect()
}

fn lost(recovered: &Recovered) -> Vec<&str> {
    let lost = recovered.notes.iter().filter(|note| note.code == "left-out");
    lost.map(|note| note.message.as_str()).collect()
}

/// The shape of a form flattened from a web page: labels one column left, a label on the second
/// row of its group, markup, an empty cell too many, no line feed at the end.
const FLATTENED: &str = "

部门（单位）整体支出绩效目标表

（2026）年度

示例乡人民政府

部门（单位）名称\t\t\t\t\t\t\t\t\t
部门（单位）职责\t<p>（一）抓党建。</p> <p>（二）促发展。</p> <p>（三）保稳定。</p>\t\t\t\t\t\t\t\t
年度履职目标\t<p>一、强产业。 带动增收。</p> <p>二、美环境。</p>\t\t\t\t\t\t\t\t
绩效指标\t一级指标\t二级指标\t三级指标\t指标类型\t指标值\t计量单位\t指标解释\t评（扣）分标准\t备注
绩效指标\t产出指标\t数量指标\t廉政宣传\t=\t4\t次\t宣传次数\t达到计划值得满分2分\t
\t\t\t道路巡查\t≥\t48\t次\t巡查次数\t达到计划值得满分2分\t
\t\t质量指标\t入户率\t≥\t95\t%\t入户比例\t达到100%得2分\t
\t时效指标\t完成时间\t定性\t2026年12月31日前\t\t完成的时间\t每推迟10天扣1分\t\t
\t\t经济效益指标\t带动增收，做强产业\t定性\t效果明显\t\t影响\t效果明显得5分\t
\t效益指标\t社会效益指标\t保障安全\t定性\t效果明显\t\t影响\t效果明显得5分\t
\t\t\t融洽关系\t定性\t效果明显\t\t影响\t效果明显得5分\t
满意度指标\t服务对象满意度指标\t社会公众满意度\t≥\t90\t%\t满意情况\t满意度达90%得10分\t\t
\t成本指标\t经济成本指标\t整体支出\t≤\t526.1\t万元\t控制情况\t每超出10%，扣2分\t
业务股室审核：\t\t\t\t\t绩效股审核：\t\t\t\t

填表人：〇〇〇

联系电话：0745-0000000

填表日期：2025.12.12

单位负责人：〇〇〇";

#[test]
fn a_flattened_page() {
    let read = read(FLATTENED);
    assert_eq!(
        rows(&read),
        [
            "产出/数量 廉政宣传 =4次",
            "产出/数量 道路巡查 ≥48次",
            "产出/质量 入户率 ≥95%",
            "产出/时效 完成时间 定性2026年12月31日前",
            "效益/经济效益 带动增收，做强产业 定性效果明显",
            "效益/社会效益 保障安全 定性效果明显",
            "效益/社会效益 融洽关系 定性效果明显",
            "满意度/服务对象满意度 社会公众满意度 ≥90%",
            "成本/经济成本 整体支出 ≤526.1万元",
        ]
    );
    let form = &read.form;
    assert_eq!((form.year.as_str(), form.agency.as_str()), ("2026", "示例乡人民政府"));
    assert_eq!(form.duties, "（一）抓党建。\n（二）促发展。\n（三）保稳定。");
    assert_eq!(form.annual_goals, "一、强产业。 带动增收。\n二、美环境。");
    let foot = &form.sign_off;
    assert_eq!((foot.prepared_by.as_str(), foot.phone.as_str()), ("〇〇〇", "0745-0000000"));
    assert_eq!((foot.prepared_on.as_str(), foot.head.as_str()), ("2025.12.12", "〇〇〇"));
    assert_eq!(form.indicators[3].rule, "每推迟10天扣1分");
    assert_eq!(form.indicators[7].explanation, "满意情况");
    assert_eq!(
        codes(&read),
        [
            "agency-from-heading",
            "markup",
            "markup",
            "shifted",
            "level1-inferred",
            "label-displaced",
            "shifted"
        ]
    );
}

#[test]
fn provenance_names_line_and_doubt() {
    let read = read(FLATTENED);
    assert_eq!(read.rows.len(), read.form.indicators.len());
    assert_eq!(read.rows[0].line, 13);
    assert_eq!(read.rows[0].certainty(Field::Level1), Certainty::Exact);
    assert_eq!(read.rows[4].certainty(Field::Level1), Certainty::Inferred);
    assert_eq!(read.rows[5].certainty(Field::Level1), Certainty::Exact);
}

#[test]
fn a_county_self_evaluation() {
    let read = read(
        "2025年度示例县教育局部门整体支出绩效自评表\n\
         单位（盖章）：示例县教育局\t\t\t\t\t\t\t单位：万元\n\
         年度预算\t\t年初预算数\t全年预算数（A）\t全年执行数（B）\t分值\t执行率（B/A）\t得分\n\
         （万元）\t年度资金总额\t500\t526.1\t500.0\t10\t95.04%\t9.5\n\
         \t其中：当年财政拨款\t500\t526.1\t500\t\t\t\n\
         年度总体目标\t预期目标\t\t\t实际完成情况\t\t\t\n\
         \t办好各级学校。\t\t\t全部完成。\t\t\t\n\
         一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\t偏差原因分析及改进措施\n\
         产出指标（50分）\t数量指标\t指标1：开展培训\t≥12次\t10次\t10\t8.33\t疫情影响\n\
         \t\t指标2：\t\t\t\t\t\n\
         \t质量指标\t培训合格率\t100%\t100%\t20分\t20\t\n\
         \t时效指标\t按期完成\t2025年12月底前\t2025年12月20日\t10\t10\t\n\
         \t成本指标\t培训成本\t28.8万元以内\t28.8万元\t10\t10\t\n\
         效益指标（30分）\t社会效益指标\t教育质量\t有效提升\t有效提升\t30\t30\t\n\
         满意度指标（10分）\t满意度指标\t师生满意度\t90%以上\t92%\t10\t10\t\n\
         总分\t\t\t\t\t100\t97.83\t\n",
    );
    assert_eq!(
        rows(&read),
        [
            "产出/数量 开展培训 ≥12次",
            "产出/质量 培训合格率 =100%",
            "产出/时效 按期完成 定性2025年12月底前",
            "产出/成本 培训成本 ≤28.8万元",
            "效益/社会效益 教育质量 定性有效提升",
            "满意度/服务对象满意度 师生满意度 ≥90%",
        ]
    );
    let form = &read.form;
    assert_eq!((form.year.as_str(), form.agency.as_str()), ("2025", "示例县教育局"));
    assert_eq!(form.annual_goals, "办好各级学校。");
    assert_eq!(
        (form.budget.initial.as_str(), form.budget.adjusted.as_str(), form.budget.executed.as_str()),
        ("500", "526.1", "500.0")
    );
    let first = &form.indicators[0];
    assert_eq!(
        (first.points.as_str(), first.actual.as_str(), first.manual_score.as_str()),
        ("10", "10", "8.33")
    );
    assert_eq!(first.deviation_reason, "疫情影响");
    assert_eq!(form.indicators[1].points, "20");
    assert_eq!(read.rows[1].certainty(Field::Operator), Certainty::Guess);
    for code in
        ["class-points", "placeholder", "total", "numbering", "operator-guess", "score-column", "value-split"]
    {
        assert!(codes(&read).contains(&code), "{code}");
    }
    let lost = lost(&read).join("");
    for text in ["全部完成", "95.04%", "其中：当年财政拨款"] {
        assert!(lost.contains(text), "{text} in {lost}");
    }
}

#[test]
fn other_words_in_the_head() {
    let read = read(
        "序号\t一级指标\t二级指标\t指标名称\t计算符号\t年度目标值\t度量单位\t权重\t评分规则\t指标说明\t数据来源\n\
         1\t产出指标\t数量指标\t走访农户\t>=\t１２０\t户数\t5%\t按比例\t走访户数\t台账\n\
         2\t产出指标\t质量指标\t走访合格率\t不低于\t95\t百分比\t5\t按比例\t合格比例\t\n",
    );
    assert_eq!(rows(&read), ["产出/数量 走访农户 ≥120户", "产出/质量 走访合格率 ≥95%"]);
    let first = &read.form.indicators[0];
    assert_eq!(
        (first.points.as_str(), first.rule.as_str(), first.explanation.as_str()),
        ("5", "按比例", "走访户数")
    );
    assert_eq!(lost(&read).len(), 2);
    assert!(codes(&read).contains(&"normalised"));
}

#[test]
fn names_under_the_words_for_indicators() {
    let read = read("一级指标\t二级指标\t指标内容\t指标值\t备注\n产出指标\t数量指标\t巡查\t≥48次\t重点\n");
    assert_eq!(rows(&read), ["产出/数量 巡查 ≥48次"]);
    assert_eq!(read.form.indicators[0].remark, "重点");
    let read = self::read("一级指标\t二级指标\t绩效指标\t指标值\n产出指标\t数量指标\t巡查\t≥48次\n");
    assert_eq!(rows(&read), ["产出/数量 巡查 ≥48次"]);
}

#[test]
fn no_column_for_remarks_and_labels_in_their_own_rows() {
    let read = read(
        "一级指标\t二级指标\t三级指标\t指标类型\t指标值\t计量单位\t指标解释\t评分标准\n\
         产出指标(40分)\t\t\t\t\t\t\t\n\
         数量指标\t\t\t\t\t\t\t\n\
         \t\t巡查\t≥\t48\t次\t巡查次数\t得2分\n\
         \t\t宣传\t=\t4\t次\t宣传次数\t得2分\n\
         效益指标\t\t\t\t\t\t\t\n\
         \t生态效益指标\t植树\t≥\t3\t亩\t面积\t得2分\n\
         满意度指标\t\t\t\t\t\t\t\n",
    );
    assert_eq!(rows(&read), ["产出/数量 巡查 ≥48次", "产出/数量 宣传 =4次", "效益/生态效益 植树 ≥3亩"]);
    assert!(codes(&read).contains(&"empty-row"));
    assert!(lost(&read).is_empty());
}

#[test]
fn merged_cells_as_a_spreadsheet_delivers_them() {
    let covered = Cell::covered;
    let cell = |text: &str| Cell::new(text);
    let row = |line: usize, cells: Vec<Cell>| Row { cells, line };
    let head = ["绩效指标", "一级指标", "二级指标", "三级指标", "年度指标值"].map(cell).to_vec();
    let second = ["指标性质", "目标值", "单位"].map(cell).to_vec();
    let merged = |count: usize| std::iter::repeat_with(covered).take(count);
    let grid = Grid {
        rows: vec![
            row(1, [cell("2026年度部门整体支出绩效目标申报表")].into_iter().chain(merged(6)).collect()),
            row(
                2,
                [
                    cell("单位名称"),
                    covered(),
                    cell("示例县林业局"),
                    covered(),
                    covered(),
                    covered(),
                    covered(),
                ]
                .to_vec(),
            ),
            row(3, head.into_iter().chain(merged(2)).collect()),
            row(4, merged(4).chain(second).collect()),
            row(5, ["", "产出\n指标", "数量\n指标", "造林\n面积", "≥", "3000", "亩"].map(cell).to_vec()),
            row(6, merged(3).chain(["抚育面积", "≥", "500", "亩"].map(cell)).collect()),
            row(7, merged(2).chain(["质量指标", "成活率", "≥", "85", "%"].map(cell)).collect()),
            row(8, merged(4).chain(["≥", "80", "%"].map(cell)).collect()),
            row(9, merged(2).chain(["社会效益指标", "务工人数", "≥", "30", "人"].map(cell)).collect()),
        ],
    };
    let read = recover(&grid);
    assert_eq!(
        rows(&read),
        [
            "产出/数量 造林面积 ≥3000亩",
            "产出/数量 抚育面积 ≥500亩",
            "产出/质量 成活率 ≥85%",
            "产出/质量 成活率 ≥80%",
            "产出/社会效益 务工人数 ≥30人",
        ]
    );
    assert_eq!(read.form.agency, "示例县林业局");
    assert_eq!(codes(&read), ["name-from-above"]);
}

#[test]
fn csv_with_quotes_and_line_breaks() {
    let text = "部门（单位）名称,\"示例镇人民政府\"\r\n\
        部门（单位）职责,\"（一）抓党建。\r\n（二）\"\"三农\"\"工作。\"\r\n\
        一级指标,二级指标,三级指标,指标类型,指标值,计量单位,指标解释,评（扣）分标准,备注\r\n\
        产出指标,数量指标,\"巡查,劝导\",≥,\"1,200\",次,次数,\"达到得2分,\n否则不得分\",\r\n";
    for separator in [',', ';'] {
        let text = match separator {
            ',' => text.to_owned(),
            _ => text.replace(',', ";").replace("巡查;劝导", "巡查,劝导").replace("1;200", "1,200"),
        };
        let read = read(&text);
        assert_eq!(rows(&read), ["产出/数量 巡查,劝导 ≥1,200次"]);
        assert_eq!(read.form.agency, "示例镇人民政府");
        assert_eq!(read.form.duties, "（一）抓党建。\n（二）\"三农\"工作。");
        assert!(read.notes.is_empty(), "{:?}", read.notes);
    }
}

#[test]
fn several_tables() {
    let read = read(
        "项目名称\t指标值\t分值\t得分\n甲项目\t5\t10\t9\n\n\
         一级指标\t二级指标\t三级指标\t指标类型\t指标值\t计量单位\n\
         产出指标\t数量指标\t巡查\t≥\t48\t次\n\
         一级指标\t二级指标\t三级指标\t指标类型\t指标值\t计量单位\n\
         \t\t宣传\t=\t4\t次\n",
    );
    assert_eq!(rows(&read), ["产出/数量 巡查 ≥48次", "产出/数量 宣传 =4次"]);
    assert!(codes(&read).contains(&"other-table"));
}

#[test]
fn foot_lines_and_notes() {
    let read = read(
        "部门职责：（一）抓党建。\n（二）促发展。\n年度总体目标：办好实事。\n\
         一级指标\t二级指标\t三级指标\t指标类型\t指标值\t计量单位\n\
         产出指标\t数量指标\t巡查\t≥\t48\t次\n\
         填表人：甲  联系电话：0745-1234567  填表日期：2026年1月5日\n\
         项目负责人：丙   单位负责人（签章）：乙\n\
         注：本表一式三份。\n",
    );
    let (form, foot) = (&read.form, &read.form.sign_off);
    assert_eq!(form.duties, "（一）抓党建。\n（二）促发展。");
    assert_eq!(form.annual_goals, "办好实事。");
    assert_eq!((foot.prepared_by.as_str(), foot.phone.as_str()), ("甲", "0745-1234567"));
    assert_eq!((foot.prepared_on.as_str(), foot.head.as_str()), ("2026年1月5日", "乙"));
    assert_eq!(lost(&read), ["没有带入：“项目负责人：丙”", "没有带入：“注：本表一式三份。”"]);
}

#[test]
fn conflicts_stay_as_typed() {
    let read = read(
        "一级指标\t二级指标\t三级指标\t指标类型\t指标值\t计量单位\n\
         产出指标\t数量指标\t甲\t=\t≥48\t次\n\
         \t\t乙\t≤\t28.8万元\t%\n\
         \t\t丙\t定量\t95%\t\n\
         \t\t丁\t\t95\t%\n\
         \t其他指标\t戊\t定性\t良好\t\n",
    );
    assert_eq!(
        rows(&read),
        [
            "产出/数量 甲 =≥48次",
            "产出/数量 乙 ≤28.8万元%",
            "产出/数量 丙 =95%",
            "产出/数量 丁 95%",
            "产出/其他 戊 定性良好",
        ]
    );
    assert_eq!(
        codes(&read),
        ["operator-conflict", "quantity", "value-split", "operator-guess", "unknown-class"]
    );
}

#[test]
fn a_row_without_its_unit_cell() {
    let read = read(
        "一级指标\t二级指标\t三级指标\t指标类型\t指标值\t计量单位\t指标解释\t评分标准\n\
         产出指标\t时效指标\t完成时间\t定性\t年底前\t考核全年各项工作总体完成的时间\t每推迟10天扣1分，扣完为止\n",
    );
    let row = &read.form.indicators[0];
    assert_eq!((row.unit.as_str(), row.rule.as_str()), ("", "每推迟10天扣1分，扣完为止"));
    assert_eq!(row.explanation, "考核全年各项工作总体完成的时间");
    assert_eq!(codes(&read), ["unit-missing"]);
}

#[test]
fn cells_separated_by_spaces() {
    let read = read(
        "项目支出绩效自评表\n(2022年度)\n主管部门 示例县财政局 实施单位 示例市水利局\n\
         年度绩效指标完成情况 一级指标 二级指标 三级指标 年度指标值 实际完成值 分值 得分 偏差原因分析及改进措施\n\
         产出指标(50分) 数量指标 指标1:完成改造数量 1个 1 10 10\n\
         指标2:完成改革数量 ≥1个 1 10 10\n\
         ……\n\
         时效指标 支付完成率 100% 100% 10 10\n\
         效益指标(30分) 社会效益指标 保护财产 效果明显 达成 10 10\n\
         满意度指标(10分) 满意度指标 公众满意度 ≥95% 100% 10 10\n\
         总分 100 100\n注:1.说明\n",
    );
    assert_eq!(
        rows(&read),
        [
            "产出/数量 完成改造数量 =1个",
            "产出/数量 完成改革数量 ≥1个",
            "产出/时效 支付完成率 =100%",
            "效益/社会效益 保护财产 定性效果明显",
            "满意度/服务对象满意度 公众满意度 ≥95%",
        ]
    );
    assert_eq!((read.form.year.as_str(), read.form.agency.as_str()), ("2022", "示例市水利局"));
    assert!(read.form.indicators.iter().all(|row| row.manual_score == "10"));
}

#[test]
fn a_list_of_projects_with_dropped_cells() {
    let read = read(
        "单位名称|项目名称|预算数|一级指标|二级指标|三级指标|指标性质|指标值|度量单位|权重|指标方向性\n\
         示例镇|村干部报酬|330|效益指标|社会效益指标|维护稳定|≥|95|%|10|正向指标\n\
         产出指标|时效指标|维持时效|≥|1|年|20|正向指标\n\
         产出指标|质量指标|按时发放|≤|1|人/年|10|正向指标\n",
    );
    assert_eq!(
        rows(&read),
        ["效益/社会效益 维护稳定 ≥95%", "产出/时效 维持时效 ≥1年", "产出/质量 按时发放 ≤1人/年"]
    );
    assert_eq!(lost(&read).len(), 3);
}

#[test]
fn an_application_of_the_older_taxonomy() {
    let read = read(
        "部门整体支出绩效目标申报表\n（2026年度）\n填报单位（盖章）：908001-示例县卫生健康局\t\t单位：万元\n\
         年度预算申请\t资金总额：1200.5\n\
         部门职能职责\t1.贯彻法律法规。\n2.组织公共卫生服务。\n\
         整体绩效目标\t完成各项任务。\n\
         年度绩效指标\t一级指标\t二级指标\t指标内容\t指标值\t备注\n\
         \t产出指标\t数量指标\t签约人数\t不少于3万人\t\n\
         \t\t\t免费体检\t≥ 5000人次\t\n\
         \t\t质量指标\t管理率\t90%（含）以上\t\n\
         \t\t成本指标\t公用经费\t28.8万元以内\t\n\
         \t效益指标\t经济效益指标\t无\t无\t\n\
         \t\t可持续影响指标\t服务能力\t持续提升\t\n\
         \t\t社会公众或服务对象满意度指标\t群众满意度\t≥90%\t\n",
    );
    assert_eq!(
        rows(&read),
        [
            "产出/数量 签约人数 ≥3万人",
            "产出/数量 免费体检 ≥5000人次",
            "产出/质量 管理率 ≥90%",
            "产出/成本 公用经费 ≤28.8万元",
            "效益/可持续影响 服务能力 定性持续提升",
            "满意度/服务对象满意度 群众满意度 ≥90%",
        ]
    );
    assert_eq!(read.form.agency, "示例县卫生健康局");
    assert_eq!(read.form.budget.initial, "1200.5");
    assert_eq!(read.form.duties, "1.贯彻法律法规。\n2.组织公共卫生服务。");
}

macro_rules! sample_forms {
    ($($name:literal)*) => { [$(($name, include_str!(concat!("../../../forms/", $name, ".toml"))),)*] };
}

#[test]
fn sample_forms_are_sound() {
    use crate::vocabulary::{profile, taxonomy};
    let forms = sample_forms![
        "xiaoping-2026" "clean-2026" "template-2021-with-cost" "template-2021-without-cost"
        "template-2021-with-cost-without-satisfaction" "template-2021-without-satisfaction" "template-hubei"
        "template-100-points"
    ];
    for (name, text) in forms {
        let form: toml::Table = toml::from_str(text).expect(name);
        assert!(profile::find(form["profile"].as_str().expect(name)).is_some(), "{name}");
        for row in form["indicator"].as_array().expect(name) {
            let (level1, level2) = (row["level1"].as_str(), row["level2"].as_str().expect(name));
            assert!(taxonomy::level2(level2, level1).is_some(), "{name}: {level2}");
        }
    }
    for profile in profile::all() {
        let template = format!("template-{}", profile.id);
        assert!(forms.iter().any(|(name, _)| *name == template), "{template}");
    }
}

#[test]
fn limits_cut_with_a_note() {
    let wide = Row { cells: vec![Cell::new("甲"); MAX_COLUMNS + 1], line: 1 };
    let read = recover(&Grid { rows: vec![wide] });
    assert_eq!(codes(&read), ["cut", "left-out"]);
    let tall = Grid { rows: vec![Row::default(); MAX_ROWS + 1] };
    assert_eq!(codes(&recover(&tall)), ["cut"]);
    let heavy = Row { cells: vec![Cell::new("甲".repeat(MAX_TEXT / 2))], line: 1 };
    assert_eq!(codes(&recover(&Grid { rows: vec![heavy] })), ["cut", "left-out"]);
}

#[test]
fn a_large_grid_is_read_in_time() {
    let cell = Cell::new("填表人：≥95%<p>产出指标");
    let rows = (0..MAX_ROWS / 5).map(|at| Row { cells: vec![cell.clone(); 40], line: at + 1 });
    let start = std::time::Instant::now();
    recover(&Grid { rows: rows.collect() });
    assert!(start.elapsed().as_secs() < 20, "{:?}", start.elapsed());
}

/// Words that lead the reader into its branches.
fn any_cell() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => Just(String::new()),
        6 => proptest::sample::select(vec![
            "一级指标", "二级指标", "三级指标", "指标值", "指标类型", "计量单位", "分值", "得分", "产出指标", "数量指标",
            "成本指标", "效益指标", "满意度指标", "社会效益指标", "≥", "定性", "定量", "≥95%", "28.8万元", "次", "合计", "指标2：",
            "填表人：甲", "联系电话：", "年度总体目标", "预期目标", "实际完成情况", "资金总额", "年初预算数", "全年预算数",
            "（2026）年度", "示例局", "整体支出绩效目标表", "单位：万元", "部门（单位）名称", "<p>甲</p>", "农村道路安全巡查",
        ]).prop_map(str::to_owned),
        5 => proptest::sample::select(vec!["标记", "标记局", "≥5标记", "标记：乙", "标记率", "5标记"]).prop_map(str::to_owned),
        1 => "\\PC{0,12}",
        1 => "[0-9年月日()（）：:%<>&;\"\t\n一三级指标]{0,12}",
    ]
}

proptest! {
    #[test]
    fn nothing_is_lost_and_nothing_invented(
        rows in prop::collection::vec(prop::collection::vec((any_cell(), prop::bool::weighted(0.1)), 0..12), 0..14),
        headed: bool,
    ) {
        let mut marks = 0;
        let mut cell = |(text, continued): (String, bool)| {
            marks += 1;
            Cell { text: text.replace("标记", &format!("标记{marks}尾")), continued }
        };
        let rows: Vec<Row> = (1..)
            .zip(rows)
            .map(|(line, cells)| Row { cells: cells.into_iter().map(&mut cell).collect(), line })
            .collect();
        let mut rows = rows;
        if headed {
            let head = ["一级指标", "二级指标", "三级指标", "指标类型", "指标值", "计量单位", "指标解释", "评分标准", "分值"];
            rows.insert(0, Row { cells: head.map(Cell::new).to_vec(), line: 0 });
        }
        let read = recover(&Grid { rows: rows.clone() });
        prop_assert_eq!(read.form.indicators.len(), read.rows.len());
        let mut lines: Vec<usize> = read.rows.iter().map(|row| row.line).collect();
        lines.dedup();
        prop_assert_eq!(lines.len(), read.rows.len(), "one row of the source became two");
        let told = format!("{:?}{:?}", read.form, read.notes);
        let texts = rows.iter().flat_map(|row| &row.cells).filter(|cell| !cell.continued).map(|cell| &cell.text);
        for mark in texts.filter_map(|text| Some(&text[text.find("标记")?..text.find("尾")? + "尾".len()])) {
            prop_assert!(told.contains(mark) || told.contains("other-table"), "{} is gone", mark);
        }
    }

    #[test]
    fn any_text_reads(text in "\\PC{0,200}", bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        text::rows(&text);
        recover(&text::grid(&text));
        text::read(&bytes);
    }
}
