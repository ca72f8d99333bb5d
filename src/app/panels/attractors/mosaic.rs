//! A picture of basins on screen: a texture with a texel a start, what stands around it, the cue and the path of its recall.
//!
//! Colour says which stored pattern a start ends in, darker where it takes longer, stripes that it ends in a cycle; greys are
//! all other ends.

use super::states_sheet::StatesSheet;
use crate::app::panels::PanelContext;
use crate::app::theme::{BODY, Palette, TITLE};
use crate::app::widgets::picture::CRISP;
use crate::engine::attractors::Ending;
use crate::engine::numbers::percent;
use crate::engine::patterns::State;
use crate::figures::{Figure, Hue, Mosaic, Tile, TileKind};
use crate::lab::portraits::figure::{coloured, figure};
use crate::lab::portraits::{Landmark, PortraitPicture, StartPlane};
use crate::session::Track;
use crate::trial::Start;
use egui::{
    Align2, Color32, ColorImage, FontId, Painter, Pos2, Rect, Response, Role, Sense, Shape, Stroke,
    StrokeKind, TextureHandle, Ui, Vec2, WidgetInfo, pos2, vec2,
};
use std::sync::Arc;

/// Moments of a recall that its path is drawn through, at most.
const MOMENTS: u64 = 60;

/// Share of a picture, at least, whose middle is named.
const NAMED: f64 = 0.02;

/// The texture that was uploaded last, and what of.
#[derive(Default)]
pub(in crate::app::panels) struct MosaicView {
    texture: Option<TextureHandle>,
    figure: Option<Arc<Figure>>,
    /// Where kinds are named.
    middles: Vec<Option<[f64; 2]>>,
    of: Option<(Arc<StartPlane>, usize, usize, [bool; 2])>,
    /// Which track it is of: the path of its recall is drawn.
    pub(super) track: usize,
    /// Whether energies are drawn as a landscape, where there are some.
    pub(super) as_landscape: bool,
    /// The start pointed at, and where it ends.
    pub(super) pointed: StatesSheet,
}

/// Where a picture stands, and what was pointed at.
pub(super) struct Placed {
    pub(super) response: Response,
    disc: Rect,
    /// What is drawn, to be saved.
    pub(super) figure: Arc<Figure>,
}

impl Placed {
    /// A point of the square from −1 to 1 on screen.
    pub(super) fn place(&self, [x, y]: [f64; 2]) -> Pos2 {
        self.disc.center() + vec2(x as f32, y as f32) * self.disc.width() / 2.0
    }

    /// Where what stands at a point around the picture is drawn, in a margin of `around` points.
    pub(super) fn thumbnail(&self, at: [f64; 2], around: f32) -> Rect {
        let size = (around - 8.0).clamp(10.0, 44.0);
        let place = self.place(at);
        let out = (place - self.disc.center()).normalized();
        Rect::from_center_size(place + out * (size * 0.62 + 5.0), Vec2::splat(size))
    }

    /// The pixel under the pointer, and its ending.
    pub(super) fn pointed(&self, picture: &PortraitPicture) -> Option<(usize, Ending)> {
        let at = self.response.hover_pos()?;
        let [x, y] = [at.x - self.disc.center().x, at.y - self.disc.center().y]
            .map(|away| f64::from(2.0 * away / self.disc.width()));
        let pixel = picture.pixel_at(x, y)?;
        Some((pixel, (*picture.pixels.get(pixel)?)?))
    }
}

impl MosaicView {
    /// Paints `picture` into the room that is left, with what stands around it in a margin of `around` points.
    pub(super) fn show(
        &mut self,
        ui: &mut Ui,
        picture: &PortraitPicture,
        context: &PanelContext<'_>,
        around: f32,
    ) -> Option<Placed> {
        let palette = Palette::of(ui.visuals());
        self.upload(ui, picture, palette);
        let figure = self.figure.clone()?;
        let mosaic = figure.mosaic.as_ref()?;
        let (room, response) = ui.allocate_exact_size(ui.available_size(), Sense::click());
        let side = room.size().min_elem() - 2.0 * around;
        let pixels = ui.pixels_per_point();
        let side = (side * pixels).floor().max(16.0) / pixels;
        let disc = Rect::from_center_size(room.center(), Vec2::splat(side));
        response.widget_info(|| {
            let mut info = WidgetInfo::labeled(Role::Image, true, &figure.title);
            info.current_text_value = Some(in_words(mosaic));
            info
        });
        let placed = Placed {
            response,
            disc,
            figure: Arc::clone(&figure),
        };
        let painter = ui.painter_at(room);
        if let Some(texture) = &self.texture {
            let whole = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
            painter.image(texture.id(), disc, whole, Color32::WHITE);
        }
        names(&painter, &placed, mosaic, &self.middles, palette);
        ends(&painter, &placed, picture, context, around);
        path(&painter, &placed, picture, self.track, context);
        Some(placed)
    }

    fn upload(&mut self, ui: &Ui, picture: &PortraitPicture, palette: &Palette) {
        let (side, n_rows) = (picture.side, picture.n_rows);
        let manner = [palette.dark, self.as_landscape];
        let is_same = |(plane, one, rows, how): &(Arc<StartPlane>, usize, usize, [bool; 2])| {
            let is_of_this = Arc::ptr_eq(plane, &picture.plane) && *how == manner;
            is_of_this && (*one, *rows) == (side, n_rows)
        };
        if self.of.as_ref().is_some_and(is_same) {
            return;
        }
        self.of = Some((Arc::clone(&picture.plane), side, n_rows, manner));
        let figure = Arc::new(figure(picture, self.as_landscape));
        let Some(mosaic) = &figure.mosaic else {
            return;
        };
        let image = image(mosaic, palette);
        self.middles = mosaic.middles();
        self.figure = Some(Arc::clone(&figure));
        match &mut self.texture {
            Some(texture) => texture.set(image, CRISP),
            None => self.texture = Some(ui.ctx().load_texture("basins", image, CRISP)),
        }
    }
}

