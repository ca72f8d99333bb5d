//! A trial: from a recipe to where its cue ends.

use super::conclusion::Conclusion;
use super::facts::Evidence;
use super::inputs::Inputs;
use super::recipe::{Recipe, TrackRecipe};
use super::refusal::{Refusal, TrialStage};
use crate::engine::learning::{Group, Learner, Metrics};
use crate::engine::{Alteration, Couplings, Error, LearningRule, Memory, Patterns, Recording};
use crate::worlds::Source;
use std::sync::Arc;

/// What learning came to.
#[derive(Debug, Clone)]
pub struct Learned {
    /// The memory, altered as asked.
    pub memory: Arc<Memory>,
    /// Where an iterative rule stood at its end.
    pub standing: Option<Metrics>,
    /// What is to be said of how it ended.
    pub ending: Option<String>,
}

/// A trial that has come to its end.
#[derive(Debug, Clone)]
pub struct Outcome {
    /// Patterns and cue.
    pub inputs: Inputs,
    /// What came of each track, in order.
    pub tracks: Vec<TrackOutcome>,
}

/// What came of one track.
#[derive(Debug, Clone)]
pub struct TrackOutcome {
    /// What learning came to.
    pub learned: Learned,
    /// The run of the cue, to its verdict or to the largest number of sweeps.
    pub recording: Recording,
    /// Where that has come to.
    pub conclusion: Conclusion,
}

impl Outcome {
    /// What came of the first track.
    pub fn track(&self) -> &TrackOutcome {
        let first = self.tracks.first();
        first.expect("a recipe without a track is refused")
    }

    /// What facts of the first track are read off; `recipe` is the one that was run.
    pub fn evidence<'a>(&'a self, recipe: &'a Recipe) -> Evidence<'a> {
        let mut all = self.evidences(recipe);
        all.next().expect("a recipe without a track is refused")
    }

    /// The same of each track, in order.
    pub fn evidences<'a>(&'a self, recipe: &'a Recipe) -> impl Iterator<Item = Evidence<'a>> {
        let tracks = recipe.tracks.iter().zip(&self.tracks);
        tracks.map(move |(track, outcome)| {
            let TrackOutcome {
                learned, recording, ..
            } = outcome;
            let ending = learned.ending.as_deref();
            Evidence::new((recipe, track), &self.inputs, recording, ending)
        })
    }
}

/// Does what `recipe` says, down to the verdict; `progress` hears how much of a stage that takes long is done, 0 to 1.
pub fn run(recipe: &Recipe, mut progress: impl FnMut(TrialStage, f32)) -> Result<Outcome, Refusal> {
    recipe.check().map_err(TrialStage::World.refusal())?;
    let source = Source::prepare_with(&recipe.world, recipe.seed, |done| {
        progress(TrialStage::World, done);
    });
    run_from(
        recipe,
        source.map_err(TrialStage::World.refusal())?,
        |done| {
            progress(TrialStage::Learning, done);
        },
    )
}

/// The same out of `source`, which must be the source of the recipe's world; `progress` hears how much is learned.
pub fn run_from(
    recipe: &Recipe,
    source: Source,
    mut progress: impl FnMut(f32),
) -> Result<Outcome, Refusal> {
    recipe.check().map_err(TrialStage::World.refusal())?;
    let source = Arc::new(source);
    let drawn = Inputs::drawn(&source, None)?;
    let inputs = Inputs::new(recipe, &source, drawn, None)?;
    if inputs.patterns().is_empty() {
        let nothing = Error::NotEnough {
            asked: "a stored pattern".to_owned(),
            available: "patterns that are left out by hand".to_owned(),
        };
        return Err(TrialStage::Patterns.refusal()(nothing));
    }
    let mut tracks = Vec::with_capacity(recipe.tracks.len());
    for track in &recipe.tracks {
        tracks.push(run_track(recipe, track, &inputs, &mut progress)?);
    }
    Ok(Outcome { inputs, tracks })
}

