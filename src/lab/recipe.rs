//! A recipe of the lab: an experiment over a world, rules, a dynamics, seeds and further axes.

use super::axis::Vary;
use super::experiments::Lab;
use crate::engine::{Alteration, Dynamics, Error, LearningRule};
use crate::trial::MAX_SWEEPS;
use crate::worlds::World;

/// The world that a text names.
pub type OpenWorld<'a> = dyn Fn(&str) -> Result<World, Error> + 'a;

/// A world by its name; files are refused.
pub fn named_world(text: &str) -> Result<World, Error> {
    World::parse(text)
}

/// How it is written that there are no further axes.
pub const NO_AXIS: &str = "none";

/// The most repeats.
pub const MAX_REPEATS: usize = 10_000;

/// Everything that decides a run of the lab. The same recipe gives the same rows, bit for bit.
#[derive(Debug, Clone, PartialEq)]
pub struct LabRecipe {
    /// What is asked, with its settings.
    pub experiment: Lab,
    /// Where patterns come from.
    pub world: World,
    /// How they are learned, one curve each.
    pub rules: Vec<LearningRule>,
    /// What is done to couplings afterwards.
    pub alteration: Alteration,
    /// How states move.
    pub dynamics: Dynamics,
    /// Sweeps after which a run that has not settled is stopped.
    pub max_sweeps: u64,
    /// Decides everything random.
    pub seed: u64,
    /// How often each cell is worked out, with other patterns and other noise.
    pub repeats: usize,
    /// Further axes, the outermost first.
    pub vary: Vec<Vary>,
}

impl LabRecipe {
    /// What an experiment starts from.
    pub fn of(experiment: Lab) -> Result<Self, Error> {
        let about = experiment.experiment().about();
        let rules = about.rules.iter().map(|rule| LearningRule::parse(rule));
        let vary = about.vary.iter().map(|vary| Vary::parse(vary));
        Ok(Self {
            world: World::parse(about.world)?,
            rules: rules.collect::<Result<_, _>>()?,
            alteration: Alteration::default(),
            dynamics: Dynamics::parse(about.dynamics)?,
            max_sweeps: 100,
            seed: 7,
            repeats: about.repeats,
            vary: vary.collect::<Result<_, _>>()?,
            experiment,
        })
    }

    /// Refuses what can be refused without looking at the data.
    pub fn check(&self) -> Result<(), Error> {
        self.experiment.experiment().check_all()?;
        self.world.check()?;
        if self.rules.is_empty() {
            return Err(Error::NotEnough {
                asked: "a learning rule".to_owned(),
                available: "none".to_owned(),
            });
        }
        let within = |setting, value: u64, max: u64| {
            let range = format!("a whole number from 1 to {max}");
            (1..=max)
                .contains(&value)
                .then_some(())
                .ok_or_else(|| Error::Range {
                    setting,
                    range,
                    value: value.to_string(),
                })
        };
        within("repeats", self.repeats as u64, MAX_REPEATS as u64)?;
        within("the largest number of sweeps", self.max_sweeps, MAX_SWEEPS)
    }

    /// What rules are called in a table: their names, where these tell them apart, else with their settings.
    pub fn rule_names(&self) -> Vec<String> {
        let name = |rule: &LearningRule| rule.about().name;
        let is_single = |rule: &LearningRule| {
            self.rules
                .iter()
                .filter(|other| name(other) == name(rule))
                .count()
                == 1
        };
        let key = |rule: &LearningRule| {
            let notation = rule.notation();
            match notation.split_once(':') {
                Some((key, _)) if is_single(rule) => key.to_owned(),
                _ => notation.replace(',', " "),
            }
        };
        self.rules.iter().map(key).collect()
    }

    /// SHA-256 of the files that the world was made of; none for a world that has a name.
    fn data(&self) -> Option<String> {
        self.world.opened().map(|input| input.digest())
    }

    /// The parts of the recipe by name, as text: those of the command line, and what tells its files from others of the
    /// same names. [`Self::read`] reads them.
    pub fn parts(&self) -> Vec<(&'static str, String)> {
        let mut parts = self.written();
        parts.extend(self.data().map(|data| ("data", data)));
        parts
    }

    /// The parts of the command line, in its order: all of them, whatever an experiment starts from.
    fn written(&self) -> Vec<(&'static str, String)> {
        let rules: Vec<String> = self.rules.iter().map(LearningRule::notation).collect();
        let mut parts = vec![
            ("experiment", self.experiment.notation()),
            ("world", self.world.notation()),
            ("rules", rules.join(",")),
            ("dynamics", self.dynamics.to_string()),
            ("max-sweeps", self.max_sweeps.to_string()),
            ("seed", self.seed.to_string()),
            ("repeats", self.repeats.to_string()),
        ];
        parts.push(("alter", self.alteration.to_string()));
        let vary = self.vary.iter();
        parts.extend(vary.map(|vary| ("vary", vary.to_string())));
        if self.vary.is_empty() {
            parts.push(("vary", NO_AXIS.to_owned()));
        }
        parts
    }