/// The largest shares, for a screen reader.
fn in_words(mosaic: &Mosaic) -> String {
    let mut kinds: Vec<&TileKind> = mosaic.kinds.iter().collect();
    kinds.sort_by_key(|kind| std::cmp::Reverse(kind.count));
    let total = mosaic.n_tiles().max(1) as f64;
    let told = kinds.into_iter().take(5).map(|kind| {
        let share = kind.count as f64 / total;
        format!("{} {}", kind.name, percent(share))
    });
    told.collect::<Vec<String>>().join(", ")
}

/// A texel a start.
fn image(mosaic: &Mosaic, palette: &Palette) -> ColorImage {
    let colors = mosaic.kinds.iter().map(|kind| palette.hue(kind.hue));
    let colors: Vec<Color32> = colors.collect();
    let texel = |(place, tile): (usize, &Option<Tile>)| {
        let Some(tile) = tile else {
            return Color32::TRANSPARENT;
        };
        let dark = mosaic.darkness(place, *tile);
        colors[tile.kind].lerp_to_gamma(palette.basin_shade, dark as f32)
    };
    let pixels = mosaic.tiles.iter().enumerate().map(texel).collect();
    ColorImage::new([mosaic.side; 2], pixels)
}

/// What stands on the rim or at the corners.
fn ends(
    painter: &Painter,
    placed: &Placed,
    picture: &PortraitPicture,
    context: &PanelContext<'_>,
    around: f32,
) {
    let palette = Palette::of(&painter.ctx().global_style().visuals);
    let coloured = coloured(&picture.patterns, picture.plane.landmarks());
    for (landmark, at) in picture.plane.places() {
        let rect = placed.thumbnail(at, around);
        let place = landmark.pattern();
        let place = place.and_then(|pattern| coloured.iter().position(|it| *it == pattern));
        let color = place.map(Palette::basin);
        painter.rect_filled(rect, 3.0, palette.paper);
        match landmark {
            Landmark::Start(Start::Stored(pattern)) => {
                context.atlas.paint(painter, *pattern, rect.shrink(2.0));
            }
            Landmark::Held { name, .. } => letter(painter, rect, name, palette),
            Landmark::Start(Start::Unseen(_)) => letter(painter, rect, "new", palette),
            Landmark::Start(_) => letter(painter, rect, "?", palette),
        }
        let stroke = Stroke::new(2.0, color.unwrap_or(palette.weak));
        painter.rect_stroke(rect, 3.0, stroke, StrokeKind::Inside);
    }
}

fn letter(painter: &Painter, rect: Rect, text: &str, palette: &Palette) {
    let font = FontId::proportional(BODY);
    painter.text(
        rect.center(),
        Align2::CENTER_CENTER,
        text,
        font,
        palette.text,
    );
}

/// The names of large basins at their middles, so that nothing is told by colour alone.
fn names(
    painter: &Painter,
    placed: &Placed,
    mosaic: &Mosaic,
    middles: &[Option<[f64; 2]>],
    palette: &Palette,
) {
    let n_tiles = mosaic.n_tiles().max(1) as f64;
    for (about, middle) in mosaic.kinds.iter().zip(middles) {
        let is_large = about.count as f64 >= NAMED * n_tiles;
        if !is_large || !matches!(about.hue, Hue::Basin(_)) {
            continue;
        }
        let Some(middle) = *middle else {
            continue;
        };
        let (font, at) = (FontId::proportional(TITLE), placed.place(middle));
        let name = about.label.trim_start_matches('+');
        let shade = at + vec2(1.0, 1.0);
        let center = Align2::CENTER_CENTER;
        painter.text(shade, center, name, font.clone(), palette.basin_shade);
        painter.text(at, center, name, font, palette.on_basin);
    }
}

/// Where the cue stands, and the path of its recall up to the moment shown.
fn path(
    painter: &Painter,
    placed: &Placed,
    picture: &PortraitPicture,
    track: usize,
    context: &PanelContext<'_>,
) {
    let palette = Palette::of(&painter.ctx().global_style().visuals);
    let shown = context.session.tracks().get(track);
    let Some(recording) = shown.and_then(Track::recording) else {
        return;
    };
    // The picture of another world stays until the next one is there.
    let shown = picture.patterns.n_units();
    if shown != recording.cue().n_units()
        || picture.patterns.alphabet() != recording.cue().alphabet()
    {
        return;
    }
    let now = context.session.cursor_on(track);
    let step = now.div_ceil(MOMENTS).max(1);
    let mut moments: Vec<u64> = (0..now).step_by(step as usize).collect();
    moments.push(now);
    let portrait = picture.plane.portrait();
    let at = |state: &State| placed.place(portrait.place(state));
    let places: Vec<Pos2> = moments
        .iter()
        .map(|moment| at(&recording.state_at(*moment)))
        .collect();
    let ring = Stroke::new(2.0, palette.on_basin);
    let halo = Stroke::new(4.0, palette.basin_shade.gamma_multiply(0.6));
    for stroke in [halo, ring] {
        painter.extend(Shape::dashed_line(&places, stroke, 4.0, 3.0));
        painter.circle_stroke(places[0], 5.0, stroke);
    }
    if let Some(last) = places.last().filter(|_| now > 0) {
        painter.circle_filled(*last, 5.0, palette.on_basin);
        painter.circle_stroke(*last, 5.0, Stroke::new(1.0, palette.basin_shade));
    }
}
