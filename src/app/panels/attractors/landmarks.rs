//! What stands around a picture, to be changed: dragged onto another place, or chosen from a menu.

use super::mosaic::Placed;
use crate::app::panels::PanelContext;
use crate::lab::portraits::{Landmark, MAX_RIM, PortraitPicture, PortraitRecipe, StartPlane};
use crate::trial::Start;
use crate::trial::words::pattern_name;
use egui::{CursorIcon, DragValue, Id, Popup, Sense, Ui};
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
        let name = named(landmark, picture);
        let help = format!("{name}. Click: put something else here. Drag: change places");
        response.widget_info(|| {
            egui::WidgetInfo::labeled(
                egui::Role::Button,
                true,
                format!("Landmark {place}: {name}"),
            )
        });
        if let Some(other) = response.dnd_release_payload::<usize>()
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

/// What can stand in a place.
fn menu(
    ui: &mut Ui,
    landmark: &Landmark,
    count: usize,
    plane: &StartPlane,
    context: &PanelContext<'_>,
) -> Option<Choice> {
    let mut chosen = None;
    let n_patterns = context.session.recording()?.patterns().n_patterns();
    ui.horizontal(|ui| {
        let label = ui.label("Stored pattern");
        let mut pattern = landmark.pattern().unwrap_or(0);
        let last = n_patterns.saturating_sub(1);
        let number = ui.add(DragValue::new(&mut pattern).range(0..=last));
        if number.labelled_by(label.id).changed() {
            chosen = Some(Choice::Put(Landmark::stored(pattern)));
        }
    });
    let recording = context.session.recording()?;
    let held = |name, state| Landmark::Held {
        name,
        state: Arc::new(state),
    };
    if ui.button("The cue").clicked() {
        chosen = Some(Choice::Put(held("cue", recording.cue().clone())));
    }
    if ui.button("The state now").clicked() {
        let now = recording.state_at(context.session.cursor());
        chosen = Some(Choice::Put(held("state", now)));
    }
    if context.session.source().is_some_and(|it| it.n_unseen() > 0)
        && ui.button("An unseen one").clicked()
    {
        chosen = Some(Choice::Put(Landmark::Start(Start::Unseen(0))));
    }
    if ui.button("Random units").clicked() {
        let seed = context.session.recipe().seed;
        chosen = Some(Choice::Put(Landmark::Start(Start::Random { seed })));
    }
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
fn named(landmark: &Landmark, picture: &PortraitPicture) -> String {
    match landmark {
        Landmark::Start(Start::Stored(pattern)) => pattern_name(&picture.patterns, *pattern),
        Landmark::Start(Start::Unseen(_)) => "an unseen pattern".to_owned(),
        Landmark::Start(Start::Random { .. }) => "random units".to_owned(),
        other => format!("the {other}"),
    }
}
