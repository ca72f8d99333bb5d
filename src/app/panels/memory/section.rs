//! A section of the memory's settings: a head that folds what is below it, with the section's own choice beside.

use super::super::PanelContext;
use crate::app::theme::{GAP, Palette, TITLE};
use crate::app::widgets::full_card::BUTTONS;
use crate::app::widgets::room::width_left;
use egui::{Align, Layout, Response, Role, Sense, Ui, WidgetInfo, WidgetText, pos2, vec2};

/// The sections, as places in the list of those that are folded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Section {
    World,
    Rule,
    Dynamics,
}

impl Section {
    const fn title(self) -> &'static str {
        match self {
            Self::World => "World",
            Self::Rule => "Rule",
            Self::Dynamics => "Dynamics",
        }
    }
}

/// The head of a section, with `choice` beside its title; whether what belongs to it is to be shown.
pub(super) fn head(
    ui: &mut Ui,
    context: &mut PanelContext<'_>,
    section: Section,
    choice: impl FnOnce(&mut Ui, &mut PanelContext<'_>),
) -> bool {
    if section != Section::World {
        ui.add_space(GAP);
    }
    // The first line of the card ends at the card's buttons; a list is a little narrower than its room.
    let at_end = if section == Section::World {
        BUTTONS - 6.0
    } else {
        0.0
    };
    let size = vec2(width_left(ui, at_end), ui.spacing().interact_size.y);
    ui.allocate_ui_with_layout(size, Layout::left_to_right(Align::Center), |ui| {
        ui.spacing_mut().item_spacing.x = 0.75 * GAP;
        let folded = &mut context.view.folded[section as usize];
        if title(ui, section.title(), *folded).clicked() {
            *folded = !*folded;
        }
        choice(ui, context);
    });
    !context.view.folded[section as usize]
}

/// Triangle and title, which fold the section.
fn title(ui: &mut Ui, title: &str, folded: bool) -> Response {
    const TRIANGLE: f32 = 12.0;
    let palette = Palette::of(ui.visuals());
    let font = egui::FontId::proportional(TITLE);
    let text = WidgetText::from(egui::RichText::new(title).font(font));
    let galley = text.into_galley(
        ui,
        Some(egui::TextWrapMode::Extend),
        f32::INFINITY,
        egui::TextStyle::Body,
    );
    let size = vec2(TRIANGLE + galley.size().x, ui.spacing().interact_size.y);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    let name = if folded { "show" } else { "fold" };
    let name = format!("{title}: {name} its settings");
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
    let lit = response.hovered() || response.has_focus();
    let color = if lit { palette.orange } else { palette.weak };
    let middle = pos2(rect.left() + 3.5, rect.center().y);
    let corners = if folded {
        [vec2(-3.0, -4.5), vec2(4.0, 0.0), vec2(-3.0, 4.5)]
    } else {
        [vec2(-4.5, -3.0), vec2(4.5, -3.0), vec2(0.0, 4.0)]
    };
    let corners = corners.iter().map(|corner| middle + *corner).collect();
    let painter = ui.painter();
    painter.add(egui::Shape::convex_polygon(
        corners,
        color,
        egui::Stroke::NONE,
    ));
    let place = pos2(
        rect.left() + TRIANGLE,
        rect.center().y - 0.5 * galley.size().y,
    );
    painter.galley(place, galley, palette.strong);
    response.on_hover_text(name)
}
