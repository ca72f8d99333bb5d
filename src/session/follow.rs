//! What follows from patterns and cue, brought in line with the recipe: memory and recording of every track.
//!
//! Nothing here is refused: what learning itself brings to light is told, and the old memory stays in use.

use super::learning::{self, Learning};
use super::preparing::Preparing;
use super::track::Recordings;
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
                    Ok(trained) => self.put_in_use(&trained),
                    Err(problem) => self.fail(request, problem),
                }
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
            Event::Read(Err(problem)) => {
                self.candidate = None;
                Err(problem)
            }
            Event::Measured(outcome) => self.tracks[0].measured.take_in(outcome),
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
        let Some(recipe) = self.worked_out().cloned() else {
            return;
        };
        let requests = LearningRequest::all(&recipe);
        self.work
            .learning
            .retain(|job| requests.contains(job.order()));
        self.failed.retain(|failed| requests.contains(failed));
        let at_end = self.is_at_end();
        let known: Vec<Trained> = self
            .tracks
            .iter()
            .filter_map(|it| it.trained.clone())
            .collect();
        self.tracks.resize_with(requests.len(), Default::default);
        let mut is_new = false;
        for (index, request) in requests.into_iter().enumerate() {
            self.learn(index, &request, &known);
            is_new |= self.record(index, &request, &recipe);
        }
        if is_new {
            self.playback.rewind();
            self.playback.settling = at_end;
        }
    }

    /// Gives track `index` the memory that `request` asks for: one of those `known`, or what is learned at once, or a
    /// job. Learning that was stopped or came to nothing is not begun again.
    fn learn(&mut self, index: usize, request: &LearningRequest, known: &[Trained]) {
        let is_asked = |trained: &&Trained| trained.made_from == *request;
        if self.tracks[index]
            .trained
            .as_ref()
            .is_some_and(|it| is_asked(&it))
        {
            return;
        }
        if let Some(trained) = known.iter().find(is_asked) {
            self.tracks[index].trained = Some(trained.clone());
            self.version += 1;
            return;
        }
        let under_way = self.work.learning.iter().any(|job| job.order() == request);
        let Some(inputs) = &self.inputs else { return };
        if under_way || self.stopped || self.failed.contains(request) {
            return;
        }
        let patterns = Arc::clone(inputs.patterns());
        let unseen = inputs.source.first_unseen(Learning::N_UNSEEN);
        let begun = unseen.and_then(|unseen| {
            let unseen = unseen.into_iter().map(|example| example.state).collect();
            learning::learn(request.clone(), patterns, unseen, &self.work.workers)
        });
        match begun {
            Ok(Ok(trained)) => self.put_in_use(&trained),
            Ok(Err(job)) => self.work.learning.push(job),
            Err(problem) => self.fail(request.clone(), problem),
        }
    }

    /// Gives what was learned to every track that asks for it.
    fn put_in_use(&mut self, trained: &Trained) {
        let recipe = self.worked_out().map(LearningRequest::all);
        let requests = recipe.unwrap_or_default();
        for (track, request) in self.tracks.iter_mut().zip(&requests) {
            if *request == trained.made_from {
                track.trained = Some(trained.clone());
                self.version += 1;
            }
        }
    }

    /// Learning came to nothing, and says why.
    fn fail(&mut self, request: LearningRequest, problem: Error) {
        self.failed.push(request);
        self.told.push(problem);
        self.work.wake();
    }

    /// Brings the memory of track `index` in line with what is asked of its couplings once they are learned, and records
    /// the cue in it anew, unless that is the recording there is; whether it did. An old memory is kept in use where the
    /// new one is not to come, as far as the cue still fits into it.
    fn record(&mut self, index: usize, request: &LearningRequest, recipe: &Recipe) -> bool {
        let track = &mut self.tracks[index];
        let (Some(trained), Some(inputs)) = (&mut track.trained, &self.inputs) else {
            return false;
        };
        let cue = &inputs.cue.cue;
        let is_stale = trained.made_from != *request;
        let waits = !self.stopped && !self.failed.contains(request);
        if is_stale && (waits || !trained.memory.takes(cue)) {
            return false;
        }
        let (track_recipe, seed) = (&recipe.tracks[index], recipe.seed);
        if trained.alter(track_recipe.alteration) {
            self.version += 1;
        }
        let same = track.recording.as_ref().is_some_and(|recording| {
            Arc::ptr_eq(recording.memory(), &trained.memory)
                && recording.cue() == cue
                && recording.dynamics() == track_recipe.dynamics
                && recording.seed() == seed
        });
        if same {
            return false;
        }
        let (memory, patterns) = (Arc::clone(&trained.memory), Arc::clone(&trained.patterns));
        let (cue, dynamics) = (cue.clone(), track_recipe.dynamics);
        track.recording = Some(Recording::new(memory, patterns, cue, dynamics, seed));
        self.version += 1;
        true
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
