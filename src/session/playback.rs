//! Where one looks in the recordings, and how fast one moves on.
//!
//! Moving on at the end of the recordings makes them longer; everywhere else it shows again what was. Absent: the
//! clock; the caller says how much time has passed.

use super::track::Recordings;
use crate::engine::recording::Search;
use std::time::Duration;

/// What one step is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum StepUnit {
    /// One unit asked, whether it turns or not.
    Unit,
    /// On to the next unit that turns.
    #[default]
    Flip,
    /// Every unit asked once.
    Sweep,
}

/// Steps a second at full speed: as many as the screen has frames.
pub const FULL_SPEED: f64 = 60.0;

/// Frames longer than this are taken to be as long.
const LONGEST_FRAME: Duration = Duration::from_millis(250);

/// Cursor, step and speed.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Playback {
    /// The moment shown, in updates.
    pub(super) cursor: u64,
    /// Whether time moves on by itself.
    pub(super) playing: bool,
    /// Whether the run is being taken to its verdict.
    pub(super) settling: bool,
    /// The step that has not come to its end yet, and goes on at the next frame.
    pub(super) under_way: Option<StepUnit>,
    /// What one step is.
    pub(super) step: StepUnit,
    /// Steps a second, 1 to [`FULL_SPEED`]; full speed is one step a frame.
    pub(super) speed: f64,
    /// Steps due, but not taken yet.
    due: f64,
}

impl Default for Playback {
    fn default() -> Self {
        Self {
            cursor: 0,
            playing: false,
            settling: false,
            under_way: None,
            step: StepUnit::Flip,
            speed: 30.0,
            due: 0.0,
        }
    }
}

impl Playback {
    /// Back to the first moment, at rest.
    pub(super) fn rewind(&mut self) {
        *self = Self {
            step: self.step,
            speed: self.speed,
            ..Self::default()
        };
    }

    /// Starts or stops time.
    pub(super) fn play(&mut self, playing: bool) {
        self.playing = playing;
        (self.settling, self.under_way) = (false, None);
        // The first step comes at once.
        self.due = if playing { 1.0 } else { 0.0 };
    }

    /// Takes the steps that `elapsed` calls for, as long as `there_is_time`.
    pub(super) fn advance(
        &mut self,
        recordings: &mut Recordings<'_>,
        elapsed: Duration,
        max_sweeps: u64,
        there_is_time: impl Fn() -> bool,
    ) {
        // A window that slept does not catch up in one jump.
        let steps = elapsed.min(LONGEST_FRAME).as_secs_f64() * self.speed;
        self.due = if self.speed >= FULL_SPEED {
            // At least one a frame, more where frames are slow.
            (self.due.fract() + steps).max(1.0)
        } else {
            self.due + steps
        };
        // What there was no time for is not caught up either.
        self.due = self.due.min(self.speed * LONGEST_FRAME.as_secs_f64() + 1.0);
        let mut first = true;
        while self.playing && self.due >= 1.0 && (first || there_is_time()) {
            first = false;
            if !self.step_forward(recordings, self.step, max_sweeps) {
                self.playing = false;
            }
            // A step that is not at its end is still due.
            if self.under_way.is_none() {
                self.due -= 1.0;
            }
        }
    }

    /// Time until the next step is due, while playing.
    pub(super) fn until_next_step(&self) -> Duration {
        if self.speed >= FULL_SPEED {
            return Duration::ZERO;
        }
        Duration::from_secs_f64(((1.0 - self.due) / self.speed).max(0.0))
    }

    /// One step on, or as much of it as can be waited for; false at the end of what can be recorded.
    pub(super) fn step_forward(
        &mut self,
        recordings: &mut Recordings<'_>,
        step: StepUnit,
        max_sweeps: u64,
    ) -> bool {
        let before = self.cursor;
        let limit = max_sweeps.saturating_mul(recordings.sweep());
        let limit = limit.max(recordings.length());
        let (goal, goes_on) = match step {
            StepUnit::Unit => (before + recordings.tick_length(), false),
            StepUnit::Flip => {
                let (goal, search) = recordings.next_flip(before, max_sweeps);
                (goal, search == Search::GoesOn)
            }
            StepUnit::Sweep => {
                let goal = (before / recordings.sweep() + 1) * recordings.sweep();
                let short_of = recordings.extend_within(goal.min(limit), max_sweeps);
                (short_of.unwrap_or(goal), short_of.is_some())
            }
        };
        self.under_way = goes_on.then_some(step);
        let goal = goal.min(limit);
        recordings.extend_to(goal, max_sweeps);
        self.cursor = goal.min(recordings.length());
        self.cursor > before
    }

    /// One step back, as far as the first moment.
    pub(super) fn step_back(&mut self, recordings: &Recordings<'_>, step: StepUnit) {
        let (cursor, sweep) = (self.cursor, recordings.sweep());
        self.cursor = match step {
            StepUnit::Unit => cursor.saturating_sub(recordings.tick_length()),
            StepUnit::Flip => recordings.last_flip_before(cursor),
            StepUnit::Sweep => cursor.saturating_sub(1) / sweep * sweep,
        };
    }
}

