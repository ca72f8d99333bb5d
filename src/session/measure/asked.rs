//! Asking for measurements: when one begins, what is known of it, and why it is not to be had.

use super::subject::{Manner, Origin, Subject};
use super::{Finding, Measurement, Measuring, Outcome};
use crate::engine::{Alteration, Error, Memory, Patterns};
use crate::jobs::Elsewhere;
use crate::session::{Session, Track, Wishes};
use std::sync::Arc;

impl Session {
    /// Begins to measure `what` of the memory that track `track` shows, unless that is done or a job of its kind is under way
    /// that has nothing to show yet. Refused: what makes no sense of it.
    pub(in crate::session) fn measure(
        &mut self,
        track: usize,
        what: Measurement,
    ) -> Result<(), Error> {
        let Some(mut subject) = self.subject(track, what) else {
            return Ok(());
        };
        if !self.is_to_be_measured_on(track, what) {
            return Ok(());
        }
        if what == Measurement::Portrait {
            subject.elsewhere = self.elsewhere(track);
        }
        let next = Measuring::start((track, what), subject, &self.work.workers)?;
        let jobs = &mut self.work.measuring;
        let is_same = |job: &Measuring| (job.track, job.what) == (track, what);
        let earlier = jobs.iter().position(is_same);
        let earlier = earlier.and_then(|place| jobs.swap_remove(place).so_far);
        self.work.measuring.push(next);
        if let Some(so_far) = earlier {
            let before = self.finding(track, what);
            let outcome = Outcome {
                track,
                what,
                of: None,
                found: Ok(so_far.over(before)),
            };
            let measured = &mut self.tracks[track].measured;
            let before = measured.take_out(&outcome);
            measured.take_in(outcome)?;
            self.work
                .discard(before.as_ref().map_or(0, Outcome::bytes), before);
        }
        Ok(())
    }

    /// Ends the jobs that are at `what`, on any track; what was measured before stays.
    pub(in crate::session) fn stop_measuring(&mut self, what: Measurement) {
        self.work.measuring.retain(|job| job.what != what);
    }

    /// Whether it is worth asking for `what`: it is not known of what is shown, and no job is at that, nor at an older
    /// one which has nothing to show yet.
    pub fn is_to_be_measured(&self, what: Measurement) -> bool {
        self.is_to_be_measured_on(0, what)
    }

    /// The same of track `track`.
    pub fn is_to_be_measured_on(&self, track: usize, what: Measurement) -> bool {
        let is_measured = self.is_measured_on(track, what);
        let Some(of) = self.origin(track, what).filter(|_| !is_measured) else {
            return false;
        };
        let job = self.measuring(track, what);
        job.is_none_or(|job| job.so_far.is_some() && !job.of.is(&of))
    }

    /// Whether what was measured last is of the memory that the recording is of, whatever came of it, and of its dynamics
    /// where that matters.
    pub fn is_measured(&self, what: Measurement) -> bool {
        self.is_measured_on(0, what)
    }

    pub(super) fn is_measured_on(&self, track: usize, what: Measurement) -> bool {
        let last = self.tracks.get(track).and_then(|it| it.measured.last(what));
        let of = last.and_then(|last| last.of.as_ref());
        of.zip(self.origin(track, what))
            .is_some_and(|(of, wanted)| of.is(&wanted))
    }

    /// Whether a job is at it, on any track.
    pub fn is_measuring(&self, what: Measurement) -> bool {
        self.work.measuring.iter().any(|job| job.what == what)
    }

    pub(super) fn measuring(&self, track: usize, what: Measurement) -> Option<&Measuring> {
        let mut jobs = self.work.measuring.iter();
        jobs.find(|job| (job.track, job.what) == (track, what))
    }

    pub(super) fn origin(&self, track: usize, what: Measurement) -> Option<Origin> {
        Some(self.subject(track, what)?.origin(what))
    }

