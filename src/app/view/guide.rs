//! What is gone through step by step: scenes, and the tour of the window.

use crate::lessons::scenes::{N_FIRST, SCENES, Scene, TOUR};

/// A guide, and how far one has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Guide {
    /// What is gone through.
    pub kind: GuideKind,
    /// Which step is shown, counted from 0.
    pub step: usize,
    /// Whether the script of this step is still to be done.
    pub is_due: bool,
}

/// What can be gone through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GuideKind {
    /// Phenomena, one after the other.
    Scenes,
    /// The controls of the window.
    Tour,
}

impl Guide {
    /// From the first step on.
    pub fn of(kind: GuideKind) -> Self {
        Self {
            kind,
            step: 0,
            is_due: true,
        }
    }

    /// On the example that the window opens on, which the first scene is.
    pub fn at_first() -> Self {
        Self {
            is_due: false,
            ..Self::of(GuideKind::Scenes)
        }
    }

    /// All steps.
    pub fn steps(self) -> &'static [Scene] {
        match self.kind {
            GuideKind::Scenes => &SCENES[..N_FIRST],
            GuideKind::Tour => &TOUR,
        }
    }

    /// With another step; `None` beyond the last.
    pub fn turned_to(self, step: usize) -> Option<Self> {
        (step < self.steps().len()).then_some(Self {
            step,
            is_due: true,
            ..self
        })
    }
}
