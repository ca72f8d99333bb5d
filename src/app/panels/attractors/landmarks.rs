//! What stands around a picture, to be changed: dragged onto another place, or chosen from a menu.

use super::mosaic::Placed;
use crate::app::panels::PanelContext;
use crate::app::widgets::thumbnails::DraggedPattern;
use crate::engine::patterns::Patterns;
use crate::lab::portraits::{Landmark, MAX_RIM, PortraitPicture, PortraitRecipe, StartPlane};
use crate::trial::Start;
use crate::trial::words::pattern_name;
use egui::{CursorIcon, DragAndDrop, DragValue, Id, Popup, Sense, Ui};
use std::sync::Arc;

/// What was chosen in a menu.
enum Choice {
    Put(Landmark),
    TakeOff,
    Add,
}

/// Lets the landmarks of `picture` be changed; the recipe of another picture, once there is one.
pub(super) fn edit(
    ui: &Ui,
    placed: &Placed,
    picture: &PortraitPicture,
    context: &PanelContext<'_>,
    around: f32,
) -> Option<PortraitRecipe> {
    let landmarks = picture.plane.landmarks();
    let mut changed: Option<Vec<Landmark>> = None;
    for (place, (landmark, at)) in picture.plane.places().into_iter().enumerate() {
        let rect = placed.thumbnail(at, around);
        let id = Id::unique(("landmark", place));
        let response = ui.interact(rect, id, Sense::click_and_drag());
        response.dnd_set_drag_payload(place);
        let name = named(landmark, &picture.patterns);
        let help = format!(
            "{name}. Click: put something else here. Drag: change places; a stored pattern can be dragged here"
        );
        response.widget_info(|| {
            egui::WidgetInfo::labeled(
                egui::Role::Button,
                true,
                format!("Landmark {place}: {name}"),
            )
        });
        // Asking for a payload of another kind would lose it.
        let is_pattern = DragAndDrop::has_payload_of_type::<DraggedPattern>(ui.ctx());
        if is_pattern && let Some(dragged) = response.dnd_release_payload::<DraggedPattern>() {
            let mut all = landmarks.to_vec();
            all[place] = Landmark::stored(dragged.0);
            changed = Some(all);
        } else if !is_pattern
            && let Some(other) = response.dnd_release_payload::<usize>()
            && *other != place
            && *other < landmarks.len()
        {
            let mut all = landmarks.to_vec();
            all.swap(place, *other);
            changed = Some(all);
        }
        let chosen = Popup::menu(&response)
            .show(|ui| menu(ui, landmark, landmarks.len(), &picture.plane, context))
            .and_then(|shown| shown.inner);
        if let Some(choice) = chosen {
            let mut all = landmarks.to_vec();
            match choice {
                Choice::Put(landmark) => all[place] = landmark,
                Choice::TakeOff => drop(all.remove(place)),
                Choice::Add => all.insert(place + 1, next(landmarks, context)),
            }
            changed = Some(all);
        }
        response
            .on_hover_cursor(CursorIcon::PointingHand)
            .on_hover_text(help);
    }
    let landmarks = changed?;
    Some(match *picture.plane {
        StartPlane::Wheel(..) => PortraitRecipe::Wheel { rim: landmarks },
        StartPlane::Plane(..) => PortraitRecipe::Plane { corners: landmarks },
    })
}

/// What can stand in the place of `landmark`: what was chosen, if anything was.
pub(super) fn put(
    ui: &mut Ui,
    landmark: &Landmark,
    context: &PanelContext<'_>,
) -> Option<Landmark> {
    let mut chosen = None;
    let recording = context.session.recording()?;
    let mut number =
        |ui: &mut Ui, name: &str, now: Option<usize>, count: usize, make: fn(usize) -> Start| {
            ui.horizontal(|ui| {
                let label = ui.label(name);
                let mut place = now.unwrap_or(0);
                let last = count.saturating_sub(1);
                let number = ui.add(DragValue::new(&mut place).range(0..=last));
                let number = number.labelled_by(label.id);
                // A click alone chooses the number that is there, where something else stood.
                if number.changed() || (now.is_none() && number.clicked()) {
                    chosen = Some(Landmark::Start(make(place)));
                }
            });
        };
    let now = landmark.pattern();
    let n_patterns = recording.patterns().n_patterns();
    number(ui, "Stored pattern", now, n_patterns, Start::Stored);
    if let Some(source) = context.session.source() {
        let n_unseen = source.n_unseen();
        if n_unseen > 0 {
            let now = match landmark {
                Landmark::Start(Start::Unseen(place)) => Some(*place),
                _ => None,
            };
            number(ui, "Unseen pattern", now, n_unseen, Start::Unseen);
        }
        let n_features = source
            .features()
            .map_or(0, |features| features.n_patterns());
        if n_features > 0 {
            let now = match landmark {
                Landmark::Start(Start::Feature(place)) => Some(*place),
                _ => None,
            };
            number(ui, "Feature", now, n_features, Start::Feature);
        }
    }
    let held = |name, state| Landmark::Held {
        name,
        state: Arc::new(state),
    };
    if ui.button("The cue").clicked() {
        chosen = Some(held("cue", recording.cue().clone()));
    }
    if ui.button("The state now").clicked() {
        let now = recording.state_at(context.session.cursor_on(0));
        chosen = Some(held("state", now));
    }
    if ui.button("Random units").clicked() {
        let seed = context.session.recipe().seed;
        chosen = Some(Landmark::Start(Start::Random { seed }));
    }
    chosen
}

/// What can be done with a place around a picture.
fn menu(
    ui: &mut Ui,
    landmark: &Landmark,
    count: usize,
    plane: &StartPlane,
    context: &PanelContext<'_>,
) -> Option<Choice> {
    let mut chosen = put(ui, landmark, context).map(Choice::Put);
    if matches!(plane, StartPlane::Wheel(..)) {
        ui.separator();
        let add = ui.add_enabled(count < MAX_RIM, egui::Button::new("One more beside it"));
        if add.clicked() {
            chosen = Some(Choice::Add);
        }
        let take = ui.add_enabled(count > 2, egui::Button::new("Take it off the rim"));
        if take.clicked() {
            chosen = Some(Choice::TakeOff);
        }
    }
    chosen
}

/// The first stored pattern that stands nowhere yet.
fn next(landmarks: &[Landmark], context: &PanelContext<'_>) -> Landmark {
    let stored = context
        .session
        .recording()
        .map_or(0, |it| it.patterns().n_patterns());
    let mut all = (0..stored).map(Landmark::stored);
    let free = all.find(|landmark| !landmarks.contains(landmark));
    free.unwrap_or(Landmark::Start(Start::Random {
        seed: landmarks.len() as u64,
    }))
}

/// What stands in a place, in words.
pub(super) fn named(landmark: &Landmark, patterns: &Patterns) -> String {
    match landmark {
        Landmark::Start(Start::Stored(pattern)) => pattern_name(patterns, *pattern),
        Landmark::Start(Start::Unseen(place)) => format!("unseen pattern {place}"),
        Landmark::Start(Start::Feature(place)) => format!("feature {place}"),
        Landmark::Start(Start::Random { .. }) => "random units".to_owned(),
        other => format!("the {other}"),
    }
}
