//! What follows from patterns and cue, brought in line with the recipe: memory and recording of every track.
//!
//! What is shown of a track are a memory and a recording of the cue in it: they are replaced together, once both are there.
//! Nothing here is refused: what learning itself brings to light is told, and the old memory stays in use.

use super::learning::{self, Learning};
use super::measure::Outcome;
use super::preparing::Preparing;
use super::starting::{self, Started, Starting, Wanted};
use super::track::{Recordings, Track};
use super::trained::{LearningRequest, Trained};
use super::work::Event;
use super::{Candidate, Session};
use crate::engine::{Error, Recording};
use crate::trial::Recipe;
use crate::worlds::World;
use std::sync::Arc;

impl Session {
    /// Takes in what came of a job: the one place where the session hears of it.
    pub(super) fn take_in(&mut self, event: Event) -> Result<(), Error> {
        match event {
            Event::Prepared(Ok(source)) => self.take_in_source(source),
            Event::Prepared(Err(problem)) => Err(self.go_back(problem)),
            Event::Learned(request, result) => {
                match result {
                    Ok(trained) => self.follow_with(Some(*trained)),
                    Err(problem) => {
                        self.fail(request, problem);
                        self.follow();
                    }
                }
                Ok(())
            }
            Event::Started(track, started) => {
                let (at_end, started) = (self.is_at_end(), started?);
                if track < self.tracks.len() {
                    self.put_in_use(track, *started);
                    self.start_anew(at_end);
                }
                // What else has come in may ask for another one by now.
                self.follow();
                Ok(())
            }
            Event::Opened(opened) => {
                self.opened = Some(opened?);
                Ok(())
            }
            Event::Read(Ok(source)) => {
                if let Some(candidate) = &mut self.candidate {
                    candidate.take_in(source);
                }
                Ok(())
            }
            Event::Read(Err(problem)) => match &mut self.candidate {
                Some(candidate) => {
                    candidate.refuse(problem);
                    Ok(())
                }
                None => Err(problem),
            },
            Event::Measured(outcome) => {
                let Some(track) = self.tracks.get_mut(outcome.track) else {
                    return Ok(());
                };
                let measured = &mut track.measured;
                let before = measured.take_out(&outcome);
                let taken_in = measured.take_in(outcome);
                self.work
                    .discard(before.as_ref().map_or(0, Outcome::bytes), before);
                taken_in
            }
        }
    }

    /// Looks at files before they are taken, or at the same with other settings.
    pub(super) fn look_at(&mut self, world: World) {
        let (seed, before) = (self.recipe.seed, self.candidate.take());
        let candidate = Candidate::new(world.clone(), seed, before);
        let to_read = candidate.source().is_none();
        self.work.reading = to_read.then(|| Preparing::start(world, seed, &self.work.workers));
        self.candidate = Some(candidate);
    }

    /// Brings every track in line with the recipe that was worked out last: the one place that rebuilds.
    ///
    /// Where one looked at the end of finished runs, the new ones are run to their end too: a slider then shows where
    /// each setting leads.
    pub(super) fn follow(&mut self) {
        self.follow_with(None);
    }

    /// The same, where something was just `learned`.
    fn follow_with(&mut self, learned: Option<Trained>) {
        let Some(recipe) = self.worked_out().cloned() else {
            return;
        };
        if self
            .inputs
            .as_ref()
            .is_some_and(|inputs| inputs.patterns().is_empty())
        {
            return self.forget();
        }
        let requests = LearningRequest::all(&recipe);
        let work = &mut self.work;
        work.learning.retain(|job| requests.contains(job.order()));
        work.starting.retain(|job| job.track < requests.len());
        self.failed.retain(|failed| requests.contains(failed));
        let at_end = self.is_at_end();
        let in_use = self.tracks.iter().filter_map(Track::trained);
        let on_their_way = self.work.starting.iter().map(Starting::trained);
        let mut known: Vec<Trained> = in_use.chain(on_their_way).cloned().chain(learned).collect();
        self.tracks.resize_with(requests.len(), Default::default);
        let mut is_new = false;
        for (index, request) in requests.into_iter().enumerate() {
            match self.wanted(index, &request, &recipe, &mut known) {
                Some(wanted) => is_new |= self.record(index, wanted),
                None => self.work.starting.retain(|job| job.track != index),
            }
        }
        if is_new {
            self.start_anew(at_end);
        }
        let bytes = known.iter().map(Trained::bytes).sum();
        self.work.discard(bytes, known);
    }

