//! What sentences of every kind are understood as, in our own words for the wordings of real forms.

use super::*;

/// Kind, points, and one parameter or more that the JSON of the rule must contain.
const TABLE: &str = r#"
完成得满分，未完成不得分 | direct | ? |
全部完成得5分，否则按比例扣分 | proportional | 5 |
达到计划值得满分2分，否则按实际值/计划值*指标分值计分。 | proportional | 2 |
按（实际值/目标值）×分值计算 | proportional | ? |
得分＝实际完成值÷目标值×权重 | proportional | ? |
实际完成率 × 分值 | proportional | ? |
完 成 得 满\n分２分，未完成的按 完成率 计分 | proportional | 2 |
办结率达到100%得2分，未达到的按实际达到比例×分值计算 | proportional | 2 | "full_at":"100%"
支付率100%得5分，未达到的按实际支付率÷100%×5分计算 | threshold | 5 | "threshold":"100"
完成12处得6分，未全部完成的按比例得分 | proportional | 6 | "full_at":"12处"
平均用时不超过7天得4分，每超1天扣0.5分 | step-deduction | 4 | "direction":"up","step":"1","step_unit":"天"
公示后20日内办结得3分，每超期1天扣0.3分 | deadline | 3 | "step":"1","step_unit":"天"
二〇二六年六月底前完成得3分，每延迟十天扣一分 | deadline | 3 | "date":"2026-06-30","step":"10"
硬件达标3分+软件达标2分+人员持证1分 | checklist | 6 |
95%（含95%）以上，满分10分；80%至95%，7分；80%以下，0分 | bands | 10 | "from":"95","from_inclusive":true,"to":null
效果好按100～80%（含80%）计分，效果差按60～0%计分，满分8分 | graded-ranges | 8 | "from":"80"
酌情赋分，不超过4分 | discretionary | 4 |
达到目标得满分，未达到按比例，完成率低于60%不得分 | proportional | ? | "zero_below":"60"
满意度达90%及以上得10分；90%以下，得分为实际满意度/90%*10分 | threshold | 10 | "threshold":"90"
≥95%得10分，每降低1个百分点扣0.5分，扣完为止 | step-deduction | 10 | "direction":"down","step":"1","step_unit":"个百分点","deduct":"0.5","limit":"95"
百分之九十以上得十分，每下降一个百分点扣一分 | step-deduction | 10 | "limit":"90"
控制在预算内得20分，每超出10%，扣2分，扣完为止 | step-deduction | 20 | "direction":"up","step":"10","step_unit":"%"
每少一次扣0.5分 | step-deduction | ? | "direction":"each","step":"1","step_unit":"次"
发现一起扣1分 | step-deduction | ? | "direction":"each","step":"1","step_unit":"起"
与目标值相比每偏离1%扣1分 | step-deduction | ? | "direction":"each","step":"1","step_unit":"%"
实际与计划每相差3%扣1分，扣满15分为止 | step-deduction | 15 | "step":"3"
2026年12月31日前完成得10分，每推迟10天扣1分 | deadline | 10 | "date":"2026-12-31","step":"10","step_unit":"天","deduct":"1"
按时完成得满分，每延迟一个工作日扣0.5分 | deadline | ? | "date":null,"step":"1","step_unit":"个工作日"
效果明显得5分，效果一般得3分，否则不得分 | graded | 5 | {"name":"效果一般","points":"3"}
优秀（90分以上）得5分，良好得3分，合格得1分 | graded | 5 | {"name":"优秀","points":"5"}
无结余，2分；有结余但未超上年，1分；超过上年，不得分 | graded | 2 |
≥90%得10分，80%-90%得8分，60%-80%得5分，＜60%不得分 | bands | 10 | "to":"90","to_inclusive":false,"points":"8"
≥90%得5分，≥80%得4分，＜80%得0分 | bands | 5 | "from":"80","from_inclusive":true,"to":"90"
100%计满分，90%-100%（不含100%）计8分 | bands | ? | "points":"100%"
调整率=0，计2分；0-10%（含），计1分；大于10%不得分 | bands | 2 | "from":"0","from_inclusive":false,"to":"10","to_inclusive":true
考核得分90分及以上得5分，80-89分得4分，80分以下不得分 | bands | 5 | "unit":"分"
超过预算不得分 | direct | ? | "veto":false
未发生事故得10分，发生1起不得分 | direct | 10 | "veto":true
出现违纪的，一票否决 | direct | ? | "veto":true
有方案得1分；有总结得1分；每缺一项扣1分 | checklist | 2 | "deduct":"1"
①有制度，1分；②有台账，2分 | checklist | 3 | {"text":"有台账","points":"2"}
分别按分值的100-80%（含）、80-60%（含）、60-0%合理确定得分 | graded-ranges | ? | "from":"80","from_inclusive":true,"to":"100"
效果显著得8-10分，效果一般得5-7分 | graded-ranges | 10 | "from":"50"
及时得5分，不及时酌情扣分 | discretionary | 5 |
满分5分，根据完成情况酌情打分 | discretionary | 5 |
达到目标值得10分；完成80%（含）以上得8分；80%以下不得分 | bands | 10 | "from":"100","from_inclusive":true,"to":null
达标得10分，出现一般问题扣5分，出现严重问题不得分 | graded | 10 | {"name":"出现一般问题","points":"5"}
健全得4分，基本健全得2分，不健全的扣4分 | graded | 4 | {"name":"不健全","points":"0"}
有机制、有台账各1分 | checklist | 2 | {"text":"有台账","points":"1"}
1.落实到位。（3分）2.台账完整。（2分） | checklist | 5 |
做好防汛工作（8分）。 | unknown | 8 |
九成五以上得6分，九成至九成五得4分，九成以下零分 | bands | 6 | "from":"90","from_inclusive":true,"to":"95"
标准分5分，达到90%给足标准分，不到的用实际数除以90%再乘标准分 | threshold | 5 | "threshold":"90"
由考核组打分，10分封顶 | discretionary | 10 |
优秀档100-80%（含），合格档80-60%（含），其他60%以下；权重5分 | graded-ranges | 5 | "from":"0"
加强管理 | unknown | ? |
"#;

