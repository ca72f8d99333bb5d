//! All states of a small memory: a dot a state, a line to where one sweep takes it, attractors in the middle of their basins.

use super::asking::asked;
use super::states_sheet::{in_words, open};
use crate::app::panels::{PanelContext, save};
use crate::app::theme::{Palette, SMALL};
use crate::app::widgets::controls::hint;
use crate::app::widgets::full_card::placeholder;
use crate::app::widgets::room::room_above;
use crate::engine::attractors::TransitionGraph;
use crate::engine::numbers::percent;
use crate::engine::{Dynamics, Nature};
use crate::figures::Hue;
use crate::lab::portraits::StateGraph;
use crate::lab::portraits::figure::{coloured, hue, states_figure};
use crate::session::Measurement;
use crate::worlds::World;
use egui::epaint::Vertex;
use egui::{
    Align2, Color32, FontId, Mesh, Pos2, Rect, Role, Sense, Shape, Stroke, Ui, Vec2, WidgetInfo,
    vec2,
};
use std::sync::Arc;

/// Room in points below the graph.
const FOOT: f32 = 40.0;

/// A state is found by the pointer from so far, in points.
const REACH: f32 = 7.0;

/// A basin with at least this share of all states has its name in the middle.
const NAMED: f64 = 0.04;

/// What the view keeps between frames.
#[derive(Default)]
pub(super) struct States {
    mesh: Option<(Key, Arc<Mesh>)>,
}

/// What a mesh is of: the graph, its room, and whether the window is dark.
type Key = (Arc<TransitionGraph>, [u32; 4], bool);

impl States {
    /// Draws the view into the room that is left.
    pub(super) fn ui(&mut self, ui: &mut Ui, context: &mut PanelContext<'_>) {
        if let Err(why) = asked(context, Measurement::States, None) {
            return small_world(ui, &why, context);
        }
        let Some(found) = context.session.state_graph() else {
            return placeholder(ui, Measurement::States.under_way());
        };
        let palette = Palette::of(ui.visuals());
        let size = room_above(ui, FOOT);
        let (rect, response) = ui.allocate_exact_size(size, Sense::click());
        let said = said(found);
        response.widget_info(|| {
            let mut info = WidgetInfo::labeled(Role::Image, true, "All states");
            info.current_text_value = Some(said.clone());
            info
        });
        let side = rect.size().min_elem() - 8.0;
        let square = Rect::from_center_size(rect.center(), Vec2::splat(side));
        let place = |[x, y]: [f32; 2]| square.center() + vec2(x, y) * square.width() / 2.0;
        self.update(found, square, palette);
        if let Some((_, mesh)) = &self.mesh {
            ui.painter().add(Shape::mesh(Arc::clone(mesh)));
        }
        names(ui, found, &place, palette);
        save::menu_of(&response, context.exports, "All states", || {
            let figure = states_figure(found);
            Box::new(move || figure)
        });
        let pointed = response
            .hover_pos()
            .and_then(|at| nearest(found, at, &place));
        if let Some(state) = pointed {
            let at = found.places[state as usize].map(&place);
            if let Some(at) = at {
                way(ui, found, state, &place, palette);
                ui.painter()
                    .circle_stroke(at, 5.0, Stroke::new(2.0, palette.strong));
            }
            let clicked = response.clicked();
            response.on_hover_text_at_pointer(about(found, state));
            if clicked {
                open(context, &found.graph.state(state), &found.patterns);
            }
        }
        hint(ui, &said);
    }

    /// Draws anew where something has changed.
    fn update(&mut self, found: &StateGraph, square: Rect, palette: &Palette) {
        let bits = [square.min.x, square.min.y, square.max.x, square.max.y];
        let key = (
            Arc::clone(&found.graph),
            bits.map(f32::to_bits),
            palette.dark,
        );
        let is_same = |(known, _): &(Key, Arc<Mesh>)| {
            Arc::ptr_eq(&known.0, &key.0) && known.1 == key.1 && known.2 == key.2
        };
        if !self.mesh.as_ref().is_some_and(is_same) {
            self.mesh = Some((key, Arc::new(mesh(found, square, palette))));
        }
    }
}

/// Says why there is nothing to see, and offers a world that is small enough.
fn small_world(ui: &mut Ui, why: &str, context: &mut PanelContext<'_>) {
    ui.vertical_centered(|ui| {
        ui.add_space((0.42 * ui.available_height()).max(0.0));
        hint(ui, why);
        ui.add_space(10.0);
        let help = "Three random patterns of ten units, all of which move at once: 1,024 states";
        let button = ui.button("Take random patterns of 10 units");
        if button.on_hover_text(help).clicked() {
            if let Ok(world) = World::parse("random:n=10,p=3") {
                context.draft.world = world;
            }
            context.draft.track_mut().dynamics = Dynamics::Synchronous;
        }
    });
}

/// Lines below, dots above.
fn mesh(found: &StateGraph, square: Rect, palette: &Palette) -> Mesh {
    let graph = &found.graph;
    let coloured = coloured(&found.patterns, &[]);
    let colors: Vec<Color32> = found
        .natures
        .iter()
        .map(|nature| palette.hue(hue(nature, &coloured)))
        .collect();
    let radius = (0.4 * found.spacing * square.width() / 2.0).clamp(0.8, 6.0);
    let place = |[x, y]: [f32; 2]| square.center() + vec2(x, y) * square.width() / 2.0;
    let mut mesh = Mesh::default();
    for (state, next) in graph.successors().iter().enumerate() {
        let ends = (found.places[state], found.places[*next as usize]);
        if let (Some(from), Some(to)) = ends
            && from != to
        {
            let color = colors[graph.basins()[state] as usize];
            let ends = [place(from), place(to)];
            add_line(
                &mut mesh,
                ends,
                0.5 * radius.min(1.6),
                color.gamma_multiply(0.55),
            );
        }
    }
    for (state, at) in found.places.iter().enumerate() {
        if let Some(at) = at {
            let color = colors[graph.basins()[state] as usize];
            let is_end = graph.heights()[state] == 0;
            let (radius, color) = if is_end {
                (1.4 * radius + 1.0, palette.strong)
            } else {
                (radius, color)
            };
            add_disc(&mut mesh, place(*at), radius, color);
        }
    }
    mesh
}

