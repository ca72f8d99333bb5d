//! What the window shows of the document: selection, tools, layers, open windows. Not undone, partly remembered.

mod charts;
mod explained;
mod glossary;
mod guide;
mod tabs;

use crate::engine::learning::{Shows, Symbol};
use crate::engine::observables::Part;
use crate::lab::LabRecipe;
use crate::session::{Measurement, PortraitWish};
use crate::trial::Recipe;
pub use charts::{LowerChart, Statistic};
pub use explained::ExplainedCard;
pub use glossary::GlossaryShown;
pub use guide::{Guide, GuideKind};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
pub use tabs::{AttractorView, Embedded, Tab};

/// Starts along a side of a picture of attractors that are offered, with their names.
pub const FINEST: [(usize, &str); 3] = [(64, "64²"), (128, "128²"), (256, "256²")];

/// How one looks, as opposed to what is there.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a switch of its own on screen"
)]
pub struct View {
    /// What the window is about.
    pub tab: Tab,
    /// What a drag on the cue does.
    pub tool: Tool,
    /// Diameter of the brush in units.
    pub brush: f32,
    /// The corruption whose settings are shown.
    pub corruption: CorruptionKind,
    /// Whether units that turned since the cue are marked in the state.
    pub show_changed: bool,
    /// Whether units that differ from the original are marked in the state.
    pub show_wrong: bool,
    /// Whether the local fields are laid over the state.
    pub show_fields: bool,
    /// How couplings are laid out.
    pub couplings: CouplingsLayout,
    /// What the lower chart shows, where there is something of it to show.
    pub lower_chart: LowerChart,
    /// What the overlaps are with.
    pub against: Against,
    /// What is shown of how a world was sampled.
    pub sampling: Sampling,
    /// Whether the bonds of a lattice are drawn.
    pub show_bonds: bool,
    /// Which quantity is shown of how learning went.
    pub progress: LearningCurve,
    /// Which part of the couplings is shown, where they have parts.
    pub part: Part,
    /// Which view of the attractors is shown.
    pub attractors: AttractorView,
    /// Which lesson stands beside everything else.
    pub lesson: LessonShown,
    /// Questions of lessons that were answered: lesson, and which of its questions.
    pub answered: BTreeSet<(String, usize)>,
    /// What is shown of every track that is compared.
    pub compared: ComparedView,
    /// What is marked in the states that are compared.
    pub compared_marks: ComparedMarks,
    /// Whether pictures of attractors show the energy of their starts as a landscape.
    pub landscape: bool,
    /// Starts along a side of a picture of attractors, one of those offered.
    pub finest: usize,
    /// Which statistics of the memory are shown.
    pub statistic: Statistic,
    /// Whether rarely used settings of the memory are shown.
    pub more_memory: bool,
    /// Which sections of the memory's settings are folded: world, rule, dynamics.
    pub folded: [bool; 3],
    /// What stands at the foot of a window that has no room for charts beside the pictures.
    pub strip: Strip,
    /// Whether motion is reduced: no flashes, nothing slides or fades.
    pub still: bool,
    /// Steps a second, kept between runs of the program.
    pub speed: f64,
    /// The control that a lesson points at, by its name on screen.
    #[serde(skip)]
    pub pointed: Option<String>,
    /// The recipe that a link, a scene or the way back put in force last, or that was there when a lesson was opened: what
    /// it ends in answers no question.
    #[serde(skip)]
    pub given: Option<Recipe>,
    /// What the lab is asked to set up.
    #[serde(skip)]
    pub lab_asked: Option<LabRecipe>,
    /// The track whose settings are shown while tracks are compared.
    #[serde(skip)]
    pub track: usize,
    /// What is gone through step by step, while it is.
    #[serde(skip)]
    pub guide: Option<Guide>,
    /// Whether the gallery of scenes is open.
    #[serde(skip)]
    pub gallery_open: bool,
    /// The card that fills the window, by its title.
    #[serde(skip)]
    pub full: Option<&'static str>,
    /// How the window is shown as a part of somebody's page.
    #[serde(skip)]
    pub embedded: Option<Embedded>,
    /// The card that is explained.
    #[serde(skip)]
    pub explained: Option<ExplainedCard>,
    /// Whether the window is a stage for the class.
    #[serde(skip)]
    pub stage: bool,
    /// Whether the teacher's options are open.
    #[serde(skip)]
    pub teacher_open: bool,
    /// Whether the help is open.
    #[serde(skip)]
    pub help_open: bool,
    /// Whether the help is to be shown at its keys.
    #[serde(skip)]
    pub help_at_keys: bool,
    /// What is looked up in the glossary, while it is open.
    #[serde(skip)]
    pub glossary: Option<GlossaryShown>,
    /// Whether the window to pick digits by hand is open.
    #[serde(skip)]
    pub pick_open: bool,
    /// Whether the list of pictures on screen is open.
    #[serde(skip)]
    pub pictures_open: bool,
    /// What is typed into the palette of actions, while it is open.
    #[serde(skip)]
    pub palette: Option<String>,
    /// The unit under the pointer, as collected while this frame is drawn.
    #[serde(skip)]
    pub hovered_unit: Option<usize>,
    /// The unit that was under the pointer in the last frame: what every view marks.
    #[serde(skip)]
    pub shown_unit: Option<usize>,
    /// The unit that couplings and fields are told about: the one last pointed at.
    #[serde(skip)]
    pub unit: Option<usize>,
    /// Whether the unit pointed at in this frame is only marked, and `unit` stays.
    #[serde(skip)]
    pub keep_unit: bool,
    /// The stored pattern under the pointer, as collected while this frame is drawn.
    #[serde(skip)]
    pub hovered_pattern: Option<usize>,
    /// What the views of attractors that were drawn in this frame show.
    #[serde(skip)]
    pub watched: Vec<Measurement>,
    /// The stored pattern that was under the pointer in the last frame: what every view marks.
    #[serde(skip)]
    pub shown_pattern: Option<usize>,
    /// Whether Tab was pressed in this frame while nothing had the keyboard: it begins at *Play*.
    #[serde(skip)]
    pub tab_begins: bool,
    /// The symbol of a formula under the pointer, as collected while this frame is drawn.
    #[serde(skip)]
    pub hovered_symbol: Option<Symbol>,
    /// The symbol that was under the pointer in the last frame: what it is has a frame.
    #[serde(skip)]
    pub shown_symbol: Option<Symbol>,
}