    /// Has no track show anything, where nothing is stored.
    fn forget(&mut self) {
        self.work.learning.clear();
        self.work.starting.clear();
        if self.tracks.iter().any(|track| track.trained().is_some()) {
            let tracks = self.tracks.iter().map(|_| Track::default()).collect();
            let before = std::mem::replace(&mut self.tracks, tracks);
            let bytes = before.iter().filter_map(Track::trained).map(Trained::bytes);
            self.work.discard(bytes.sum(), before);
            self.version += 1;
            self.start_anew(false);
        }
    }

    /// What track `index` is to show: the cue in the memory that `request` asks for or, where that is not to come, in the
    /// one in use, as far as the cue fits into it. `None` while it is being learned.
    fn wanted(
        &mut self,
        index: usize,
        request: &LearningRequest,
        recipe: &Recipe,
        known: &mut Vec<Trained>,
    ) -> Option<Wanted> {
        let asked = self.learned(index, request, known);
        let cue = &self.inputs.as_ref()?.cue.cue;
        let waits = !self.stopped && !self.failed.contains(request);
        let in_use = self.tracks[index].trained().filter(|_| !waits).cloned();
        let trained = asked.or_else(|| in_use.filter(|it| it.memory.takes(cue)))?;
        let track = &recipe.tracks[index];
        Some(Wanted {
            trained,
            alteration: track.alteration,
            cue: cue.clone(),
            dynamics: track.dynamics,
            seed: recipe.seed,
        })
    }

    /// The memory that `request` asks for on track `index`: its own, another one `known`, or one that is learned at once,
    /// and known from then on. Otherwise a job begins; not for what was stopped or came to nothing.
    fn learned(
        &mut self,
        index: usize,
        request: &LearningRequest,
        known: &mut Vec<Trained>,
    ) -> Option<Trained> {
        let own = self.tracks[index].trained();
        let mut all = own.into_iter().chain(&*known);
        if let Some(trained) = all.find(|trained| trained.made_from == *request) {
            return Some(trained.clone());
        }
        let under_way = self.work.learning.iter().any(|job| job.order() == request);
        let inputs = self.inputs.as_ref()?;
        if under_way || self.stopped || self.failed.contains(request) {
            return None;
        }
        let patterns = Arc::clone(inputs.patterns());
        let unseen = inputs.source.first_unseen(Learning::N_UNSEEN);
        let begun = unseen.and_then(|unseen| {
            let unseen = unseen.into_iter().map(|example| example.state).collect();
            learning::learn(request.clone(), patterns, unseen, &self.work.workers)
        });
        match begun {
            Ok(Ok(trained)) => {
                known.push(trained.clone());
                return Some(trained);
            }
            Ok(Err(job)) => self.work.learning.push(job),
            Err(problem) => self.fail(request.clone(), problem),
        }
        None
    }

    /// Learning came to nothing, and says why.
    fn fail(&mut self, request: LearningRequest, problem: Error) {
        self.failed.push(request);
        self.told.push(problem);
        self.work.wake();
    }

    /// Sees to it that track `index` shows what is `wanted`, at once or by a job; whether it does so now and did not
    /// before.
    fn record(&mut self, index: usize, wanted: Wanted) -> bool {
        let Track {
            trained, recording, ..
        } = &self.tracks[index];
        let there = trained.as_ref().zip(recording.as_ref());
        let is_met = there.is_some_and(|(trained, recording)| wanted.is_met_by(trained, recording));
        let jobs = &mut self.work.starting;
        jobs.retain(|job| job.track != index || (!is_met && job.is_of(&wanted)));
        if is_met || jobs.iter().any(|job| job.track == index) {
            return false;
        }
        match starting::start(index, wanted, &self.work.workers) {
            Ok(started) => {
                self.put_in_use(index, *started);
                true
            }
            Err(job) => {
                self.work.starting.push(*job);
                false
            }
        }
    }

    /// Has track `index` show what has `started`.
    fn put_in_use(&mut self, index: usize, started: Started) {
        let Started { trained, recording } = started;
        let track = &mut self.tracks[index];
        let before = track.trained.replace(trained);
        let before = (before, track.recording.replace(recording));
        self.version += 1;
        let (trained, recording) = (before.0.as_ref(), before.1.as_ref());
        let bytes = trained.map_or(0, Trained::bytes) + recording.map_or(0, Recording::bytes);
        self.work.discard(bytes, before);
    }

    /// Time begins anew; where it stood `at_end`, it runs to the new end.
    fn start_anew(&mut self, at_end: bool) {
        self.playback.rewind();
        self.playback.settling = at_end;
    }

    /// Whether one looks at the end of finished runs, or is on the way there.
    fn is_at_end(&mut self) -> bool {
        let (max_sweeps, cursor) = (self.recipe.max_sweeps, self.playback.cursor);
        self.playback.settling
            || Recordings::of(&mut self.tracks).is_some_and(|recordings| {
                recordings.are_over(max_sweeps) && cursor == recordings.length()
            })
    }
}
