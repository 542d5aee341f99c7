//! One word a lint: declares its file and puts it into [`ALL`].

use super::Lint;

/// Bytes of the module doc at the head of a file. The rest of the file is kept out of the program.
const fn doc_length(file: &str) -> usize {
    let bytes = file.as_bytes();
    let mut at = 0;
    while at + 3 <= bytes.len() && bytes[at] == b'/' && bytes[at + 1] == b'/' && bytes[at + 2] == b'!' {
        while at < bytes.len() && bytes[at] != b'\n' {
            at += 1;
        }
        at += 1;
    }
    if at > bytes.len() { bytes.len() } else { at }
}

const fn head<const LENGTH: usize>(file: &str) -> [u8; LENGTH] {
    let mut head = [0; LENGTH];
    let mut at = 0;
    while at < LENGTH {
        head[at] = file.as_bytes()[at];
        at += 1;
    }
    head
}

macro_rules! lints {
    ($($name:ident),* $(,)?) => {
        $(mod $name;)*

        /// All lints.
        pub static ALL: &[Lint] = &[$(Lint {
            code: $name::CODE,
            doc: {
                const FILE: &str = include_str!(concat!("lints/", stringify!($name), ".rs"));
                const DOC: [u8; doc_length(FILE)] = head(FILE);
                match std::str::from_utf8(&DOC) {
                    Ok(doc) => doc,
                    Err(_) => panic!("a line ends within a character"),
                }
            },
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
    actual_not_readable,
    agency_not_full_name,
    bands_gap,
    bands_overlap,
    budget_not_a_number,
    budget_overspent,
    class_missing,
    class_not_canonical,
    class_split,
    control_characters,
    copied_explanation,
    cost_over_budget,
    date_not_iso,
    date_not_valid,
    deadline_outside_year,
    deadline_under_a_sign,
    deviation_reason_missing,
    discretionary_rule,
    doubled_mark,
    duplicate_row,
    endless_deduction,
    explanation_repeats_name,
    formulas_differ,
    fractional_count,
    free_zone,
    goal_without_indicator,
    half_width_mark,
    indicator_without_goal,
    level2_missing,
    level2_of_old_table,
    level2_under_wrong_level1,
    line_break_in_cell,
    low_execution,
    manual_score_missing,
    manual_score_out_of_range,
    markup_left,
    missing_cell,
    missing_unit,
    name_is_a_class,
    near_duplicate_name,
    negative_value,
    no_indicators,
    no_points,
    number_not_plain,
    numbering_out_of_order,
    one_date_for_all,
    operator_in_value,
    operator_not_canonical,
    overshoot_uncapped,
    partial_steps_open,
    parts_do_not_add_up,
    people_counted_in_ge,
    percentage_over_100,
    phone_malformed,
    placeholder_left,
    points_against_sentence,
    points_conflict,
    points_not_a_number,
    points_not_positive,
    points_off_profile,
    points_too_precise,
    quantity_typed_qualitative,
    repeated_word,
    rest_not_understood,
    sentence_not_understood,
    stray_blank,
    target_against_sentence,
    target_always_met,
    target_not_a_grade,
    too_long,
    unbalanced_pair,
    unit_contradicts_name,
    unit_contradicts_value,
    unit_in_value,
    unit_not_canonical,
    unit_on_qualitative,
    unknown_level1,
    unknown_level2,
    unknown_operator,
    unknown_option,
    unknown_profile,
    unknown_unit,
    vague_value,
    value_not_a_number,
    wordings_differ,
    wrong_direction,
    wrong_year,
    year_malformed,
    yes_no_as_percentage,
}
