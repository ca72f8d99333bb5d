//! A state on its grid: crisp ±1 cells, marks, fields, the unit in focus, and the gestures of a brush.
//!
//! Absent: what a gesture does. The view reports the units touched; whoever asked turns them into a command.
//!
//! A unit that *changed* is orange, the stronger the shorter ago where that matters. A unit that is *wrong* has a dot in
//! the colour it should have, so that it can be told without colour; where cells are too small for dots it is red. With
//! fields, cells show the field (blue to orange), and a dot in the unit's own colour marks units whose field has the other
//! sign: those that want to flip.

use super::brush;
use super::gesture::{self, Gesture, Pointer};
use super::letters::{self, LettersShown};
use super::picture::{self, Placed};
use super::pixels;
use crate::app::theme::Palette;
use crate::engine::patterns::Grid;
use crate::figures::numbers::number;
use crate::figures::{Bond, CellMark, Squares, bond_bars};
use egui::{
    ColorImage, Mesh, Painter, Rangef, Rect, Response, Role, Sense, Shape, Stroke, Ui, Vec2,
    WidgetInfo,
};

/// From this size of a cell in points on, wrong units have dots.
const DOT_CELL: f32 = 6.0;
/// From this size of a cell in points on, bonds are drawn.
const BOND_CELL: f32 = 7.0;
/// From this size of a cell in points on, there are grid lines.
const LINE_CELL: f32 = 12.0;

/// What is to be seen on a unit beside its sign.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct UnitMark {
    /// Differs from the cue: drawn orange.
    pub changed: bool,
    /// How lately it has flipped, from 0 for long ago to 1 for just now: drawn in a shade of orange.
    pub flash: f32,
    /// Differs from what it should be: drawn with a dot.
    pub wrong: bool,
}

/// A view of one state. Fill in the fields, then [`PatternView::show`].
#[derive(Debug)]
pub struct PatternView<'a> {
    /// What it shows, for screen readers: “cue”, “state”. Differs from its neighbours' names.
    pub name: &'a str,
    /// The layout of the units.
    pub grid: Grid,
    /// N units, each ±1.
    pub units: &'a [i8],
    /// Changes whenever units, marks or fields do.
    pub version: u64,
    /// The room it may fill, in points.
    pub size: Vec2,
    /// One mark a unit.
    pub marks: Option<&'a [UnitMark]>,
    /// What a unit is that is marked as changed, for screen readers.
    pub changed: &'a str,
    /// What the units stand for, where they are letters and not signs.
    pub letters: Option<LettersShown<'a>>,
    /// Units as numbers from −1 to 1, where they are no signs: `units` holds their signs then.
    pub graded: Option<&'a [f32]>,
    /// One local field a unit, shown instead of the signs.
    pub fields: Option<&'a [f32]>,
    /// Bonds between neighbouring units, drawn across the edge that they share: both units and the strength.
    pub bonds: Option<&'a [Bond]>,
    /// Whether large cells are told apart by thin lines.
    pub lines: bool,
    /// The unit that is in focus anywhere in the window.
    pub highlight: Option<usize>,
    /// What the pointer does.
    pub tool: Pointer,
}

/// What became of a [`PatternView`].
#[derive(Debug)]
pub struct PatternResponse {
    /// egui's response; `clicked` only with [`Pointer::Probe`].
    pub response: Response,
    /// The unit under the pointer, or under the keyboard cursor when the view has the focus.
    pub hovered: Option<usize>,
    /// What was touched since the last frame.
    pub gesture: Option<Gesture>,
}

impl<'a> PatternView<'a> {
    /// A plain view to look at.
    pub fn new(name: &'a str, grid: Grid, units: &'a [i8], version: u64, size: Vec2) -> Self {
        Self {
            name,
            grid,
            units,
            version,
            size,
            marks: None,
            changed: "changed",
            letters: None,
            graded: None,
            fields: None,
            bonds: None,
            lines: true,
            highlight: None,
            tool: Pointer::Probe,
        }
    }

    /// What is shown, as it is saved: fields where they lie over the units, else the units with their marks; bonds.
    pub fn squares(&self) -> Squares {
        let bonds = self.bonds.unwrap_or_default();
        if let Some(fields) = self.fields {
            return Squares::signed(self.grid, fields, None).bonded(bonds);
        }
        let letters = self.letters.map(|shown| shown.letters);
        let squares = Squares::units(self.grid, self.units, letters, self.graded);
        let marks = self.marks.unwrap_or_default().iter();
        let marks = marks.map(|mark| CellMark {
            changed: mark.changed,
            wrong: mark.wrong,
        });
        squares.marked(marks.collect()).bonded(bonds)
    }

