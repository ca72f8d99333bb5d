//! `engram recall`: store digits, corrupt one, let the network restore it.
//!
//! Flags make a [`Recipe`], and from there on everything is what the window does with the same recipe.

use super::cues;
use super::mending::{self, Typed};
use super::open::keep;
use super::threads::Threads;
use super::{Report, Run, frames, help, in_flag, in_path, learned, numbers, progress, recalled};
use crate::edge::distinct::{self, Output};
use crate::edge::world_files::Chosen;
use crate::edge::write;
use crate::engine::corrupt::Corruption;
use crate::engine::settings::Choices as _;
use crate::engine::{Alteration, Dynamics, Error, LearningRule, Recording};
use crate::trial::facts::Facts;
use crate::trial::{self, Cue, Outcome, Recipe, Refusal, Start, TrackRecipe, TrialStage};
use crate::worlds::{DigitSet, Size, Source, World};
use clap::Args;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

const EXAMPLES: &[&str] = &[
    "engram recall",
    "engram recall --rule hebb --digits 0,3,7 --patterns 9 --corrupt flip=0.2 --corrupt half=top",
    "engram recall --world glyphs --cue stored:2 --corrupt mask=0.4 --json --out run",
];

/// Store digits, corrupt one, and let the network restore it.
///
/// Prints the cue and what became of it as pictures, then the numbers in words. Without any flag: thirty digits
/// under the pseudo-inverse rule, and a stored 3 with 27 % of its units flipped, the example the window opens on.
#[derive(Args)]
#[command(
    after_help = help::examples(EXAMPLES),
    after_long_help = help::examples_and_keys(EXAMPLES, recalled::keys())
)]
pub(super) struct Recall {
    /// Where the patterns come from, NAME or NAME:key=value,… ('engram worlds' lists them), or a file or folder
    /// of your own in place of the name [default: mnist]
    #[arg(long, value_name = "WORLD", value_parser = Chosen::parse)]
    world: Option<Chosen>,
    /// Height and width of MNIST's digits: 28 or 14 (straightened and cropped) [default: 28]
    #[arg(long)]
    size: Option<Size>,
    /// MNIST's digits to draw from [default: 0,1,2,3,4,5,6,7,8,9]
    #[arg(long, value_name = "D,D,…", value_parser = digits)]
    digits: Option<DigitSet>,
    /// Number of stored patterns, from 1; of MNIST's digits at most 20000 [default: 30]
    #[arg(long, value_name = "P", value_parser = numbers::patterns, allow_negative_numbers = true)]
    patterns: Option<usize>,
    /// Gray level above which a pixel is +1, 0 to 255; larger makes strokes thinner [default: 86]
    #[arg(long, value_name = "T", value_parser = numbers::threshold, allow_negative_numbers = true)]
    threshold: Option<u8>,
    /// Learning rule, NAME or NAME:key=value,…; 'engram rules' lists them; or couplings, J.npy [default: pseudo-inverse]
    #[arg(long, value_name = "RULE", value_parser = learned::rule)]
    rule: Option<LearningRule>,
    /// What is done to the couplings once they are learned: asymmetry=k (1 as learned to 0 symmetrised), dilution=p
    /// (share that is cut), cut=pairs|each, with commas between [default: nothing]
    #[arg(long, value_name = "HOW", value_parser = Alteration::parse)]
    alter: Option<Alteration>,
    /// How states move: async, ordered, sync or glauber:T=x [default: async]
    #[arg(long, value_name = "NAME", value_parser = Dynamics::parse)]
    dynamics: Option<Dynamics>,
    /// Where the cue starts: stored:K, unseen:K or feature:K (from 0), random, empty, or a picture file [default: stored:3, or the last]
    #[arg(long, value_name = "CUE")]
    cue: Option<OsString>,
    /// How the cue is corrupted: flip=p, random=p, mask=p (shares from 0 to 1), half=left|right|top|bottom,
    /// shift=dx,dy (right and down), invert or none; may be repeated for several kinds, but no kind has two values [default: flip=0.27, but none if --cue is given]
    #[arg(long, value_name = "HOW", value_parser = cues::corruption)]
    corrupt: Vec<String>,
    /// Decides which patterns are drawn, which units are corrupted and in which order they are updated [default: 7]
    #[arg(long, value_name = "S", value_parser = numbers::seed, allow_negative_numbers = true)]
    seed: Option<u64>,
    /// Sweeps after which the run is stopped, 1 to 10000: it ends in the state after so many, also inside a cycle, where
    /// whole rounds are left out [default: 100]
    #[arg(long, value_name = "M", value_parser = numbers::sweeps, allow_negative_numbers = true)]
    max_sweeps: Option<u64>,
    #[command(flatten)]
    threads: Threads,
    /// Print one JSON object on one line instead
    #[arg(long)]
    json: bool,
    /// File to write the session to, which 'engram open' and the window open
    #[arg(long, value_name = "FILE.engram")]
    save: Option<PathBuf>,
    /// Print the session as the last line, of at most 2000 letters, which 'engram open' and the window open
    #[arg(long)]
    share: bool,
    /// Folder (made if missing) for a PNG of the cue and of the state after each sweep, curves.csv and recall.json
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

impl Run for Recall {
    fn run(&self) -> Result<Report, Error> {
        self.threads.share(|| self.report())
    }
}

impl Recall {
    fn report(&self) -> Result<Report, Error> {
        self.check_paths()?;
        let mut mended = Vec::new();
        let (recipe, source) = self.prepared(&mut mended)?;
        let outcome = self.recall(&recipe, source)?;
        let cue_name = self.cue_name();
        let evidence = outcome.evidence(&recipe).with_mended(mended);
        let evidence = evidence.with_cue_name(cue_name.as_deref());
        let facts = Facts::of(&evidence);
        let mut notes: Vec<String> = evidence.findings().warnings().collect();
        if let Some(folder) = &self.out {
            let json = recalled::json(&facts);
            notes.push(write_all(folder, &outcome.track().recording, &json)?);
        }
        let mut out = if self.json {
            recalled::json(&facts)
        } else {
            recalled::text(&outcome, 0, &facts)
        };
        let clock = outcome.track().recording.length();
        let kept = (self.save.as_deref(), self.share);
        if let Some(line) = keep(&recipe, clock, kept, &mut notes)? {
            out = out + &line + "\n";
        }
        Ok(Report::new(out, notes))
    }