    /// The recipe of these parts; `open` makes worlds of files that are named. Refused: a part that is missing, unknown or
    /// that says nothing, and files that hold something else than they did.
    pub fn read<'a>(
        parts: impl IntoIterator<Item = (&'a str, &'a str)> + Clone,
        open: &OpenWorld<'_>,
    ) -> Result<Self, Error> {
        let experiment = parts
            .clone()
            .into_iter()
            .find(|(key, _)| *key == "experiment");
        let (_, experiment) = experiment.ok_or_else(|| Error::Format {
            expected: "a table of the lab says of which experiment it is".to_owned(),
            found: "this one does not".to_owned(),
        })?;
        let mut recipe = Self::of(Lab::parse(experiment)?)?;
        let number = |key: &'static str, text: &str| {
            text.parse::<u64>().map_err(|_no_number| Error::Range {
                setting: key,
                range: "a whole number".to_owned(),
                value: format!("'{text}'"),
            })
        };
        recipe.vary.clear();
        let mut data = None;
        for (key, text) in parts {
            match key {
                "experiment" => {}
                "world" => recipe.world = open(text)?,
                "rules" => recipe.rules = rules(text)?,
                "alter" => recipe.alteration = Alteration::parse(text)?,
                "dynamics" => recipe.dynamics = Dynamics::parse(text)?,
                "max-sweeps" => recipe.max_sweeps = number("max-sweeps", text)?,
                "seed" => recipe.seed = number("seed", text)?,
                "repeats" => recipe.repeats = number("repeats", text)? as usize,
                "vary" if text == NO_AXIS => {}
                "vary" => recipe.vary.push(Vary::parse(text)?),
                "data" => data = Some(text.to_owned()),
                other => {
                    return Err(Error::Unknown {
                        kind: "part of a recipe",
                        name: other.to_owned(),
                        known: "experiment, world, rules, alter, dynamics, max-sweeps, seed, repeats, vary, data"
                            .to_owned(),
                    });
                }
            }
        }
        if data != recipe.data() && data.is_some() {
            return Err(Error::Format {
                expected: "the files of a table's world are those that it was made of".to_owned(),
                found: format!("{} is not", recipe.world.settings().name()),
            });
        }
        Ok(recipe)
    }

    /// The command line that runs it: it gives this very recipe, as long as its files hold what they do.
    pub fn command(&self) -> String {
        command_of(&self.written())
    }
}

/// The command line of the parts of a recipe, the experiment first and all others as flags.
pub fn command_of(parts: &[(&str, String)]) -> String {
    let mut line = "engram lab".to_owned();
    for (key, text) in parts {
        let plain = |letter: char| letter.is_ascii_alphanumeric() || "-_=:,./+".contains(letter);
        let text = if text.chars().all(plain) {
            text.clone()
        } else {
            format!("'{}'", text.replace('\'', "'\\''"))
        };
        match *key {
            "experiment" => line = line + " " + &text,
            key => line = line + " --" + key + " " + &text,
        }
    }
    line
}

/// The rules of `A,B,…`: a piece with `=` and no `:` belongs to the rule before it.
pub fn rules(text: &str) -> Result<Vec<LearningRule>, Error> {
    let mut written: Vec<String> = Vec::new();
    for piece in text.split(',').filter(|piece| !piece.is_empty()) {
        match written.last_mut() {
            Some(rule) if piece.contains('=') && !piece.contains(':') => {
                rule.push(if rule.contains(':') { ',' } else { ':' });
                rule.push_str(piece);
            }
            _ => written.push(piece.to_owned()),
        }
    }
    if written.is_empty() {
        return Err(Error::NotEnough {
            asked: "a learning rule".to_owned(),
            available: "none".to_owned(),
        });
    }
    let rules = written.iter().map(|rule| LearningRule::parse(rule));
    rules.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::settings::Kinds as _;

    #[test]
    fn settings_belong_to_the_rule_before_them() {
        let rules = rules("hebb,taylor:c1pre=0.5,c1post=0.25,dense:n=3,pseudo-inverse").unwrap();
        let names: Vec<&str> = rules.iter().map(LearningRule::kind).collect();
        assert_eq!(names, ["hebb", "taylor", "dense", "pseudo-inverse"]);
        assert_eq!(rules[1].get("c1post"), Some(0.25));
        assert!(super::rules(",").is_err() && super::rules("nothing").is_err());
    }

    #[test]
    fn a_recipe_is_read_back_from_its_parts() {
        for name in Lab::names() {
            let mut recipe = LabRecipe::of(Lab::parse(name).unwrap()).unwrap();
            recipe.seed = u64::MAX;
            recipe.alteration = Alteration::parse("asymmetry=0.5").unwrap_or_default();
            recipe.vary.push(Vary::parse("world.p=1..9/5").unwrap());
            let parts = recipe.parts();
            let parts: Vec<(&str, &str)> =
                parts.iter().map(|(key, text)| (*key, &**text)).collect();
            assert_eq!(
                LabRecipe::read(parts, &named_world).unwrap(),
                recipe,
                "{name}"
            );
        }
    }

    #[test]
    fn names_tell_rules_apart() {
        let mut recipe = LabRecipe::of(Lab::parse("basins").unwrap()).unwrap();
        recipe.rules = rules("hebb,dense:n=2,dense:n=3").unwrap();
        let names = recipe.rule_names();
        assert_eq!(names[0], "hebb");
        assert!(
            names[1].contains("n=2") && !names[1].contains(','),
            "{names:?}"
        );
    }
}