    /// Draws the view, reads the pointer and, with the focus, the keyboard: arrows move a cursor, Enter or Space touches.
    pub fn show(&self, ui: &mut Ui) -> PatternResponse {
        let size = Placed::fit(self.grid, self.size, ui.pixels_per_point());
        let sense = match self.tool {
            Pointer::Probe => Sense::click(),
            Pointer::Brush(_) | Pointer::Rectangle => Sense::drag(),
        };
        let (rect, response) = picture::allocate(ui, self.name, size, sense);
        let placed = Placed {
            grid: self.grid,
            rect,
        };
        let read = gesture::read(ui, &response, placed, self.tool);
        self.describe(&response, read.at);
        if ui.is_rect_visible(rect) {
            self.paint(ui, placed, &response);
            let painter = ui.painter_at(rect.expand(3.0));
            let palette = Palette::of(ui.visuals());
            if let Some(rectangle) = read.preview {
                picture::outline(&painter, palette, rectangle);
            } else if let (Pointer::Brush(diameter), Some(at)) = (self.tool, read.position) {
                paint_footprint(&painter, palette, placed, at, diameter);
            } else if let Some(unit) = read.at.or(self.highlight) {
                placed.outline(&painter, palette, unit);
            }
            if response.has_focus() {
                let stroke = Stroke::new(1.5, palette.blue);
                ui.painter()
                    .rect_stroke(rect.expand(3.0), 2.0, stroke, egui::StrokeKind::Middle);
            }
        }
        PatternResponse {
            hovered: read.at,
            gesture: read.gesture,
            response,
        }
    }

    /// Name and value for screen readers.
    fn describe(&self, response: &Response, at: Option<usize>) {
        response.widget_info(|| {
            let mut info = WidgetInfo::labeled(Role::Image, response.enabled(), self.name);
            info.current_text_value = Some(self.value_text(at.or(self.highlight)));
            info
        });
    }

    /// “unit 404, row 14, column 12: +1, changed”, or how many units are up.
    fn value_text(&self, unit: Option<usize>) -> String {
        let Some((unit, sign)) = unit.and_then(|unit| Some((unit, self.units.get(unit)?))) else {
            if let Some(letters) = self.letters {
                return self
                    .units
                    .iter()
                    .map(|unit| letters.letter(*unit))
                    .collect();
            }
            let up = self.units.iter().filter(|sign| **sign > 0).count();
            return format!("{up} of {} units at +1", self.units.len());
        };
        let (row, column) = self.grid.place(unit);
        let letter = self.letters.map(|letters| letters.letter(*sign));
        let sign = match self.graded.and_then(|graded| graded.get(unit)) {
            _ if letter.is_some() => letter.into_iter().collect(),
            Some(value) => number(*value),
            None if *sign > 0 => "+1".to_owned(),
            None => "−1".to_owned(),
        };
        let mark = self.mark(unit);
        let changed = if mark.changed {
            format!(", {}", self.changed)
        } else {
            String::new()
        };
        let wrong = if mark.wrong { ", wrong" } else { "" };
        let field = self
            .fields
            .and_then(|fields| fields.get(unit))
            .map(|field| format!(", field {}", number(*field)))
            .unwrap_or_default();
        format!("unit {unit}, row {row}, column {column}: {sign}{changed}{wrong}{field}")
    }

    /// The mark of `unit`.
    fn mark(&self, unit: usize) -> UnitMark {
        self.marks
            .and_then(|marks| marks.get(unit).copied())
            .unwrap_or_default()
    }

    /// Cells, dots and lines.
    fn paint(&self, ui: &Ui, placed: Placed, response: &Response) {
        let palette = Palette::of(ui.visuals());
        let cell = placed.cell().x;
        let with_dots = cell >= DOT_CELL;
        let shown = u64::from(with_dots)
            | u64::from(self.marks.is_some()) << 1
            | u64::from(self.fields.is_some()) << 2
            | (self.units.len() as u64) << 3;
        let key = (self.version, shown, palette.dark);
        let id = response.id.with("texture");
        let texture = picture::texture(ui, id, key, placed.rect, || self.image(palette, with_dots));
        picture::paint_texture(ui.painter(), palette, texture, placed.rect);
        if self.lines && cell >= LINE_CELL {
            paint_lines(ui.painter(), palette, placed);
        }
        if let Some(letters) = self.letters.filter(|_| self.fields.is_none()) {
            self.paint_marks(ui.painter(), palette, placed);
            letters.paint(ui.painter(), palette, placed, self.units);
        } else if with_dots {
            self.paint_dots(ui.painter(), palette, placed);
        }
        if let Some(bonds) = self.bonds.filter(|_| cell >= BOND_CELL) {
            paint_bonds(ui.painter(), palette, placed, bonds);
        }
    }