fn run_track(
    recipe: &Recipe,
    track: &TrackRecipe,
    inputs: &Inputs,
    progress: impl FnMut(f32),
) -> Result<TrackOutcome, Refusal> {
    let TrackRecipe {
        name: _,
        rule,
        alteration,
        dynamics,
    } = track;
    let patterns = inputs.patterns();
    let learned = learn(rule, patterns, recipe.seed, *alteration, progress)?;
    let mut recording = Recording::new(
        Arc::clone(&learned.memory),
        Arc::clone(patterns),
        inputs.cue.cue.clone(),
        *dynamics,
        recipe.seed,
    );
    recording.settle(recipe.max_sweeps);
    Ok(TrackOutcome {
        conclusion: Conclusion::of(&recording, Some(&inputs.cue)),
        learned,
        recording,
    })
}

/// Learns `patterns` to the end and alters what came of it; `progress` hears how much is done, 0 to 1. Refused: an
/// alteration of a memory that has no couplings.
pub fn learn(
    rule: &LearningRule,
    patterns: &Arc<Patterns>,
    seed: u64,
    alteration: Alteration,
    progress: impl FnMut(f32),
) -> Result<Learned, Refusal> {
    LearningRun::new(rule, patterns, seed, alteration)?.finish(progress)
}

/// The same from the couplings `first`, see [`LearningRule::start_from`].
pub fn learn_from(
    first: &Couplings,
    rule: &LearningRule,
    patterns: &Arc<Patterns>,
    seed: u64,
    alteration: Alteration,
    progress: impl FnMut(f32),
) -> Result<Learned, Refusal> {
    let learner = rule.start_from(Arc::clone(patterns), seed, first);
    LearningRun::of(
        learner.map_err(TrialStage::Learning.refusal())?,
        seed,
        alteration,
    )
    .finish(progress)
}

/// The same, step by step, so that somebody may stop in between.
pub struct LearningRun {
    learner: Box<dyn Learner>,
    alteration: Alteration,
    seed: u64,
    done: f32,
    standing: Option<Metrics>,
}

impl LearningRun {
    /// Starts to learn `patterns`. Refused: an alteration of a memory that has no couplings.
    pub fn new(
        rule: &LearningRule,
        patterns: &Arc<Patterns>,
        seed: u64,
        alteration: Alteration,
    ) -> Result<Self, Refusal> {
        let has_couplings = !matches!(rule.about().group, Group::Dense | Group::Letters);
        if !has_couplings && !alteration.is_none() {
            return Err(TrialStage::Alteration.refusal()(Error::Idle {
                setting: "an alteration of couplings between signs",
                others: format!("{}, which has none", rule.notation()),
            }));
        }
        let learner = rule.start(Arc::clone(patterns), seed);
        let learner = learner.map_err(TrialStage::Learning.refusal())?;
        Ok(Self::of(learner, seed, alteration))
    }

    fn of(learner: Box<dyn Learner>, seed: u64, alteration: Alteration) -> Self {
        Self {
            learner,
            alteration,
            seed,
            done: 0.0,
            standing: None,
        }
    }

    fn finish(mut self, mut progress: impl FnMut(f32)) -> Result<Learned, Refusal> {
        while self.step() {
            progress(self.done());
        }
        self.learned()
    }

    /// Does one step; whether there was one to do.
    pub fn step(&mut self) -> bool {
        let Some(report) = self.learner.step() else {
            return false;
        };
        self.standing = report.standing;
        self.done = report.done;
        true
    }

    /// How much is done, 0 to 1.
    pub fn done(&self) -> f32 {
        self.done
    }

    /// What came of the steps so far, altered.
    pub fn learned(self) -> Result<Learned, Refusal> {
        let learned = self
            .learner
            .memory()
            .map_err(TrialStage::Learning.refusal())?;
        Ok(Learned {
            memory: self.alteration.of(Arc::new(learned), self.seed),
            standing: self.standing,
            ending: self.learner.ending(),
        })
    }
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        refusal.problem
    }
}
