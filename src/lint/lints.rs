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
    class_missing,
    class_split,
    copied_explanation,
    cost_over_budget,
    doubled_mark,
    duplicate_row,
    explanation_repeats_name,
    goal_without_indicator,
    half_width_mark,
    indicator_without_goal,
    level2_missing,
    markup_left,
    missing_cell,
    near_duplicate_name,
    no_indicators,
    numbering_out_of_order,
    one_date_for_all,
    points_off_profile,
    repeated_word,
    stray_blank,
    unbalanced_pair,
    unknown_operator,
    wrong_year,
    yes_no_as_percentage,
}