    /// Refuses a folder that cannot be written, and one that is read.
    fn check_paths(&self) -> Result<(), Error> {
        let files = distinct::files([
            ("--rule", self.rule.as_ref().and_then(learned::file)),
            ("--cue", self.cue.as_deref().and_then(cues::file)),
        ]);
        let world = self.world.as_ref().and_then(Chosen::path);
        let mut outputs = Output::folders([("--out", self.out.as_deref())]);
        outputs.extend(Output::files([("--save", self.save.as_deref())]));
        let inputs = [files, distinct::named([("--world", world)])].concat();
        distinct::check_paths(&inputs, &outputs)
    }

    /// The recipe that the flags ask for, with what nobody asked for mended, and the source of its world.
    fn prepared(&self, mended: &mut Vec<String>) -> Result<(Recipe, Source), Error> {
        let mut recipe = self.recipe(mended)?;
        let asks_for_unseen = matches!(recipe.cue.start, Start::Unseen(_));
        let typed = Typed {
            chosen: self.world.as_ref(),
            count: self.patterns.is_some(),
            unseen: asks_for_unseen,
        };
        let source = mending::prepared(&recipe.world, typed, recipe.seed, mended);
        let source = source.map_err(in_flag("--world"))?;
        recipe.world = source.world().clone();
        if self.cue.is_none() {
            let count = recipe.n_patterns();
            mending::start(&mut recipe.cue.start, count, mended);
        }
        Ok((recipe, source))
    }

