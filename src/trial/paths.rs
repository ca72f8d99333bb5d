//! Every setting of a recipe by its path: `rule.ridge`, `world.p`, `cue.flip`, `dynamics.temperature`, `seed`.
//!
//! What has a table of settings is read and changed through it; what is chosen by name, whole (`rule`, `world`,
//! `dynamics`, `cue.start`), is text as on the command line; seeds and sweeps are whole numbers of 64 bits, which no
//! table holds exactly. Rule, alteration and dynamics are those of the first track. Absent: what was drawn by hand.

use super::cue::Start;
use super::recipe::{MAX_SWEEPS, Recipe};
use crate::engine::settings::{AnySettings, Kinds as _, Value, notation, unknown};
use crate::engine::{Dynamics, Error, LearningRule};
use crate::worlds::World;

/// A part of the recipe with a table of settings.
struct Section {
    name: &'static str,
    any: fn(&Recipe) -> &dyn AnySettings,
    any_mut: fn(&mut Recipe) -> &mut dyn AnySettings,
}

/// A whole number of 64 bits.
struct Number {
    path: &'static str,
    get: fn(&Recipe) -> u64,
    get_mut: fn(&mut Recipe) -> &mut u64,
    min: u64,
    max: u64,
}

/// What is chosen by name.
struct Choice {
    path: &'static str,
    get: fn(&Recipe) -> String,
    set: fn(&mut Recipe, &str) -> Result<(), Error>,
}

static SECTIONS: [Section; 5] = [
    Section {
        name: "world",
        any: |recipe| recipe.world.settings(),
        any_mut: |recipe| recipe.world.any_mut(),
    },
    Section {
        name: "rule",
        any: |recipe| recipe.track().rule.rule(),
        any_mut: |recipe| recipe.track_mut().rule.any_mut(),
    },
    Section {
        name: "alteration",
        any: |recipe| &recipe.track().alteration,
        any_mut: |recipe| &mut recipe.track_mut().alteration,
    },
    Section {
        name: "cue",
        any: |recipe| &recipe.cue.corruption,
        any_mut: |recipe| &mut recipe.cue.corruption,
    },
    Section {
        name: "dynamics",
        any: |recipe| &recipe.track().dynamics,
        any_mut: |recipe| &mut recipe.track_mut().dynamics,
    },
];

static NUMBERS: [Number; 5] = [
    Number {
        path: "seed",
        get: |recipe| recipe.seed,
        get_mut: |recipe| &mut recipe.seed,
        min: 0,
        max: u64::MAX,
    },
    Number {
        path: "sweeps",
        get: |recipe| recipe.max_sweeps,
        get_mut: |recipe| &mut recipe.max_sweeps,
        min: 1,
        max: MAX_SWEEPS,
    },
    Number {
        path: "cue.flip-seed",
        get: |recipe| recipe.cue.corruption.flip.seed,
        get_mut: |recipe| &mut recipe.cue.corruption.flip.seed,
        min: 0,
        max: u64::MAX,
    },
    Number {
        path: "cue.random-seed",
        get: |recipe| recipe.cue.corruption.random.seed,
        get_mut: |recipe| &mut recipe.cue.corruption.random.seed,
        min: 0,
        max: u64::MAX,
    },
    Number {
        path: "cue.mask-seed",
        get: |recipe| recipe.cue.corruption.mask.seed,
        get_mut: |recipe| &mut recipe.cue.corruption.mask.seed,
        min: 0,
        max: u64::MAX,
    },
];

static CHOICES: [Choice; 4] = [
    Choice {
        path: "world",
        get: |recipe| recipe.world.notation(),
        set: |recipe, text| World::parse(text).map(|world| recipe.world = world),
    },
    Choice {
        path: "rule",
        get: |recipe| recipe.track().rule.notation(),
        set: |recipe, text| LearningRule::parse(text).map(|rule| recipe.track_mut().rule = rule),
    },
    Choice {
        path: "dynamics",
        get: |recipe| recipe.track().dynamics.to_string(),
        set: |recipe, text| {
            Dynamics::parse(text).map(|dynamics| recipe.track_mut().dynamics = dynamics)
        },
    },
    Choice {
        path: "cue.start",
        get: |recipe| recipe.cue.start.to_string(),
        set: |recipe, text| Start::parse(text, recipe.seed).map(|start| recipe.cue.start = start),
    },
];

