//! Time: what commands and the passing of real time do to the recordings and to where one looks.

use super::track::Recordings;
use super::{Command, Session};
use crate::jobs::Stopwatch;
use std::time::Duration;

impl Session {
    /// Does what a command says that is of time; all others do nothing here.
    pub(super) fn apply_to_time(&mut self, command: &Command) {
        self.opened_at = None;
        let max_sweeps = self.recipe.max_sweeps;
        let playback = &mut self.playback;
        let Some(mut recordings) = Recordings::of(&mut self.tracks) else {
            return;
        };
        match command {
            Command::StepForward(step) => {
                playback.play(false);
                playback.step_forward(&mut recordings, *step, max_sweeps);
            }
            Command::StepBack(step) => {
                playback.play(false);
                playback.step_back(&recordings, *step);
            }
            Command::Seek(update) => {
                playback.play(false);
                let tick = recordings.tick_length();
                playback.cursor = (*update).min(recordings.length()) / tick * tick;
            }
            Command::Play(playing) => {
                let over = recordings.are_over(max_sweeps);
                if *playing && over && playback.cursor >= recordings.length() {
                    playback.rewind();
                }
                playback.play(*playing);
            }
            Command::Settle => {
                playback.play(false);
                playback.settling = true;
            }
            _ => (),
        }
    }

    /// Whether every track shows what its recipe asks for.
    fn shows_what_is_asked(&self) -> bool {
        let all = self.tracks.len() == self.recipe.tracks.len() && self.pending.is_none();
        all && !self.is_stale() && self.tracks.iter().all(|track| track.recording().is_some())
    }

    /// Plays on by `elapsed`, for no longer than about `budget`; when to go on.
    pub(super) fn play_on(&mut self, elapsed: Duration, budget: Duration) -> Option<Duration> {
        let clock = Stopwatch::start();
        let goal = self.opened_at.filter(|_| self.shows_what_is_asked());
        let max_sweeps = self.recipe.max_sweeps;
        let playback = &mut self.playback;
        let mut recordings = Recordings::of(&mut self.tracks)?;
        // What is begun takes a part of the budget too.
        let there_is_time = || clock.elapsed() < budget / 2;
        if let Some(goal) = goal {
            let limit = max_sweeps.saturating_mul(recordings.sweep());
            let goal = goal.min(limit);
            let mut short_of = Some(0);
            while short_of.is_some() && there_is_time() {
                short_of = recordings.extend_within(goal, max_sweeps);
            }
            playback.cursor = goal.min(recordings.length());
            self.opened_at = self.opened_at.filter(|_| short_of.is_some());
            return self.opened_at.map(|_clock| Duration::ZERO);
        }
        if playback.settling {
            while playback.settling && there_is_time() {
                let limit = max_sweeps.saturating_mul(recordings.sweep());
                recordings.extend_within(limit, max_sweeps);
                playback.settling = !recordings.are_over(max_sweeps);
            }
            playback.cursor = recordings.length();
            return playback.settling.then_some(Duration::ZERO);
        }
        if playback.playing {
            playback.advance(&mut recordings, elapsed, max_sweeps, there_is_time);
        } else if playback.under_way.is_some() {
            while let Some(step) = playback.under_way {
                playback.step_forward(&mut recordings, step, max_sweeps);
                if !there_is_time() {
                    break;
                }
            }
            return playback.under_way.map(|_step| Duration::ZERO);
        }
        playback.playing.then(|| playback.until_next_step())
    }
}
