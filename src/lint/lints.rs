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
    doubled_mark,
    half_width_mark,
    markup_left,
    missing_cell,
    numbering_out_of_order,
    points_off_profile,
    stray_blank,
    unbalanced_pair,
    unknown_operator,
}
