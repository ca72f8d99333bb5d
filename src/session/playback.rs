//! Where one looks in the recording, and how fast one moves on.
//!
//! Moving on at the end of the recording makes it longer; everywhere else it shows again what was. Absent: the
//! clock; the caller says how much time has passed.

use crate::engine::Recording;
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

/// Sweeps that one step waits for a flip, so that a cold heat bath does not stall the window; a few milliseconds.
const PATIENCE: u64 = 200;

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
        recording: &mut Recording,
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
            if !self.step_forward(recording, self.step, max_sweeps) {
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
        recording: &mut Recording,
        step: StepUnit,
        max_sweeps: u64,
    ) -> bool {
        let before = self.cursor;
        let limit = max_sweeps
            .saturating_mul(recording.sweep())
            .max(recording.length());
        let tick = recording.tick_length();
        let goal = match step {
            StepUnit::Unit => before + tick,
            StepUnit::Sweep => (before / recording.sweep() + 1) * recording.sweep(),
            StepUnit::Flip => {
                let seen = recording.flips_until(before);
                if seen == recording.n_flips() {
                    let done = recording.length() / recording.sweep();
                    recording.extend_to_flip(max_sweeps.min(done + PATIENCE));
                }
                recording
                    .flip(seen)
                    .map_or_else(|| recording.length(), |flip| flip.update)
            }
        };
        let goal = goal.min(limit);
        recording.extend_to(goal);
        self.cursor = goal.min(recording.length());
        self.cursor > before
    }

    /// One step back, as far as the first moment.
    pub(super) fn step_back(&mut self, recording: &Recording, step: StepUnit) {
        let tick = recording.tick_length();
        self.cursor = match step {
            StepUnit::Unit => self.cursor.saturating_sub(tick),
            StepUnit::Sweep => {
                self.cursor.saturating_sub(1) / recording.sweep() * recording.sweep()
            }
            StepUnit::Flip => {
                let earlier = recording.flips_until(self.cursor.saturating_sub(1));
                let last = earlier.checked_sub(1).and_then(|last| recording.flip(last));
                last.map_or(0, |flip| flip.update)
            }
        };
    }
}
