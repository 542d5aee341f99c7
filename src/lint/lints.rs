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
    actual_not_readable,
    budget_not_a_number,
    budget_overspent,
    class_not_canonical,
    control_characters,
    date_not_iso,
    date_not_valid,
    deadline_outside_year,
    deadline_under_a_sign,
    fractional_count,
    level2_of_old_table,
    level2_under_wrong_level1,
    line_break_in_cell,
    missing_cell,
    missing_unit,
    name_is_a_class,
    negative_value,
    number_not_plain,
    operator_in_value,
    operator_not_canonical,
    people_counted_in_ge,
    percentage_over_100,
    phone_malformed,
    placeholder_left,
    points_not_a_number,
    points_not_positive,
    points_off_profile,
    points_too_precise,
    quantity_typed_qualitative,
    target_always_met,
    too_long,
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
    wrong_direction,
    year_malformed,
}
