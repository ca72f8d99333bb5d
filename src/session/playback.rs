//! Where one looks in the recordings, and how fast one moves on.
//!
//! Moving on at the end of the recordings makes them longer; everywhere else it shows again what was. Absent: the
//! clock; the caller says how much time has passed.

use super::track::Recordings;
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

/// Cursor, step and speed.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Playback {
    /// The moment shown, in updates.
    pub(super) cursor: u64,
    /// Whether time moves on by itself.
    pub(super) playing: bool,
    /// Whether the run is being taken to its verdict.
    pub(super) settling: bool,
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
        self.settling = false;
        // The first step comes at once.
        self.due = if playing { 1.0 } else { 0.0 };
    }

    /// Takes the steps that `elapsed` calls for.
    pub(super) fn advance(
        &mut self,
        recordings: &mut Recordings<'_>,
        elapsed: Duration,
        max_sweeps: u64,
    ) {
        self.due = if self.speed >= FULL_SPEED {
            1.0
        } else {
            // A window that slept does not catch up in one jump.
            self.due + (elapsed.as_secs_f64() * self.speed).min(4.0)
        };
        while self.playing && self.due >= 1.0 {
            self.due -= 1.0;
            if !self.step_forward(recordings, self.step, max_sweeps) {
                self.playing = false;
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

    /// One step on; false at the end of what can be recorded.
    pub(super) fn step_forward(
        &mut self,
        recordings: &mut Recordings<'_>,
        step: StepUnit,
        max_sweeps: u64,
    ) -> bool {
        let before = self.cursor;
        let limit = max_sweeps.saturating_mul(recordings.sweep());
        let limit = limit.max(recordings.length());
        let goal = match step {
            StepUnit::Unit => before + recordings.tick_length(),
            StepUnit::Flip => recordings.next_flip(before, max_sweeps),
            StepUnit::Sweep => (before / recordings.sweep() + 1) * recordings.sweep(),
        };
        let goal = goal.min(limit);
        recordings.extend_to(goal);
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
