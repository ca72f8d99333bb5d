//! What can be read off a session: plain getters, no work but for facts.

use super::learning::Learning;
use super::track::Track;
use super::trained::LearningRequest;
use super::{Candidate, Document, LabBook, LearningHistory, Opened, Session, StepUnit, Trained};
use crate::engine::{Patterns, Recording, State};
use crate::trial::facts::{Evidence, Facts};
use crate::trial::{CueStates, Recipe};
use crate::worlds::proteins::Family;
use crate::worlds::spin_glass::Sample;
use crate::worlds::{Data, Mnist, Source};
use std::sync::Arc;

impl Session {
    /// The recipe in force.
    pub fn recipe(&self) -> &Recipe {
        &self.recipe
    }

    /// What the world in force draws patterns and cues from, once prepared.
    pub fn source(&self) -> Option<&Arc<Source>> {
        let source = &self.inputs.as_ref()?.source;
        source
            .is_of(&self.recipe.world, self.recipe.seed)
            .then_some(source)
    }

    /// The digits at the size in force, where they are the world, once unpacked.
    pub fn digits(&self) -> Option<&Arc<Mnist>> {
        match self.source()?.data() {
            Data::Mnist(digits) => Some(digits),
            _ => None,
        }
    }

    /// The spin glass that patterns are sampled from, where that is the world, once sampled.
    pub fn sample(&self) -> Option<&Sample> {
        match self.source()?.data() {
            Data::SpinGlass(sample) => Some(sample),
            _ => None,
        }
    }

    /// The protein family that sequences are drawn from, where that is the world, once prepared.
    pub fn family(&self) -> Option<&Family> {
        match self.source()?.data() {
            Data::Protein(family) => Some(family),
            _ => None,
        }
    }

    /// The stored patterns.
    pub fn patterns(&self) -> Option<&Arc<Patterns>> {
        Some(self.inputs.as_ref()?.patterns())
    }

    /// Changes whenever other patterns are stored.
    pub fn patterns_version(&self) -> u64 {
        self.patterns_version
    }

    /// Which entry of the world's data each stored pattern is, of those that are the world's: they come first, and those
    /// added by hand after them.
    pub fn stored_origins(&self) -> &[usize] {
        let inputs = self.inputs.as_ref();
        inputs.map_or(&[], |inputs| &inputs.stored.origins)
    }

    /// What came of each track of the recipe.
    pub fn tracks(&self) -> &[Track] {
        &self.tracks
    }

    /// The memory of the first track, perhaps out of date.
    pub fn trained(&self) -> Option<&Trained> {
        self.tracks[0].trained()
    }

    /// Whether what is shown of any track came from an older recipe than the one in force.
    pub fn is_stale(&self) -> bool {
        let requests = LearningRequest::all(&self.recipe);
        let mut tracks = self.tracks.iter().zip(&requests);
        let is_starting = !self.work.starting.is_empty();
        is_starting
            || tracks.any(|(track, request)| {
                let trained = track.trained();
                trained.is_some_and(|trained| trained.made_from != *request)
            })
    }

    /// What learning has told so far, while a job is at it: for the first track, or else for another.
    pub fn learning(&self) -> Option<&LearningHistory> {
        let requests = LearningRequest::all(&self.recipe);
        let jobs = &self.work.learning;
        let mine = jobs
            .iter()
            .find(|job| requests.first() == Some(job.order()));
        mine.or_else(|| jobs.first()).map(Learning::course)
    }

    /// How much is done of altering the couplings and of dropping the cue into them, 0 to 1, while a job is at it.
    pub fn starting(&self) -> Option<f32> {
        let jobs = self.work.starting.iter();
        jobs.map(|job| job.done).reduce(f32::min)
    }

    /// Whether the jobs that learn were told to wait.
    pub fn is_learning_paused(&self) -> bool {
        self.work.learning.iter().any(|learning| learning.paused)
    }

    /// How much of the world is prepared, 0 to 1, while a job is at it.
    pub fn preparing(&self) -> Option<f32> {
        self.work.preparing.as_ref().map(|job| job.done)
    }

    /// How much of the files that are looked at is read, 0 to 1, while a job is at it.
    pub fn reading(&self) -> Option<f32> {
        self.work.reading.as_ref().map(|job| job.done)
    }

    /// The cue and the original it was made of.
    pub fn cue(&self) -> Option<&CueStates> {
        Some(&self.inputs.as_ref()?.cue)
    }

    /// The recording of the cue in the memory of the first track.
    pub fn recording(&self) -> Option<&Recording> {
        self.tracks[0].recording()
    }

    /// What the first track came to so far, fact by fact, as `engram recall --json` writes it; `None` while what is shown
    /// came from an older recipe. Worked out anew: not for every frame.
    pub fn facts(&self) -> Option<Facts> {
        if self.is_stale() {
            return None;
        }
        let ending = self.trained()?.ending.as_deref();
        let evidence = Evidence::new(
            self.recipe(),
            self.inputs.as_ref()?,
            self.recording()?,
            ending,
        );
        Some(Facts::of(&evidence))
    }

    /// The moment shown, in updates since the cue.
    pub fn cursor(&self) -> u64 {
        self.playback.cursor
    }

    /// What is to be kept of the session.
    pub fn document(&self) -> Document {
        Document {
            recipe: self.recipe.clone(),
            clock: self.playback.cursor,
        }
    }

    /// The state of the first track at the moment shown.
    pub fn state(&self) -> Option<State> {
        let recording = self.recording()?;
        Some(recording.state_at(self.playback.cursor))
    }

    /// Whether time moves on by itself.
    pub fn is_playing(&self) -> bool {
        self.playback.playing
    }

    /// What one step is.
    pub fn step_unit(&self) -> StepUnit {
        self.playback.step
    }

    /// Steps a second, 1 to [`FULL_SPEED`](super::FULL_SPEED).
    pub fn speed(&self) -> f64 {
        self.playback.speed
    }

    /// Whether the run of any track can go on from the moment shown.
    pub fn can_go_on(&self) -> bool {
        let mut recordings = self.tracks.iter().filter_map(Track::recording);
        recordings.any(|recording| {
            self.playback.cursor < recording.length() || !recording.is_over(self.recipe.max_sweeps)
        })
    }

    /// Whether there is an edit to take back.
    pub fn can_undo(&self) -> bool {
        self.history.can_undo()
    }

    /// Whether there is an edit to do again.
    pub fn can_redo(&self) -> bool {
        self.history.can_redo()
    }

    /// The picture that was opened and waits to become the cue.
    pub fn opened(&self) -> Option<&Opened> {
        self.opened.as_ref()
    }

    /// The world of files that is looked at before it is taken.
    pub fn candidate(&self) -> Option<&Candidate> {
        self.candidate.as_ref()
    }

    /// The runs of the lab.
    pub fn lab(&self) -> &LabBook {
        &self.lab
    }

    /// Changes whenever patterns, memory, cue or recording are made anew: what views key their textures on.
    pub fn version(&self) -> u64 {
        self.version
    }
}