#[test]
fn kinds_points_and_parameters() {
    for row in TABLE.lines().filter(|row| !row.is_empty()) {
        let mut cells = row.splitn(4, '|').map(str::trim);
        let sentence = cells.next().unwrap_or_default().replace("\\n", "\n");
        let parsed = parse(&sentence);
        let points = parsed.points.map_or_else(|| "?".to_owned(), vocabulary::number::plain);
        assert_eq!(cells.next(), Some(parsed.rule.kind()), "{sentence} {:?}", parsed.rule);
        assert_eq!(cells.next(), Some(points.as_str()), "{sentence}");
        let json = serde_json::to_string(&parsed.rule).unwrap_or_default();
        assert!(json.contains(cells.next().unwrap_or_default()), "{sentence} {json}");
    }
}

#[test]
fn no_points_from_anything_else() {
    for sentence in [
        "达到95%得满分",
        "2026年12月31日前完成得满分",
        "每低1个百分点扣0.5分",
        "考核得分90分以上得满分",
        "按百分制折算",
        "用时不超过10分钟得满分",
        "三分之二以上同意得满分",
        "十分满意得满分",
        "得1 0分",
        "完成得满分，部分完成得3分",
        "实际值/目标值×100%",
        "得2000分",
        "优秀率达到20%以上的，加1分",
        "每完成一项得1分",
        "未达标的最高扣5分",
    ] {
        assert_eq!(parse(sentence).points, None, "{sentence}");
    }
}

fn codes(sentence: &str) -> Vec<&'static str> {
    parse(sentence).notes.iter().map(|note| note.code).collect()
}

#[test]
fn what_is_left_open_is_noted() {
    assert_eq!(codes("达到目标得5分，每降低1%扣1分"), ["no-cap"]);
    assert_eq!(codes("不超预算得5分，每超出10%扣1分，扣完为止"), ["free-zone"]);
    assert_eq!(codes("按期完成得5分，每推迟10天扣1分，扣完为止"), ["partial-steps-open"]);
    assert_eq!(codes("按期完成得5分，每推迟10天扣1分，不足10天按10天计，扣完为止"), [""; 0]);
    assert_eq!(codes("完成得满分，否则不得分"), ["no-points"]);
    assert_eq!(codes("满分5分。完成得8分，否则不得分"), ["points-conflict"]);
    assert_eq!(codes("满分5分。①有制度得1分；②有台账得1分"), ["parts-do-not-add-up"]);
    assert_eq!(codes("≥90%得5分，70%-80%得3分"), ["bands-gap"]);
    assert_eq!(codes("≥80%得5分，70%-85%得3分"), ["bands-overlap"]);
    assert_eq!(
        codes("达到计划值得满分4分，超额完成不加分；未达到的，按实际值÷计划值×指标分值计分。"),
        [""; 0]
    );
    // It says nothing of where deductions end.
    assert_eq!(codes("达到目标得5分，每降低1%扣1分，超出部分不加分"), ["no-cap"]);
    assert_eq!(codes("按有关规定执行"), ["no-points", "not-understood"]);
}

#[test]
fn parts_point_into_the_sentence() {
    let sentence = "以考核为准。完成率≥９５％，得 5 分；每降低１％扣1分";
    let parts: Vec<(PartKind, &str)> =
        parse(sentence).parts.into_iter().map(|part| (part.kind, &sentence[part.span])).collect();
    assert_eq!(
        parts,
        [
            (PartKind::Rest, "以考核为准"),
            (PartKind::Condition, "完成率"),
            (PartKind::Range, "≥９５％"),
            (PartKind::Points, "得 5 分"),
            (PartKind::Step, "每降低１％"),
            (PartKind::Deduction, "扣1分"),
        ]
    );
}

#[test]
fn one_line_for_a_person() {
    let explained = |sentence: &str, operator: &str, value: &str, unit: &str| {
        let parsed = parse(sentence);
        parsed.rule.explain(parsed.points, operator, value, unit)
    };
    let proportional = "达到计划值得满分2分，否则按实际值/计划值×分值计分";
    assert_eq!(explained(proportional, "≥", "48", "次"), "达到 48 次得 2 分，不足按比例");
    assert_eq!(explained(proportional, "≤", "526.1", "万元"), "不超过 526.1 万元得 2 分，超出按比例扣减");
    assert_eq!(
        explained("未发生事故得5分，发生一起不得分", "定性", "无事故", ""),
        "达到“无事故”得 5 分，发现一例不得分"
    );
}
