//! Empty forms to begin with, one for each weight profile, with comments that say what to fill in.

use super::toml::{self, Limits, Loaded};

/// The id of the usual one.
pub const USUAL: &str = "2021-with-cost";

const TEMPLATES: &[(&str, &str)] = &[
    (USUAL, include_str!("../../forms/template-2021-with-cost.toml")),
    ("2021-without-cost", include_str!("../../forms/template-2021-without-cost.toml")),
    (
        "2021-with-cost-without-satisfaction",
        include_str!("../../forms/template-2021-with-cost-without-satisfaction.toml"),
    ),
    ("2021-without-satisfaction", include_str!("../../forms/template-2021-without-satisfaction.toml")),
    ("100-points", include_str!("../../forms/template-100-points.toml")),
    ("hubei", include_str!("../../forms/template-hubei.toml")),
];

/// The ids of the templates, the usual one first.
pub fn ids() -> impl Iterator<Item = &'static str> {
    TEMPLATES.iter().map(|(id, _)| *id)
}

/// The template of a weight profile.
pub fn find(id: &str) -> Option<Loaded> {
    let (_, text) = TEMPLATES.iter().find(|(known, _)| *known == id)?;
    toml::read(text.as_bytes(), &Limits::default()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_is_a_template_for_every_profile_and_it_names_it() {
        for profile in crate::vocabulary::profile::all() {
            let loaded = find(&profile.id).unwrap_or_else(|| panic!("no template {}", profile.id));
            assert_eq!(loaded.form.profile, profile.id);
            assert!(!loaded.form.indicators.is_empty());
        }
        assert_eq!(ids().count(), crate::vocabulary::profile::all().len());
    }
}