    /// One texel a unit.
    fn image(&self, palette: &Palette, with_dots: bool) -> ColorImage {
        let Self { grid, units, .. } = *self;
        if let Some(fields) = self.fields {
            let scale = picture::symmetric_scale(fields);
            return picture::field_image(grid, fields, scale, palette);
        }
        let color = |unit: usize| {
            let Some(sign) = units.get(unit) else {
                return palette.card;
            };
            if let Some(letters) = self.letters {
                return letters.color(*sign, palette);
            }
            let up = *sign > 0;
            let mark = self.mark(unit);
            if let Some(value) = self.graded.and_then(|graded| graded.get(unit)) {
                return palette.graded_unit(*value, mark.changed);
            }
            let plain = if mark.wrong && !with_dots {
                palette.wrong_unit(up)
            } else if mark.changed {
                palette.changed_unit(up)
            } else {
                palette.unit(up)
            };
            plain.lerp_to_gamma(palette.changed_unit(up), mark.flash)
        };
        ColorImage::new(
            [grid.columns, grid.rows],
            (0..grid.n_cells()).map(color).collect(),
        )
    }

    /// Frames around changed letters, dots on wrong ones.
    fn paint_marks(&self, painter: &Painter, palette: &Palette, placed: Placed) {
        for unit in 0..self.units.len().min(self.grid.n_units()) {
            let mark = self.mark(unit);
            if mark.changed || mark.flash > 0.5 {
                letters::frame(painter, palette, placed.unit_rect(unit));
            }
            if mark.wrong {
                letters::dot(painter, palette, placed.unit_rect(unit));
            }
        }
    }

    /// Dots on wrong units, or on units that their field wants to flip, all in one mesh.
    fn paint_dots(&self, painter: &Painter, palette: &Palette, placed: Placed) {
        if self.marks.is_none() && self.fields.is_none() {
            return;
        }
        let mut mesh = Mesh::default();
        for (unit, sign) in self.units.iter().enumerate().take(self.grid.n_units()) {
            let up = *sign > 0;
            let dot = match self.fields.and_then(|fields| fields.get(unit)) {
                Some(field) => (field * f32::from(*sign) < 0.0).then(|| palette.unit(up)),
                None => self.mark(unit).wrong.then(|| palette.unit(!up)),
            };
            if let Some(color) = dot {
                let cell = placed.unit_rect(unit);
                let dot = cell.shrink(cell.width() * 0.31);
                pixels::add_box(&mut mesh, dot, color, painter.pixels_per_point());
            }
        }
        if !mesh.is_empty() {
            painter.add(Shape::mesh(mesh));
        }
    }
}

/// Orange where neighbours want to be equal, blue where not.
fn paint_bonds(painter: &Painter, palette: &Palette, placed: Placed, bonds: &[Bond]) {
    let (cell, ppp) = (placed.cell(), painter.pixels_per_point());
    let corner = placed.rect.min;
    let mut mesh = Mesh::default();
    for bar in bond_bars(placed.grid.columns, bonds, 0.6 / cell.x) {
        let middle = corner + Vec2::from(bar.middle) * cell;
        let bar_rect = Rect::from_center_size(middle, Vec2::from(bar.size) * cell);
        let color = if bar.equal {
            palette.orange
        } else {
            palette.blue
        };
        pixels::add_box(&mut mesh, bar_rect.expand(0.5), palette.card, ppp);
        pixels::add_box(&mut mesh, bar_rect, color, ppp);
    }
    painter.add(Shape::mesh(mesh));
}

/// Thin lines between cells.
fn paint_lines(painter: &Painter, palette: &Palette, placed: Placed) {
    let Placed { grid, rect } = placed;
    let stroke = Stroke::new(1.0, palette.stroke.gamma_multiply(0.5));
    let cell = placed.cell();
    for column in 1..grid.columns {
        let x = rect.left() + column as f32 * cell.x;
        painter.vline(x, rect.y_range(), stroke);
    }
    for row in 1..grid.rows {
        let y = rect.top() + row as f32 * cell.y;
        painter.hline(rect.x_range(), y, stroke);
    }
}

/// The outline of the units a brush would touch here.
fn paint_footprint(
    painter: &Painter,
    palette: &Palette,
    placed: Placed,
    at: (f32, f32),
    diameter: f32,
) {
    let units = brush::stroke(placed.grid, at, at, diameter);
    let Grid { rows, columns, .. } = placed.grid;
    let covered = |row: usize, column: usize| {
        row < rows && column < columns && units.binary_search(&(row * columns + column)).is_ok()
    };
    for (width, color) in [(4.0, palette.card), (2.0, palette.orange)] {
        let stroke = Stroke::new(width, color);
        let reach = |low: f32, high: f32| Rangef::new(low - width / 2.0, high + width / 2.0);
        for unit in &units {
            let (row, column) = placed.grid.place(*unit);
            let rect = placed.unit_rect(*unit);
            let (across, down) = (
                reach(rect.left(), rect.right()),
                reach(rect.top(), rect.bottom()),
            );
            if !covered(row.wrapping_sub(1), column) {
                painter.hline(across, rect.top(), stroke);
            }
            if !covered(row + 1, column) {
                painter.hline(across, rect.bottom(), stroke);
            }
            if !covered(row, column.wrapping_sub(1)) {
                painter.vline(rect.left(), down, stroke);
            }
            if !covered(row, column + 1) {
                painter.vline(rect.right(), down, stroke);
            }
        }
    }
}
