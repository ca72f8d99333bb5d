//! The layout: who stands where, and how much room it has.
//!
//! From [`SMALLEST`] on everything has its place, at any zoom; a smaller window scrolls, and one as narrow as a phone has
//! recall in one column. Where the pictures would have less than [`LEAST_CENTER`], the charts stand below them, in one
//! strip with the couplings. A card can fill the window, and the stage has it for itself. Absent: what is drawn there; the
//! panels are a list, and each says its place.

mod back;
mod column;

use super::panels::{Panel, PanelContext, Place};
use super::start::SMALLEST;
use super::theme::{GAP, Palette};
use super::view::{LessonShown, Strip, Tab};
use super::widgets::controls::small_segmented;
use egui::{CentralPanel, Frame, Margin, Rect, ScrollArea, Sense, Ui, UiBuilder, Vec2};

/// Least width of the pictures, in points, beside which there is room for charts.
const LEAST_CENTER: f32 = 600.0;
/// Least height of the couplings in points.
const LEAST_FOOT: f32 = 214.0;
/// Width of the original and of all gaps beside cue and state, in points.
const BESIDE: f32 = 168.0;
/// Height of the menus, of titles, of the controls below the pictures, and of the gaps, in points.
const BELOW: f32 = 278.0;
/// Height of the choice above the strip of a narrow window.
const CHOICE: f32 = 24.0;
/// Height of the strip that leads through the window, in points.
const GUIDE: f32 = 44.0;
/// Width of a lesson beside everything else.
const LESSON: f32 = 340.0;
/// Least width of a window with room for a lesson beside everything else; in a narrower one it stands in the memory's place.
const WIDE: f32 = 1280.0;

/// Where the places of the window are, for one size of it.
#[derive(Debug, Clone, Copy)]
struct Rooms {
    /// Width of the memory, on the left.
    left: f32,
    /// Width of the charts, on the right; `None` where they stand in the strip.
    right: Option<f32>,
    /// Height of the strip at the foot.
    foot: f32,
}

impl Rooms {
    /// Those of a window of `size` points.
    fn of(size: Vec2) -> Self {
        let left = (0.2 * size.x).clamp(266.0, 330.0);
        let right = (0.25 * size.x).clamp(320.0, 620.0);
        let has_room = size.x - left - right - 4.0 * GAP >= LEAST_CENTER;
        if !has_room {
            let foot = LEAST_FOOT + CHOICE;
            return Self {
                left,
                right: None,
                foot: foot.max(0.3 * size.y),
            };
        }
        // The couplings have what the pictures, which are as tall as they are wide, leave below them.
        let center = size.x - left - right - 4.0 * GAP;
        let pictures = 0.5 * (center - BESIDE) + BELOW;
        let foot = (size.y - pictures).clamp(LEAST_FOOT, 0.4 * size.y);
        Self {
            left,
            right: Some(right),
            foot,
        }
    }
}

/// Draws all panels, each in its place.
pub(super) fn ui(ui: &mut Ui, panels: &mut [Box<dyn Panel>], context: &mut PanelContext<'_>) {
    if let Some(embedded) = context.view.embedded {
        context.view.full = context.view.full.or(embedded.card);
    }
    let room = ui.max_rect().size();
    let needed = match context.view.embedded.and_then(|it| it.card) {
        // One card alone is at home in any frame.
        Some(_) => Vec2::ZERO,
        None => Vec2::from(SMALLEST) + Vec2::new(0.0, guide_height(context)),
    };
    if column::fits(room, context) {
        column::ui(ui, panels, context);
    // A zoomed window may miss the size by less than a point.
    } else if (room - needed).min_elem() > -1.0 {
        arrange(ui, panels, context);
    } else {
        ScrollArea::both().auto_shrink(false).show(ui, |ui| {
            let (rect, _) = ui.allocate_exact_size(room.max(needed), Sense::hover());
            let builder = UiBuilder::new().id_salt("scrolled").max_rect(rect);
            arrange(&mut ui.new_child(builder), panels, context);
        });
    }
    back::go_back(ui.ctx(), context);
}