impl Recipe {
    /// Its parts with tables of settings, by the names that paths begin with.
    pub fn sections(&self) -> impl Iterator<Item = (&'static str, &dyn AnySettings)> {
        let all = SECTIONS.iter();
        all.map(|section| (section.name, (section.any)(self)))
    }

    /// Every path that this recipe has; which, depends on its world, rule and dynamics.
    pub fn paths(&self) -> Vec<String> {
        let whole = CHOICES.iter().map(|choice| choice.path.to_owned());
        let numbers = NUMBERS.iter().map(|number| number.path.to_owned());
        let keys = SECTIONS.iter().flat_map(|section| {
            let list = (section.any)(self).list().into_iter();
            list.map(|setting| format!("{}.{}", section.name, setting.key))
        });
        whole.chain(numbers).chain(keys).collect()
    }

    /// What stands at `path`. Refused: a path that the recipe does not have.
    pub fn get(&self, path: &str) -> Result<Value, Error> {
        if let Some(number) = NUMBERS.iter().find(|number| number.path == path) {
            return Ok(Value::Whole((number.get)(self)));
        }
        if let Some(choice) = CHOICES.iter().find(|choice| choice.path == path) {
            return Ok(Value::Text((choice.get)(self)));
        }
        let (section, key) = self.place(path)?;
        let settings = (section.any)(self);
        let setting = notation::find(settings, key)?;
        let value = settings.get(key);
        Ok(setting.write(value.expect("a setting that is found has a value")))
    }

    /// Changes what stands at `path` to `value`: a number, or text as on the command line. Refused, with nothing
    /// changed: a path that the recipe does not have, a value that is not admitted there.
    pub fn set(&mut self, path: &str, value: &Value) -> Result<(), Error> {
        if let Some(number) = NUMBERS.iter().find(|number| number.path == path) {
            *(number.get_mut)(self) = number.read(value)?;
            return Ok(());
        }
        if let Some(choice) = CHOICES.iter().find(|choice| choice.path == path) {
            return (choice.set)(self, &value.to_string());
        }
        let (section, key) = self.place(path)?;
        let settings = (section.any_mut)(self);
        let value = notation::find(settings, key)?.read(value)?;
        settings.set(key, value)
    }

    /// The section that `path` leads to, and the key in it.
    fn place<'a>(&self, path: &'a str) -> Result<(&'static Section, &'a str), Error> {
        let (name, key) = path.split_once('.').unwrap_or((path, ""));
        let section = SECTIONS.iter().find(|section| section.name == name);
        let listed = section.filter(|section| (section.any)(self).get(key).is_some());
        listed.map(|section| (section, key)).ok_or_else(|| {
            let paths = self.paths();
            let near = |known: &&String| section.is_none() || known.starts_with(name);
            unknown(
                "setting",
                path,
                paths.iter().filter(near).map(String::as_str),
            )
        })
    }
}

