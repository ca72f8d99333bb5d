//! Where everything lies, by what the window itself knows of its widgets and texts: what leaves the window, lies on
//! another or is cut.
//!
//! Panels scroll from top to bottom, so that what is cut off at a panel's head or foot is only out of sight.

use super::Window;
use eframe::egui::{self, Rect, Role, Vec2};
use egui::epaint::ClippedShape;
use egui::{Order, Shape, WidgetRect};

impl Window {
    /// Faults of the arrangement in a window of `size` points.
    pub(crate) fn misplaced(&self, size: Vec2) -> Vec<String> {
        let whole = Rect::from_min_size(egui::Pos2::ZERO, size).expand(0.5);
        let placed = self.placed();
        let mut faults = Vec::new();
        for (index, (name, widget)) in placed.iter().enumerate() {
            let (rect, seen) = (widget.rect, widget.interact_rect);
            if rect.left() < whole.left() || rect.right() > whole.right() {
                faults.push(format!("{name:?} at {rect:?} leaves the window"));
            }
            if seen.left() > rect.left() + 1.0 || seen.right() < rect.right() - 1.0 {
                faults.push(format!("{name:?} at {rect:?} is cut to {seen:?}"));
            }
            for (other_name, other) in &placed[..index] {
                let shared = seen.shrink(1.0).intersect(other.interact_rect.shrink(1.0));
                if widget.layer_id == other.layer_id && shared.is_positive() {
                    let (seen, other) = (seen, other.interact_rect);
                    faults.push(format!(
                        "{name:?} at {seen:?} lies on {other_name:?} at {other:?}"
                    ));
                }
            }
        }
        faults.extend(self.cut_texts(Rect::EVERYTHING));
        faults
    }

    /// Texts that are cut off at a side, of those that are drawn within `place` alone, in any layer.
    pub(crate) fn cut_texts(&self, place: Rect) -> Vec<String> {
        let mut faults = Vec::new();
        let shapes = self.harness.output().shapes.iter();
        let within = shapes.filter(|shape| place.expand(1.0).contains_rect(shape.clip_rect));
        within.for_each(|shape| cut_texts(&shape.shape, shape, &mut faults));
        faults
    }

    /// Where the window with this identity lies, while it is open.
    pub(crate) fn area(&self, id: impl std::hash::Hash + std::fmt::Debug) -> Option<Rect> {
        let id = egui::Id::unique(id);
        self.harness.ctx.memory(|memory| memory.area_rect(id))
    }

    /// How many controls have the frame around them that says that they are meant.
    pub(crate) fn pointed_frames(&self) -> usize {
        fn count(shape: &Shape) -> usize {
            match shape {
                Shape::Vec(shapes) => shapes.iter().map(count).sum(),
                Shape::Rect(rect) => {
                    usize::from(rect.stroke.width == 2.5 && rect.fill == egui::Color32::TRANSPARENT)
                }
                _ => 0,
            }
        }
        let shapes = self.harness.output().shapes.iter();
        shapes.map(|shape| count(&shape.shape)).sum()
    }

    /// What can be read or acted on and is in sight, by name.
    fn placed(&self) -> Vec<(String, WidgetRect)> {
        self.harness.ctx.viewport(|viewport| {
            let widgets = &viewport.prev_pass.widgets;
            let mut placed = Vec::new();
            for (layer, all) in widgets.layers() {
                if layer.order != Order::Background {
                    continue;
                }
                for widget in all {
                    let Some(info) = widgets.info(widget.id) else {
                        continue;
                    };
                    let counts = info.role == Role::Label
                        || (egui::accessibility::is_input(info.role)
                            && info.role != Role::ListBoxOption);
                    if counts && widget.interact_rect.is_positive() {
                        let name = info
                            .label
                            .clone()
                            .or_else(|| info.current_text_value.clone());
                        placed.push((name.unwrap_or_default(), *widget));
                    }
                }
            }
            placed
        })
    }
}

/// Texts that are cut off at a side.
fn cut_texts(shape: &Shape, clipped: &ClippedShape, faults: &mut Vec<String>) {
    match shape {
        Shape::Vec(shapes) => shapes
            .iter()
            .for_each(|shape| cut_texts(shape, clipped, faults)),
        Shape::Text(text) if text.angle == 0.0 => {
            let rect = text.galley.mesh_bounds.translate(text.pos.to_vec2());
            let clip = clipped.clip_rect;
            let in_sight = rect.intersects(clip) && rect.is_positive();
            if in_sight && (rect.left() < clip.left() - 1.5 || rect.right() > clip.right() + 1.5) {
                faults.push(format!(
                    "the text {:?} at {rect:?} is cut at {clip:?}",
                    text.galley.text()
                ));
            }
        }
        _ => (),
    }
}
