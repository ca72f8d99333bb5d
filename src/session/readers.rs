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
        (0..self.tracks.len()).any(|track| self.is_stale_on(track))
    }

    /// The same of track `track`.
    pub fn is_stale_on(&self, track: usize) -> bool {
        let starting = &self.work.starting;
        let trained = self.tracks.get(track).and_then(Track::trained);
        starting.iter().any(|job| job.track == track)
            || trained.is_some_and(|it| Some(&it.made_from) != self.request(track).as_ref())
    }

    /// What is to be learned for track `track`.
    fn request(&self, track: usize) -> Option<LearningRequest> {
        let track = self.recipe.tracks.get(track)?;
        Some(LearningRequest::of(&self.recipe, track))
    }

    /// The job that learns for track `track`.
    pub(super) fn learning_job(&self, track: usize) -> Option<&Learning> {
        let jobs = &self.work.learning;
        let request = self.request(track).filter(|_| !jobs.is_empty())?;
        jobs.iter().find(|job| *job.order() == request)
    }

    /// What learning has told so far, while a job is at it: for the first track, or else for another.
    pub fn learning(&self) -> Option<&LearningHistory> {
        let first = self.learning_on(0);
        first.or_else(|| self.work.learning.first().map(Learning::course))
    }

    /// The same for track `track` alone.
    pub fn learning_on(&self, track: usize) -> Option<&LearningHistory> {
        self.learning_job(track).map(Learning::course)
    }

    /// The moment that track `track` shows: where the clock stands, or the end of its own run if that comes before.
    pub fn cursor_on(&self, track: usize) -> u64 {
        let recording = self.tracks.get(track).and_then(Track::recording);
        let length = recording.map_or(0, Recording::length);
        self.playback.cursor.min(length)
    }

    /// Whether track `track` shows the end of a run that goes no further.
    pub fn is_over_on(&self, track: usize) -> bool {
        let recording = self.tracks.get(track).and_then(Track::recording);
        recording.is_some_and(|recording| {
            let is_at_end = self.playback.cursor >= recording.length();
            is_at_end && recording.is_over(self.recipe.max_sweeps)
        })
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
        self.facts_on(0)
    }

    /// The same of track `track`.
    pub fn facts_on(&self, track: usize) -> Option<Facts> {
        if self.is_stale() {
            return None;
        }
        let shown = self.tracks.get(track)?;
        let recipe = (self.recipe(), self.recipe.tracks.get(track)?);
        let ending = shown.trained()?.ending.as_deref();
        let (inputs, recording) = (self.inputs.as_ref()?, shown.recording()?);
        let evidence = Evidence::new(recipe, inputs, recording, ending);
        Some(Facts::of(&evidence))
    }

    /// The moment shown, in updates since the cue.
    pub fn cursor(&self) -> u64 {
        self.playback.cursor
    }

    /// What is to be kept of the session; how one looks at it is the window's to add.
    pub fn document(&self) -> Document {
        Document {
            recipe: self.recipe.clone(),
            clock: self.opened_at.unwrap_or(self.playback.cursor),
            view: serde_json::Value::Null,
            wishes: self.wishes.clone(),
            lab: self.lab.recipes(),
            teacher: self.teacher.clone(),
        }
    }

    /// What a teacher keeps from being changed or seen, and where students come back to.
    pub fn teacher(&self) -> &super::TeacherOptions {
        &self.teacher
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