/// Gives every place its room in a window that is large enough; the stage, or the card that fills the window, has the
/// room of all others.
fn arrange(ui: &mut Ui, panels: &mut [Box<dyn Panel>], context: &mut PanelContext<'_>) {
    let beside = lesson_beside(ui, context);
    let taken = Vec2::new(if beside { LESSON } else { 0.0 }, guide_height(context));
    let rooms = Rooms::of(ui.max_rect().size() - taken);
    let full = context.view.full;
    let mut cards = panels.iter().map(|panel| panel.cards());
    let filling = full.and_then(|card| cards.position(|cards| cards.contains(&card)));
    if context.view.stage {
        put(ui, rooms, Place::Stage, panels, context);
    } else if let Some(index) = filling {
        top(ui, rooms, panels, context);
        let panel = &mut panels[index];
        open(ui, rooms, Place::Stage, |ui| panel.ui(ui, context));
    } else if context.view.tab == Tab::Lab {
        top(ui, rooms, panels, context);
        lesson(ui, rooms, beside, panels, context);
        put(ui, rooms, Place::Lab, panels, context);
    } else if let Some(place) = beside_memory(context.view.tab) {
        top(ui, rooms, panels, context);
        left(ui, rooms, beside, panels, context);
        put(ui, rooms, place, panels, context);
    } else {
        top(ui, rooms, panels, context);
        left(ui, rooms, beside, panels, context);
        if rooms.right.is_some() {
            put(ui, rooms, Place::Bottom, panels, context);
            put(ui, rooms, Place::Right, panels, context);
        } else {
            open(ui, rooms, Place::Bottom, |ui| strip(ui, panels, context));
        }
        put(ui, rooms, Place::Center, panels, context);
    }
    put(ui, rooms, Place::Above, panels, context);
}

/// Height of the strip that leads through the window, in points.
fn guide_height(context: &PanelContext<'_>) -> f32 {
    if context.view.guide.is_some() && !context.view.stage {
        GUIDE
    } else {
        0.0
    }
}

/// The bar, and the guide below it while there is one.
fn top(ui: &mut Ui, rooms: Rooms, panels: &mut [Box<dyn Panel>], context: &mut PanelContext<'_>) {
    if context.view.embedded.is_some() {
        return;
    }
    put(ui, rooms, Place::Top, panels, context);
    if context.view.guide.is_some() {
        put(ui, rooms, Place::Guide, panels, context);
    }
}

/// Whether a lesson stands beside everything else.
fn lesson_beside(ui: &Ui, context: &PanelContext<'_>) -> bool {
    context.view.lesson != LessonShown::Closed && ui.max_rect().width() >= WIDE
}

/// The lesson, where it stands `beside` everything else.
fn lesson(
    ui: &mut Ui,
    rooms: Rooms,
    beside: bool,
    panels: &mut [Box<dyn Panel>],
    context: &mut PanelContext<'_>,
) {
    if beside {
        put(ui, rooms, Place::Lesson, panels, context);
    }
}

/// The lesson `beside` everything else and the memory on the left or, in a narrow window, the lesson on the left.
fn left(
    ui: &mut Ui,
    rooms: Rooms,
    beside: bool,
    panels: &mut [Box<dyn Panel>],
    context: &mut PanelContext<'_>,
) {
    lesson(ui, rooms, beside, panels, context);
    if beside || context.view.lesson == LessonShown::Closed {
        return put(ui, rooms, Place::Left, panels, context);
    }
    let panels = of(panels, Place::Lesson);
    open(ui, rooms, Place::Left, |ui| {
        divide(ui, Place::Left, panels, context);
    });
}

/// The one place that a tab has right of the memory.
fn beside_memory(tab: Tab) -> Option<Place> {
    match tab {
        Tab::Compare => Some(Place::Compare),
        Tab::Attractors => Some(Place::Attractors),
        Tab::Recall | Tab::Lab => None,
    }
}