    /// Why `what` is not to be had of the memory that the recording is of, where that is so.
    pub fn declined(&self, what: Measurement) -> Option<Error> {
        self.declined_on(0, what)
    }

    /// The same of track `track`.
    pub fn declined_on(&self, track: usize, what: Measurement) -> Option<Error> {
        if self.is_measured_on(track, what) {
            let last = self.tracks[track].measured.last(what)?;
            return last.found.as_ref().err().cloned();
        }
        what.slices(self.subject(track, what)?).err()
    }

    pub(super) fn subject(&self, track: usize, what: Measurement) -> Option<Subject> {
        let learned = self.learned_so_far_on(track);
        let learned = learned.filter(|_| what == Measurement::Portrait);
        let recording = self.tracks.get(track).and_then(Track::recording);
        let (memory, patterns, dynamics, seed) = match (learned, recording) {
            (Some((memory, patterns)), _) => {
                let dynamics = self.recipe.tracks.get(track)?.dynamics;
                (memory, patterns, dynamics, self.recipe.seed)
            }
            (None, Some(recording)) => {
                let (dynamics, seed) = (recording.dynamics(), recording.seed());
                (recording.memory(), recording.patterns(), dynamics, seed)
            }
            (None, None) => return None,
        };
        Some(Subject {
            memory: Arc::clone(memory),
            patterns: Arc::clone(patterns),
            source: self.source().cloned(),
            manner: Manner {
                dynamics,
                seed,
                max_sweeps: self.recipe.max_sweeps,
            },
            wishes: self.wishes.clone(),
            cancelled: Arc::default(),
            elsewhere: None,
        })
    }

    /// Who could look elsewhere at what track `track` shows, and a document of it; none of what a document does not tell:
    /// what is learned only so far, or came from older settings.
    fn elsewhere(&self, track: usize) -> Option<(Elsewhere, Arc<str>)> {
        let elsewhere = self.work.workers.elsewhere()?;
        if self.is_stale_on(track) || self.learned_so_far_on(track).is_some() {
            return None;
        }
        let mut document = self.document();
        let own = document.recipe.tracks.get(track)?.clone();
        document.recipe.tracks = vec![own];
        Some((elsewhere.clone(), document.to_json().into()))
    }

    /// What is learned at this moment, as it was when it was last looked at, and of which patterns: pictures of attractors
    /// are of that while learning goes on. None where nothing is learned, and where couplings are altered after learning.
    pub fn learned_so_far(&self) -> Option<(&Arc<Memory>, &Arc<Patterns>)> {
        self.learned_so_far_on(0)
    }

    /// The same of track `track`.
    pub fn learned_so_far_on(&self, track: usize) -> Option<(&Arc<Memory>, &Arc<Patterns>)> {
        let recipe = self.recipe.tracks.get(track)?;
        if recipe.alteration != Alteration::default() {
            return None;
        }
        self.learning_job(track)?.so_far()
    }

    /// What is wanted of each view of the attractors.
    pub fn wishes(&self) -> &Wishes {
        &self.wishes
    }

    /// What is known of `what` as far as a job has come, perhaps of an older memory.
    pub(super) fn so_far(&self, what: Measurement) -> Option<&Finding> {
        self.so_far_on(0, what)
    }

    /// The same of track `track`.
    pub(super) fn so_far_on(&self, track: usize, what: Measurement) -> Option<&Finding> {
        let of = self.origin(track, what)?;
        let job = self.measuring(track, what).filter(|job| job.of.is(&of));
        let so_far = job.and_then(|job| job.so_far.as_ref());
        so_far.or_else(|| self.finding(track, what))
    }

    /// What came of `what`, perhaps of an older memory.
    pub(super) fn finding(&self, track: usize, what: Measurement) -> Option<&Finding> {
        let measured = &self.tracks.get(track)?.measured;
        measured.last(what)?.found.as_ref().ok()
    }
}
