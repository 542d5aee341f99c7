//! One word a lint: declares its file and puts it into [`ALL`].

use super::Lint;

macro_rules! lints {
    ($($name:ident),* $(,)?) => {
        $(mod $name;)*

        /// All lints.
        pub static ALL: &[Lint] = &[$(Lint {
            code: $name::CODE,
            source: include_str!(concat!("lints/", stringify!($name), ".rs")),
            rule: $name::LINT,
        },)*];

        #[cfg(test)]
        mod names {
            /// A code is its file's name in kebab case.
            #[test]
            fn codes_are_file_names() {
                $(assert_eq!(super::$name::CODE, stringify!($name).replace('_', "-"));)*
            }
        }
    };
}

lints! {
    actual_missing,
    agency_not_full_name,
    bands_gap,
    bands_overlap,
    class_missing,
    class_split,
    copied_explanation,
    cost_over_budget,
    deviation_reason_missing,
    discretionary_rule,
    doubled_mark,
    duplicate_row,
    endless_deduction,
    explanation_repeats_name,
    formulas_differ,
    free_zone,
    goal_without_indicator,
    half_width_mark,
    indicator_without_goal,
    level2_missing,
    low_execution,
    manual_score_missing,
    manual_score_out_of_range,
    markup_left,
    missing_cell,
    near_duplicate_name,
    no_indicators,
    no_points,
    numbering_out_of_order,
    one_date_for_all,
    overshoot_uncapped,
    partial_steps_open,
    parts_do_not_add_up,
    points_against_sentence,
    points_conflict,
    points_off_profile,
    repeated_word,
    rest_not_understood,
    sentence_not_understood,
    stray_blank,
    target_against_sentence,
    target_not_a_grade,
    unbalanced_pair,
    unknown_operator,
    wordings_differ,
    wrong_year,
    yes_no_as_percentage,
}
