//! The layout: who stands where, and how much room it has.
//!
//! Absent: what is drawn there; the panels are a list, and each says its place.

use super::panels::{Panel, PanelContext, Place};
use super::theme::{GAP, Palette};
use egui::{CentralPanel, Frame, Margin, Rect, Ui, UiBuilder, Vec2};

/// In this order room is taken from the window.
const ORDER: [Place; 6] = [
    Place::Top,
    Place::Left,
    Place::Bottom,
    Place::Right,
    Place::Center,
    Place::Above,
];

/// Draws all panels, each in its place.
pub(super) fn ui(ui: &mut Ui, panels: &mut [Box<dyn Panel>], context: &mut PanelContext<'_>) {
    let screen = ui.max_rect().size();
    for place in ORDER {
        let here: Vec<&mut Box<dyn Panel>> = panels
            .iter_mut()
            .filter(|panel| panel.place() == place)
            .collect();
        if !here.is_empty() {
            open(ui, screen, place, |ui| divide(ui, place, here, context));
        }
    }
}

/// Gives `draw` the room of a place in a window of the size `screen`.
fn open(ui: &mut Ui, screen: Vec2, place: Place, draw: impl FnOnce(&mut Ui)) {
    let gap = GAP as i8;
    let background = Frame::new().fill(Palette::of(ui.visuals()).window);
    let frame = |left: i8, right: i8| {
        background.inner_margin(Margin {
            left,
            right,
            top: 0,
            bottom: gap,
        })
    };
    let fixed = |panel: egui::Panel| panel.resizable(false).show_separator_line(false);
    match place {
        Place::Top => {
            fixed(egui::Panel::top("menu"))
                .frame(background.inner_margin(Margin::symmetric(gap + 4, 5)))
                .show(ui, draw);
        }
        Place::Left => {
            fixed(egui::Panel::left("memory"))
                .exact_size((0.2 * screen.x).clamp(250.0, 330.0))
                .frame(frame(gap, 0))
                .show(ui, draw);
        }
        Place::Bottom => {
            fixed(egui::Panel::bottom("couplings"))
                .exact_size((0.275 * screen.y).clamp(220.0, 380.0))
                .frame(frame(gap, gap))
                .show(ui, draw);
        }
        Place::Right => {
            fixed(egui::Panel::right("charts"))
                .exact_size((0.285 * screen.x).clamp(340.0, 620.0))
                .frame(frame(0, gap))
                .show(ui, draw);
        }
        Place::Center => {
            CentralPanel::default()
                .frame(frame(gap, gap))
                .show(ui, draw);
        }
        Place::Above => draw(ui),
    }
}

/// Draws the panels of one place: a single one as it is, several in equal shares.
fn divide(
    ui: &mut Ui,
    place: Place,
    mut panels: Vec<&mut Box<dyn Panel>>,
    context: &mut PanelContext<'_>,
) {
    if place == Place::Above || panels.len() == 1 {
        panels.iter_mut().for_each(|panel| panel.ui(ui, context));
        return;
    }
    let room = ui.available_rect_before_wrap();
    let shares = shares(room, place, panels.len());
    for (panel, share) in panels.into_iter().zip(shares) {
        let builder = UiBuilder::new().id_salt(panel.title()).max_rect(share);
        panel.ui(&mut ui.new_child(builder), context);
    }
    ui.allocate_rect(room, egui::Sense::hover());
}

/// `room` in so many equal shares, with gaps: side by side in a strip, below each other elsewhere.
fn shares(room: Rect, place: Place, count: usize) -> Vec<Rect> {
    let along = match place {
        Place::Top | Place::Bottom => Vec2::X,
        Place::Left | Place::Right | Place::Center | Place::Above => Vec2::Y,
    };
    let across = Vec2::splat(1.0) - along;
    let gaps = GAP * (count - 1) as f32;
    let size = across * room.size() + along * (room.size() - Vec2::splat(gaps)) / count as f32;
    let share = |index: usize| {
        let corner = room.min + along * (size + Vec2::splat(GAP)) * index as f32;
        Rect::from_min_size(corner, size)
    };
    (0..count).map(share).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use egui::{pos2, vec2};

    #[test]
    fn panels_of_one_place_divide_its_room() {
        let room = Rect::from_min_size(pos2(10.0, 20.0), vec2(300.0, 200.0 + GAP));
        let two = shares(room, Place::Right, 2);
        assert_eq!(two[0].size(), vec2(300.0, 100.0));
        assert_eq!((two[0].min, two[1].max), (room.min, room.max));
        assert!((two[1].top() - two[0].bottom() - GAP).abs() < 1e-4);
        let strip = shares(room, Place::Bottom, 3);
        assert_eq!(strip[2].right(), room.right());
        assert_eq!(strip[1].height(), room.height());
    }
}