#[cfg(test)]
mod tests {
    use super::super::track::{PATIENCE, Track};
    use super::*;
    use crate::engine::{Dynamics, Grid, LearningRule, Patterns, Recording, State};
    use ndarray::Array2;
    use std::sync::Arc;

    /// A stored pattern in a bath so cold that no unit ever turns.
    fn at_rest() -> [Track; 1] {
        in_bath(20, 1e-3)
    }

    /// A stored pattern of `side` × `side` units in a heat bath.
    fn in_bath(side: usize, temperature: f64) -> [Track; 1] {
        let n_units = side * side;
        let rows = Array2::from_elem((1, n_units), 1);
        let patterns = Arc::new(Patterns::new(rows, Grid::square(side), None).unwrap());
        let memory = LearningRule::ALL[0]().learn(Arc::clone(&patterns), 1);
        let bath = Dynamics::Glauber { temperature };
        let cue = State::from_fn(n_units, |_| true);
        let recording = Recording::new(Arc::new(memory.unwrap()), patterns, cue, bath, 1);
        let track = Track {
            recording: Some(recording),
            ..Track::default()
        };
        [track]
    }

    #[test]
    fn a_step_that_finds_no_flip_goes_on_frame_by_frame_and_ends_with_the_run() {
        let (mut tracks, mut playback) = (at_rest(), Playback::default());
        let mut recordings = Recordings::of(&mut tracks).unwrap();
        let max_sweeps = 1000;
        let mut frames = 0;
        while playback.step_forward(&mut recordings, StepUnit::Flip, max_sweeps) {
            frames += 1;
            assert!(recordings.length() <= frames * PATIENCE, "frame {frames}");
            assert_eq!(
                playback.under_way.is_some(),
                recordings.length() < 400 * max_sweeps
            );
        }
        assert!(frames > 2 && playback.under_way.is_none());
        assert_eq!(playback.cursor, 400 * max_sweeps);
        assert_eq!(tracks[0].recording().unwrap().n_flips(), 0);
    }

    /// One frame took them all before, ten milliseconds and more.
    #[test]
    fn a_sweep_of_very_many_flips_is_taken_in_parts() {
        let mut tracks = in_bath(64, 100.0);
        let mut whole = tracks[0].recording().unwrap().clone();
        let mut playback = Playback::default();
        let mut recordings = Recordings::of(&mut tracks).unwrap();
        let mut parts = 1;
        while playback.step_forward(&mut recordings, StepUnit::Sweep, 10) {
            if playback.under_way.is_none() {
                break;
            }
            assert_eq!(playback.under_way, Some(StepUnit::Sweep));
            assert!(playback.cursor > 0 && playback.cursor < 4096);
            parts += 1;
        }
        assert!(parts > 1);
        assert_eq!((playback.cursor, recordings.length()), (4096, 4096));
        whole.extend_to(4096);
        assert!(whole.n_flips() > 1500, "half of the units turn");
        assert!(whole.flips().eq(tracks[0].recording().unwrap().flips()));
        // What plays takes as many parts to a frame as there is time for.
        playback.play(true);
        playback.step = StepUnit::Sweep;
        let mut recordings = Recordings::of(&mut tracks).unwrap();
        playback.advance(&mut recordings, Duration::ZERO, 10, || false);
        assert!(playback.under_way.is_some() && playback.cursor < 2 * 4096);
        playback.advance(&mut recordings, Duration::ZERO, 10, || true);
        assert_eq!((playback.under_way, playback.cursor), (None, 2 * 4096));
    }

    /// At 5 frames a second a fifth of the steps came before, and at full speed one in twelve.
    #[test]
    fn slow_frames_take_as_many_steps_a_second() {
        for (speed, frame, steps) in [
            (30.0, 0.2, 30),
            (60.0, 0.2, 60),
            (60.0, 0.01, 100),
            (4.0, 0.01, 4),
        ] {
            let (mut tracks, mut playback) = (in_bath(20, 1e3), Playback::default());
            let mut recordings = Recordings::of(&mut tracks).unwrap();
            (playback.speed, playback.step) = (speed, StepUnit::Unit);
            playback.play(true);
            playback.advance(&mut recordings, Duration::ZERO, 1000, || true);
            let start = playback.cursor;
            for _ in 0..(1.0 / frame) as usize {
                let elapsed = Duration::from_secs_f64(frame);
                playback.advance(&mut recordings, elapsed, 1000, || true);
            }
            let taken = (playback.cursor - start) as i64;
            assert!(
                (taken - steps).abs() <= 1,
                "{taken} of {steps} at {speed} a second"
            );
        }
    }

    #[test]
    fn a_search_is_given_up_by_whatever_else_is_done_with_time() {
        let (mut tracks, mut playback) = (at_rest(), Playback::default());
        let mut recordings = Recordings::of(&mut tracks).unwrap();
        playback.step_forward(&mut recordings, StepUnit::Flip, 10_000);
        assert_eq!(playback.under_way, Some(StepUnit::Flip));
        playback.play(false);
        assert_eq!(playback.under_way, None);
        playback.play(true);
        for _ in 0..3 {
            let before = recordings.length();
            playback.advance(&mut recordings, Duration::from_secs(1), 10_000, || false);
            let after = recordings.length() - before;
            assert!(after > 0 && after <= PATIENCE, "one search a frame");
        }
    }
}