    /// The recipe that the flags ask for, before its patterns are known; what they leave open is as in
    /// [`Recipe::default`].
    fn recipe(&self, mended: &mut Vec<String>) -> Result<Recipe, Error> {
        let default = Recipe::default();
        let seed = self.seed.unwrap_or(default.seed);
        let world = self.chosen_world()?;
        let mut cue = match &self.cue {
            Some(name) => Cue::new(cues::start(name, seed).map_err(in_flag("--cue"))?),
            None => default.cue.clone(),
        };
        if !self.corrupt.is_empty() {
            let texts = self.corrupt.iter().map(|text| &**text);
            cue.corruption = Corruption::parse(texts).map_err(in_flag("--corrupt"))?;
        }
        cue.corruption.flip.seed = seed;
        let Corruption { mask, random, .. } = &mut cue.corruption;
        for noise in [mask, random] {
            if noise.fraction > 0.0 {
                noise.seed = seed;
            }
        }
        let usual = default.track();
        let alphabet = world.settings().alphabet();
        let track = TrackRecipe {
            name: String::new(),
            rule: mending::rule(self.rule.as_ref(), &usual.rule, alphabet, mended),
            alteration: self.alter.unwrap_or_default(),
            dynamics: self.dynamics.unwrap_or(usual.dynamics),
        };
        if let Some(dynamics) = self.dynamics {
            learned::check_dynamics(&track.rule, dynamics)?;
        }
        let recipe = Recipe {
            world,
            cue,
            max_sweeps: self.max_sweeps.unwrap_or(default.max_sweeps),
            seed,
            tracks: vec![track],
            ..default
        };
        recipe.check()?;
        Ok(recipe)
    }

    /// The world that the flags ask for.
    fn chosen_world(&self) -> Result<World, Error> {
        let mut world = match &self.world {
            Some(chosen) => chosen.open().map_err(in_flag("--world"))?,
            None => World::default(),
        };
        for (flag, key, value) in [
            ("--size", "size", self.size.map(Size::place)),
            (
                "--digits",
                "digits",
                self.digits.map(|digits| f64::from(digits.bits())),
            ),
            ("--patterns", "p", self.patterns.map(|count| count as f64)),
            ("--threshold", "threshold", self.threshold.map(f64::from)),
        ] {
            let Some(value) = value else { continue };
            let settings = world.settings().list();
            let Some(setting) = settings.into_iter().find(|setting| setting.key == key) else {
                return Err(Error::Idle {
                    setting: flag,
                    others: world.notation(),
                });
            };
            let before = world.get(key).filter(|before| *before != value);
            world.set(key, value).map_err(in_flag(flag))?;
            if let Some(before) = before
                && self.world.as_ref().is_some_and(|chosen| chosen.names(key))
            {
                return Err(Error::Twice {
                    setting: format!("{flag}: {key}"),
                    first: format!("{} in --world", setting.show(before)),
                    second: setting.show(value),
                });
            }
        }
        world.check().map_err(in_flag("--world"))?;
        Ok(world)
    }

    /// Does what the recipe says out of `source`, down to the verdict; a refusal names the flag that asked for too much.
    fn recall(&self, recipe: &Recipe, source: Source) -> Result<Outcome, Error> {
        let mut line = progress::Line::new("learning");
        let outcome = trial::run_from(recipe, source, |done| line.show(done));
        line.clear();
        outcome.map_err(|Refusal { stage, problem }| {
            problem.in_source(match stage {
                TrialStage::Patterns if self.patterns.is_none() => "--world",
                _ => learned::flag(stage),
            })
        })
    }

