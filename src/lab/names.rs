//! What rules are called on screen: their titles, and what tells rules of one title apart.

use crate::engine::LearningRule;
use crate::engine::settings::{Kinds as _, Setting, SettingKind};

/// The title of each rule; where several share one, with the settings in which these differ: "Dense associative memory,
/// n = 3".
pub fn rule_titles(rules: &[LearningRule]) -> Vec<String> {
    let titled = |rule: &LearningRule| {
        let same: Vec<&LearningRule> = rules
            .iter()
            .filter(|other| other.kind() == rule.kind())
            .collect();
        let differing = rule.any().list().into_iter().filter(|setting| {
            let value = |rule: &LearningRule| rule.get(setting.key);
            rule.any().applies(setting.key) && same.iter().any(|other| value(other) != value(rule))
        });
        let mut name = rule.about().title.to_owned();
        for setting in differing {
            name = name + ", " + &written(rule, setting);
        }
        name
    };
    rules.iter().map(titled).collect()
}

/// "n = 3", or what was chosen.
fn written(rule: &LearningRule, setting: &Setting) -> String {
    let value = setting.show(rule.get(setting.key).unwrap_or_default());
    match setting.kind {
        SettingKind::Choice(_) | SettingKind::Several(_) => value,
        _ => format!("{} = {value}", setting.key),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lab::rules;

    #[test]
    fn a_title_has_the_settings_that_tell_it_from_others_and_no_more() {
        let names = |text: &str| rule_titles(&rules(text).unwrap());
        let dense = "Dense associative memory";
        assert_eq!(
            names("hebb,dense:n=2,dense:n=3,dense:function=exponential")[1..],
            [
                format!("{dense}, polynomial, n = 2"),
                format!("{dense}, polynomial, n = 3"),
                format!("{dense}, exponential"),
            ]
        );
        assert_eq!(
            names("dense:n=2,dense:n=3"),
            [format!("{dense}, n = 2"), format!("{dense}, n = 3")]
        );
        assert_eq!(names("dense:n=2"), [dense]);
    }
}