fn add_line(mesh: &mut Mesh, [a, b]: [Pos2; 2], half: f32, color: Color32) {
    let aside = (b - a).normalized().rot90() * half;
    let first = mesh.vertices.len() as u32;
    for at in [a + aside, a - aside, b + aside, b - aside] {
        mesh.vertices.push(Vertex {
            pos: at,
            uv: egui::epaint::WHITE_UV,
            color,
        });
    }
    mesh.add_triangle(first, first + 1, first + 2);
    mesh.add_triangle(first + 1, first + 2, first + 3);
}

fn add_disc(mesh: &mut Mesh, at: Pos2, radius: f32, color: Color32) {
    const CORNERS: u32 = 8;
    let first = mesh.vertices.len() as u32;
    mesh.colored_vertex(at, color);
    for corner in 0..CORNERS {
        let angle = std::f32::consts::TAU * corner as f32 / CORNERS as f32;
        mesh.colored_vertex(at + radius * Vec2::angled(angle), color);
    }
    for corner in 0..CORNERS {
        let next = (corner + 1) % CORNERS;
        mesh.add_triangle(first, first + 1 + corner, first + 1 + next);
    }
}

/// The names of the attractors of large basins, beside them.
fn names(ui: &Ui, found: &StateGraph, place: &impl Fn([f32; 2]) -> Pos2, palette: &Palette) {
    let coloured = coloured(&found.patterns, &[]);
    for cycle in &found.drawn {
        let share = found.sizes[*cycle] as f64 / found.n_states() as f64;
        let first = found.graph.cycles()[*cycle][0] as usize;
        let Some(at) = found.places[first].filter(|_| share >= NAMED).map(place) else {
            continue;
        };
        let nature = &found.natures[*cycle];
        let name = match (nature, hue(nature, &coloured)) {
            (_, Hue::Basin(_) | Hue::OtherStored) => nature.patterns()[0].to_string(),
            (Nature::Cycle { length }, _) => format!("cycle of {length}"),
            _ => nature.kind().to_owned(),
        };
        let font = FontId::proportional(SMALL);
        let galley = ui.painter().layout_no_wrap(name, font, palette.strong);
        let area = Align2::CENTER_TOP.anchor_size(at + vec2(0.0, 7.0), galley.size());
        let card = palette.card.gamma_multiply(0.8);
        ui.painter()
            .rect_filled(area.expand2(vec2(3.0, 0.0)), 3.0, card);
        ui.painter().galley(area.min, galley, palette.strong);
    }
}

/// The state nearest to the pointer.
fn nearest(found: &StateGraph, at: Pos2, place: &impl Fn([f32; 2]) -> Pos2) -> Option<u32> {
    let all = found.places.iter().enumerate();
    let known = all.filter_map(|(state, it)| Some((state, place((*it)?))));
    let near = known.min_by(|a, b| at.distance_sq(a.1).total_cmp(&at.distance_sq(b.1)));
    let (state, its) = near?;
    (at.distance(its) <= REACH).then_some(state as u32)
}

/// The way from a state to its attractor.
fn way(
    ui: &Ui,
    found: &StateGraph,
    state: u32,
    place: &impl Fn([f32; 2]) -> Pos2,
    palette: &Palette,
) {
    let mut points = Vec::new();
    let mut now = state;
    loop {
        points.extend(found.places[now as usize].map(place));
        if found.graph.heights()[now as usize] == 0 {
            break;
        }
        now = found.graph.successors()[now as usize];
    }
    ui.painter()
        .add(Shape::line(points, Stroke::new(2.0, palette.strong)));
}

fn about(found: &StateGraph, state: u32) -> String {
    let graph = &found.graph;
    let basin = graph.basins()[state as usize] as usize;
    let units: String = found
        .graph
        .state(state)
        .units()
        .iter()
        .map(|unit| if *unit > 0 { '+' } else { '−' })
        .collect();
    let sweeps = match graph.heights()[state as usize] {
        0 => "It is an attractor".to_owned(),
        1 => "One sweep".to_owned(),
        n => format!("{n} sweeps"),
    };
    let before = graph.in_degrees()[state as usize];
    let before = if before == 0 {
        "; nothing leads here (a Garden of Eden)".to_owned()
    } else {
        format!("; {before} states lead here in one sweep")
    };
    format!(
        "{units}\n{sweeps}: {}{before}\nClick: this start in Recall",
        in_words(&found.natures[basin], &found.patterns)
    )
}

fn said(found: &StateGraph) -> String {
    let n = found.sizes.len();
    let gardens = found.graph.gardens_of_eden().len();
    let depth = found.graph.depths().into_iter().max().unwrap_or(0);
    let left_out = n - found.drawn.len();
    let left_out = if left_out == 0 {
        String::new()
    } else {
        let drawn: u64 = found.drawn.iter().map(|it| found.sizes[*it]).sum();
        let share = 1.0 - drawn as f64 / found.n_states() as f64;
        format!(
            " {left_out} small basins, {} of the states, are not drawn.",
            percent(share)
        )
    };
    format!(
        "{} states, {n} attractors (white dots in the middle), {gardens} states that nothing leads to, {depth} sweeps at most.{left_out}",
        found.n_states()
    )
}
