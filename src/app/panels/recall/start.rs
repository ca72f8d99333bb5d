//! Where the cue starts from, and the drawing tools.

use super::super::PanelContext;
use crate::app::actions::Action;
use crate::app::restricted::restricted;
use crate::app::start;
use crate::app::theme::GAP;
use crate::app::view::Tool;
use crate::app::widgets::controls::{hint, segmented};
use crate::app::widgets::room::is_narrow;
use crate::trial::{Cue, Start};
use egui::{DragValue, Slider, Ui};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Stored,
    Unseen,
    Feature,
    Random,
    Empty,
    Picture,
}

/// Draws them into a row that wraps.
pub(super) fn ui(ui: &mut Ui, context: &mut PanelContext<'_>) {
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = GAP / 2.0;
        ui.spacing_mut().button_padding.x = 6.0;
        restricted(ui, "cue.start", |ui| {
            kinds(ui, context);
            index(ui, context);
        });
    });
    if is_narrow(ui) {
        ui.end_row();
    } else {
        ui.add_space(GAP / 2.0);
    }
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = GAP / 2.0;
        ui.spacing_mut().button_padding.x = 6.0;
        restricted(ui, "cue.drawing", |ui| tools(ui, context));
    });
}

fn kinds(ui: &mut Ui, context: &mut PanelContext<'_>) {
    let before = match context.draft.cue.start {
        Start::Stored(_) => Kind::Stored,
        Start::Unseen(_) => Kind::Unseen,
        Start::Feature(_) => Kind::Feature,
        Start::Random { .. } => Kind::Random,
        Start::Empty => Kind::Empty,
        Start::Picture(_) => Kind::Picture,
    };
    let mut kind = before;
    let unseen = format!(
        "Start from {}: it is never stored",
        context.draft.world.about().unseen
    );
    let file = format!("Start from a PNG or JPEG file; {}", start::dropping());
    let mut options = vec![
        (
            Kind::Stored,
            "Stored",
            "Start from a stored pattern; click a thumbnail to choose which",
        ),
        (Kind::Unseen, "Unseen", unseen.as_str()),
        (
            Kind::Random,
            "Random",
            "Start from a random state: where does it fall? Press again for another one",
        ),
        (
            Kind::Empty,
            "Empty",
            "Start from an empty sheet and draw on it",
        ),
        (Kind::Picture, "File…", file.as_str()),
    ];
    let source = context.session.source();
    if source.is_some_and(|source| source.n_unseen() == 0) {
        options.retain(|(kind, ..)| *kind != Kind::Unseen);
    }
    if source.is_some_and(|source| source.features().is_some()) {
        let feature = (
            Kind::Feature,
            "Feature",
            "Start from one of the features that the patterns are composed of",
        );
        options.insert(2, feature);
    }
    if context.session.patterns().is_some_and(|it| it.is_empty()) {
        options.retain(|(kind, ..)| *kind != Kind::Stored);
    }
    if context.is_of_letters() {
        // A picture is no sequence of letters.
        options.retain(|(kind, ..)| *kind != Kind::Picture || before == Kind::Picture);
    }
    let chosen = segmented(ui, "Start from", &mut kind, &options);
    let again = chosen.clicked() && kind == Kind::Random;
    if !(chosen.changed() || again) {
        return;
    }
    begin(context, kind);
}

/// Makes a cue that starts so, or asks for the picture that it starts from.
fn begin(context: &mut PanelContext<'_>, kind: Kind) {
    let start = match kind {
        Kind::Stored => Start::Stored(nearest(context).unwrap_or(0)),
        Kind::Unseen => Start::Unseen(0),
        Kind::Feature => Start::Feature(0),
        Kind::Random => Start::Random {
            seed: match context.draft.cue.start {
                // Pressed again, it tosses other coins; the stored patterns stay.
                Start::Random { seed } => seed.wrapping_add(1),
                _ => context.draft.seed,
            },
        },
        Kind::Empty => Start::Empty,
        Kind::Picture => {
            context.actions.push(Action::OpenPicture);
            return;
        }
    };
    context.draft.cue = match start {
        // Noise on nothing would only corrupt the drawing.
        Start::Random { .. } | Start::Empty => Cue::new(start),
        _ => context.draft.cue.restarted(start),
    };
}

fn index(ui: &mut Ui, context: &mut PanelContext<'_>) {
    let stored = context.session.patterns();
    let last_stored = stored.map_or(0, |stored| stored.n_patterns().saturating_sub(1));
    let source = context.session.source();
    let last_unseen = source.map_or(0, |source| source.n_unseen().saturating_sub(1));
    let features = source.and_then(|source| source.features());
    let last_feature = features.map_or(0, |features| features.n_patterns() - 1);
    let (value, last) = match &mut context.draft.cue.start {
        Start::Stored(pattern) => (pattern, last_stored),
        Start::Unseen(index) => (index, last_unseen),
        Start::Feature(index) => (index, last_feature),
        _ => return,
    };
    let before = *value;
    let drag = DragValue::new(value)
        .range(0..=last)
        .clamp_existing_to_range(false)
        .speed(0.1);
    ui.add(drag)
        .on_hover_text(format!("Which one, 0 to {last}: drag or type"));
    if *value != before {
        context.draft.cue.clear_drawing();
    }
}

fn tools(ui: &mut Ui, context: &mut PanelContext<'_>) {
    if context.is_of_letters() {
        let options = [(
            Tool::Cover,
            "Cover",
            "Drag a rectangle on the cue to cover it with gaps",
        )];
        segmented(ui, "Drawing tool", &mut context.view.tool, &options);
        hint(ui, "letters are mutated, or covered with gaps");
        return;
    }
    let options = [
        (
            Tool::Draw,
            "Draw",
            "Drag on the cue to set units to +1; right button erases",
        ),
        (
            Tool::Erase,
            "Erase",
            "Drag on the cue to set units to −1; right button draws",
        ),
        (
            Tool::Flip,
            "Flip",
            "Drag on the cue to flip units, each once a stroke",
        ),
        (
            Tool::Cover,
            "Cover",
            "Drag a rectangle on the cue to cover it with −1",
        ),
    ];
    segmented(ui, "Drawing tool", &mut context.view.tool, &options);
    if context.view.tool != Tool::Cover {
        ui.spacing_mut().slider_width = 60.0;
        let slider = Slider::new(&mut context.view.brush, 1.0..=6.0)
            .step_by(0.5)
            .show_value(false);
        ui.add(slider)
            .on_hover_text("Diameter of the brush in units: larger draws thicker");
    }
    let clear = context.draft.cue.is_drawn();
    if clear
        && ui
            .button("Clear drawing")
            .on_hover_text("Take away what was drawn")
            .clicked()
    {
        context.draft.cue.clear_drawing();
    }
}

/// The stored pattern nearest to the state, unless what is shown came of other patterns.
fn nearest(context: &PanelContext<'_>) -> Option<usize> {
    context
        .snapshot
        .map(|snapshot| snapshot.nearest)
        .filter(|_| context.shows_stored())
}