impl Default for View {
    fn default() -> Self {
        Self {
            tab: Tab::Recall,
            tool: Tool::Draw,
            brush: 2.0,
            corruption: CorruptionKind::Flip,
            show_changed: false,
            show_wrong: false,
            show_fields: false,
            couplings: CouplingsLayout::Matrix,
            lower_chart: LowerChart::Energy,
            against: Against::Stored,
            sampling: Sampling::Energies,
            show_bonds: true,
            progress: LearningCurve::Loss,
            part: Part::Whole,
            attractors: AttractorView::Wheel,
            lesson: LessonShown::Closed,
            answered: BTreeSet::new(),
            compared: ComparedView::States,
            compared_marks: ComparedMarks::Differences,
            landscape: false,
            finest: PortraitWish::default().finest,
            statistic: Statistic::Fields,
            more_memory: false,
            folded: [false; 3],
            strip: Strip::Charts,
            speed: 30.0,
            still: false,
            pointed: None,
            given: None,
            lab_asked: None,
            track: 0,
            guide: None,
            gallery_open: false,
            full: None,
            embedded: None,
            explained: None,
            stage: false,
            teacher_open: false,
            help_open: false,
            help_at_keys: false,
            glossary: None,
            pick_open: false,
            pictures_open: false,
            palette: None,
            hovered_unit: None,
            shown_unit: None,
            unit: None,
            keep_unit: false,
            hovered_pattern: None,
            watched: Vec::new(),
            shown_pattern: None,
            tab_begins: false,
            hovered_symbol: None,
            shown_symbol: None,
        }
    }
}

impl View {
    /// Whether a symbol is pointed at that is this.
    pub fn is_lit(&self, what: Shows) -> bool {
        self.shown_symbol.is_some_and(|symbol| symbol.shows == what)
    }

    /// Whether the wheels of all tracks have a place in the window.
    pub fn compares_wheels(&self) -> bool {
        self.tab == Tab::Compare && self.compared == ComparedView::Wheels && !self.stage
    }

    /// Shows `tab`; a card that filled the window was of the one before.
    pub fn turn_to(&mut self, tab: Tab) {
        if self.tab != tab {
            (self.tab, self.full) = (tab, None);
        }
    }

    /// Brings numbers that were remembered wrong back into their ranges.
    pub(super) fn mend(&mut self) {
        let default = Self::default();
        let known = |value: f32, otherwise: f32| if value.is_finite() { value } else { otherwise };
        self.brush = known(self.brush, default.brush).clamp(1.0, 6.0);
        if FINEST.iter().all(|(side, _)| *side != self.finest) {
            self.finest = default.finest;
        }
        if !self.speed.is_finite() {
            self.speed = default.speed;
        }
    }
}

/// Which lesson stands beside everything else.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum LessonShown {
    /// None.
    Closed,
    /// The list of them.
    List,
    /// The one with this id.
    Open(String),
}

/// What is shown of every track that is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum ComparedView {
    /// The states at the moment shown.
    States,
    /// The wheels of memories.
    Wheels,
}

/// What is marked in the states that are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum ComparedMarks {
    /// Units in which not all of them agree.
    Differences,
    /// Units that differ from the original.
    Wrong,
    /// None.
    Nothing,
}

/// What stands at the foot of a narrow window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Strip {
    /// Overlaps and energy.
    Charts,
    /// The couplings.
    Couplings,
}

/// What a drag on the cue does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Tool {
    /// Sets units to +1.
    Draw,
    /// Sets units to −1.
    Erase,
    /// Turns units over, each once a stroke.
    Flip,
    /// Covers a rectangle with −1.
    Cover,
}

/// Which corruption is being set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum CorruptionKind {
    /// A fraction turned over.
    Flip,
    /// A fraction set by a coin.
    Random,
    /// A fraction, a half or a rectangle set to −1.
    Mask,
    /// Moved by some units, or inverted.
    Move,
}

/// How couplings are laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum CouplingsLayout {
    /// Row i, column j.
    Matrix,
    /// Row i as a picture, in the place of unit i.
    Rows,
}

/// What is shown of how a world was sampled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Sampling {
    /// The energies of both ladders against sweeps.
    Energies,
    /// How often neighbouring temperatures exchange.
    Exchanges,
    /// The distribution of the overlap of two replicas.
    Overlaps,
}

/// What the state is compared with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Against {
    /// The stored patterns.
    Stored,
    /// The features that they are composed of.
    Features,
    /// Patterns that are never stored.
    Unseen,
}

/// A quantity that changes while a rule learns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum LearningCurve {
    /// What learning makes small, and its gradient.
    Loss,
    /// The smallest margin.
    Margin,
    /// The mean length of the rows.
    Norm,
    /// How patterns are kept, stored and unseen ones.
    Overlap,
}