impl Number {
    /// The number that `value` stands for.
    fn read(&self, value: &Value) -> Result<u64, Error> {
        let read = match value {
            Value::Whole(number) => Some(*number),
            // Beyond 2^53 numbers with a point no longer tell whole ones apart.
            Value::Number(number) => (number.fract() == 0.0
                && (0.0..=9_007_199_254_740_992.0).contains(number))
            .then_some(*number as u64),
            Value::Text(text) => text.parse().ok(),
        };
        let admitted = read.filter(|number| (self.min..=self.max).contains(number));
        admitted.ok_or_else(|| Error::Range {
            setting: self.path,
            range: format!("a whole number from {} to {}", self.min, self.max),
            value: value.to_string(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::rng::stream;
    use crate::engine::settings::tests::{admitted, not_admitted};

    fn set(recipe: &mut Recipe, path: &str, text: &str) -> Result<(), String> {
        let done = recipe.set(path, &text.into());
        done.map_err(|refusal| refusal.to_string())
    }

    /// Every kind of world, rule and dynamics in turn.
    fn recipes() -> impl Iterator<Item = Recipe> {
        let (worlds, rules) = (World::all(), LearningRule::all());
        (0..worlds.len().max(rules.len())).map(move |place| {
            let mut recipe = Recipe {
                world: worlds[place % worlds.len()].clone(),
                ..Recipe::default()
            };
            recipe.track_mut().rule = rules[place % rules.len()].clone();
            recipe.track_mut().dynamics = Dynamics::ALL[3];
            recipe
        })
    }

    #[test]
    fn every_path_is_read_and_changed_and_what_is_not_admitted_changes_nothing() {
        let mut rng = stream(5, "paths");
        for mut recipe in recipes() {
            for path in recipe.paths() {
                let value = recipe.get(&path).unwrap();
                let before = recipe.clone();
                recipe.set(&path, &value).unwrap();
                assert_eq!(recipe, before, "{path}");
                let Ok((section, key)) = recipe.place(&path) else {
                    continue;
                };
                let setting = notation::find((section.any)(&recipe), key).unwrap();
                let wanted = setting.write(admitted(setting, &mut rng));
                recipe.set(&path, &wanted).unwrap();
                assert_eq!(recipe.get(&path).unwrap(), wanted, "{path}");
                let before = recipe.clone();
                for wrong in not_admitted(setting) {
                    assert!(recipe.set(&path, &wrong.into()).is_err(), "{path}={wrong}");
                    assert_eq!(recipe, before);
                }
            }
        }
    }

    #[test]
    fn numbers_and_text_by_hand() {
        let mut recipe = Recipe::default();
        for (path, text) in [
            ("rule", "pseudo-likelihood:l2=0.5"),
            ("rule.l2", "0.25"),
            ("rule.couplings", "symmetrised"),
            ("world.p", "12"),
            ("world.size", "14"),
            ("cue.start", "unseen:4"),
            ("cue.flip", "0.3"),
            ("cue.flip-seed", "18446744073709551615"),
            ("cue.half", "top"),
            ("dynamics", "glauber:T=0.5"),
            ("dynamics.temperature", "0.75"),
            ("alteration.asymmetry", "0.5"),
            ("seed", "18446744073709551615"),
            ("sweeps", "50"),
        ] {
            set(&mut recipe, path, text).unwrap();
        }
        let track = recipe.track();
        assert_eq!(track.rule.get("l2"), Some(0.25));
        assert_eq!(track.rule.get("couplings"), Some(2.0));
        assert_eq!(track.dynamics, Dynamics::Glauber { temperature: 0.75 });
        assert_eq!(track.alteration.asymmetry, 0.5);
        assert_eq!((recipe.n_patterns(), recipe.seed), (12, u64::MAX));
        assert_eq!(recipe.cue.corruption.flip.seed, u64::MAX);
        assert_eq!(recipe.cue.start, Start::Unseen(4));
        assert_eq!(recipe.max_sweeps, 50);
        recipe.set("world.size", &28.0.into()).unwrap();
        assert_eq!(recipe.get("world.size").unwrap(), "28".into());
    }

    #[test]
    fn what_is_not_known_is_refused_with_what_is() {
        let mut recipe = Recipe::default();
        for (path, text, sentence) in [
            (
                "rule.ridg",
                "1",
                "there is no setting 'rule.ridg'; known: rule, rule.ridge, rule.diagonal",
            ),
            (
                "cue.temperature",
                "1",
                "there is no setting 'cue.temperature'; known: cue.start, cue.flip-seed, cue.random-seed, cue.mask-seed, cue.flip, cue.random, cue.mask, cue.half, cue.right, cue.down, cue.invert",
            ),
            (
                "dynamics.temperature",
                "1",
                "temperature does nothing in the other settings as they are",
            ),
            (
                "rule.ridge",
                "2",
                "ridge must be a number from 0.000000001 to 1, not 2",
            ),
            (
                "rule",
                "hebbian",
                "there is no rule 'hebbian'; known: hebb, ",
            ),
            (
                "sweeps",
                "0",
                "sweeps must be a whole number from 1 to 10000, not 0",
            ),
            (
                "seed",
                "-1",
                "seed must be a whole number from 0 to 18446744073709551615, not -1",
            ),
            (
                "cue.start",
                "stored:x",
                "the stored pattern must be a whole number from 0, not 'x'",
            ),
            (
                "cue.start",
                "picture",
                "there is no start of a cue 'picture'; known: stored:K, ",
            ),
            (
                "",
                "",
                "there is no setting ''; known: world, rule, dynamics, cue.start, seed, sweeps, ",
            ),
        ] {
            let said = set(&mut recipe, path, text).unwrap_err();
            assert!(said.starts_with(sentence), "{said}");
            assert_eq!(recipe, Recipe::default());
        }
        let beyond = recipe.set("seed", &1e16.into()).unwrap_err().to_string();
        assert!(
            beyond.starts_with("seed must be a whole number"),
            "{beyond}"
        );
    }
}