/// Draws the panels of a place into its room.
fn put(
    ui: &mut Ui,
    rooms: Rooms,
    place: Place,
    panels: &mut [Box<dyn Panel>],
    context: &mut PanelContext<'_>,
) {
    let panels = of(panels, place);
    open(ui, rooms, place, |ui| divide(ui, place, panels, context));
}

/// The panels of a place, in the order of the list.
fn of(panels: &mut [Box<dyn Panel>], place: Place) -> Vec<&mut Box<dyn Panel>> {
    let panels = panels.iter_mut();
    panels.filter(|panel| panel.place() == place).collect()
}

/// The strip of a narrow window: charts or couplings.
fn strip(ui: &mut Ui, panels: &mut [Box<dyn Panel>], context: &mut PanelContext<'_>) {
    let options = [
        (
            Strip::Charts,
            "What happens",
            "Overlaps and energy against time",
        ),
        (
            Strip::Couplings,
            "Couplings J",
            "The couplings, the local fields, and their statistics",
        ),
    ];
    ui.spacing_mut().item_spacing.y = 2.0;
    let chosen = &mut context.view.strip;
    small_segmented(ui, "At the foot of the window", chosen, &options, |_| None);
    let shown = match context.view.strip {
        Strip::Charts => Place::Right,
        Strip::Couplings => Place::Bottom,
    };
    divide(ui, Place::Bottom, of(panels, shown), context);
}

/// Gives `draw` the room of a place.
fn open(ui: &mut Ui, rooms: Rooms, place: Place, draw: impl FnOnce(&mut Ui)) {
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
        Place::Guide => {
            let lit = Frame::new().fill(Palette::of(ui.visuals()).raised);
            fixed(egui::Panel::top("guide"))
                .exact_size(GUIDE)
                .frame(lit.inner_margin(Margin::symmetric(gap + 4, 4)))
                .show(ui, draw);
        }
        Place::Left => {
            fixed(egui::Panel::left("memory"))
                .exact_size(rooms.left)
                .frame(frame(gap, 0))
                .show(ui, draw);
        }
        Place::Bottom => {
            fixed(egui::Panel::bottom("couplings"))
                .exact_size(rooms.foot)
                .frame(frame(gap, gap))
                .show(ui, draw);
        }
        Place::Lesson => {
            fixed(egui::Panel::right("lesson"))
                .exact_size(LESSON)
                .frame(frame(0, gap))
                .show(ui, draw);
        }
        Place::Right => {
            fixed(egui::Panel::right("charts"))
                .exact_size(rooms.right.unwrap_or_default())
                .frame(frame(0, gap))
                .show(ui, draw);
        }
        Place::Center | Place::Compare | Place::Attractors | Place::Lab => {
            CentralPanel::default()
                .frame(frame(gap, gap))
                .show(ui, draw);
        }
        Place::Stage => {
            CentralPanel::default()
                .frame(background.inner_margin(Margin::same(gap)))
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
    if place == Place::Above || panels.len() <= 1 {
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
        Place::Top | Place::Guide | Place::Bottom => Vec2::X,
        Place::Left
        | Place::Right
        | Place::Center
        | Place::Compare
        | Place::Attractors
        | Place::Lab
        | Place::Lesson
        | Place::Stage
        | Place::Above => Vec2::Y,
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
    fn charts_stand_beside_the_pictures_where_there_is_room() {
        for (size, beside) in [
            (SMALLEST, false),
            ([1280.0, 800.0], true),
            ([1366.0, 728.0], true),
            ([1920.0, 1080.0], true),
        ] {
            let rooms = Rooms::of(size.into());
            assert_eq!(rooms.right.is_some(), beside, "{size:?}: {rooms:?}");
            assert!(rooms.foot < 0.5 * size[1]);
        }
    }

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