    /// The cue as it was written.
    fn cue_name(&self) -> Option<String> {
        self.cue
            .as_ref()
            .map(|name| name.to_string_lossy().into_owned())
    }
}

/// Frames, curves and `recall.json`, into the folder that `--out` names; says what was written.
fn write_all(folder: &Path, recording: &Recording, json: &str) -> Result<String, Error> {
    let mut all = frames::pictures(recording, recording.patterns().grid());
    let n_frames = all.len() as u64;
    if write::holds(folder, &frames::name(n_frames)).map_err(in_flag("--out"))? {
        let found = format!("it holds {} of a longer recall", frames::name(n_frames));
        let problem = Error::System(format!("{found}; empty it or name another folder"));
        return Err(in_path("--out", folder)(problem));
    }
    all.push((
        "curves.csv".to_owned(),
        frames::curves(recording).into_bytes(),
    ));
    all.push(("recall.json".to_owned(), json.as_bytes().to_vec()));
    write::folder(folder, &all).map_err(in_flag("--out"))?;
    let n_states = recording.length() / recording.sweep() + 1;
    let frames = if n_frames < n_states {
        format!("the first {n_frames} of {n_states} frames")
    } else {
        format!("{n_frames} frames")
    };
    Ok(format!(
        "wrote {frames}, curves.csv and recall.json to {}",
        folder.display()
    ))
}

fn digits(text: &str) -> Result<DigitSet, Error> {
    let digits: DigitSet = text.parse()?;
    if digits.is_empty() {
        return Err(Error::Range {
            setting: "the digits to draw from",
            range: "at least one of 0 to 9, as in 0,3,7".to_owned(),
            value: format!("'{text}'"),
        });
    }
    Ok(digits)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::corrupt::Half;
    use clap::Parser;

    #[derive(Parser)]
    struct Alone {
        #[command(flatten)]
        recall: Recall,
    }

    fn recipe(flags: &[&str]) -> Recipe {
        let args = std::iter::once(&"recall").chain(flags);
        let parsed = Alone::try_parse_from(args).expect("the flags are well formed");
        let recipe = parsed.recall.recipe(&mut Vec::new());
        recipe.expect("the flags make a recipe")
    }

    #[test]
    fn no_flags_are_the_default_recipe() {
        assert_eq!(recipe(&[]), Recipe::default());
    }

    #[test]
    fn the_help_states_the_defaults_in_force() {
        let help = <Alone as clap::CommandFactory>::command()
            .render_long_help()
            .to_string();
        let Recipe {
            world,
            added: _,
            removed: _,
            cue,
            max_sweeps,
            seed,
            mut tracks,
        } = Recipe::default();
        let TrackRecipe {
            name: _,
            rule,
            alteration: _,
            dynamics,
        } = tracks.remove(0);
        let Start::Stored(pattern) = cue.start else {
            panic!("the help says otherwise")
        };
        for default in [
            format!("[default: {}]", world.mnist().expect("digits").size),
            format!("[default: {}]", world.mnist().expect("digits").digits),
            format!("[default: {}]", Recipe::default().n_patterns()),
            format!("[default: {}]", world.settings().threshold()),
            format!("[default: {}]", rule.about().name),
            format!("[default: {dynamics}]"),
            format!("[default: stored:{pattern}, or the last]"),
            format!(
                "[default: flip={}, but none if --cue is given]",
                cue.corruption.flip.fraction
            ),
            format!("[default: {seed}]"),
            format!("[default: {max_sweeps}]"),
        ] {
            assert!(help.contains(&default), "{default} is not in\n{help}");
        }
        assert_eq!(LearningRule::parse(rule.about().name).unwrap(), rule);
    }

    #[test]
    fn a_named_cue_is_left_whole_and_every_corruption_is_seeded() {
        assert!(recipe(&["--cue", "stored:3"]).cue.corruption.is_none());
        let corrupted = recipe(&[
            "--corrupt",
            "mask=0.5",
            "--corrupt",
            "half=left",
            "--seed",
            "9",
        ]);
        assert_eq!(corrupted.cue.corruption.mask.seed, 9);
        assert_eq!(corrupted.cue.corruption.half, Some(Half::Left));
        assert_eq!(corrupted.cue.corruption.flip.fraction, 0.0);
        assert_eq!(recipe(&["--seed", "9"]).cue.corruption.flip.seed, 9);
        assert_eq!(
            recipe(&["--cue", "random", "--seed", "4"]).cue.start,
            Start::Random { seed: 4 }
        );
    }
}
