//! Pixel edges: what is drawn without smoothing stands on them, so that every graphics driver fills the same pixels.
//!
//! A driver places a vertex to about a hundredth of a pixel. Where an edge passes through the middle of a pixel, or a
//! texture's texel ends there, that hundredth decides what is seen; so edges are put between pixels here, and
//! textures that would not fit a whole number of pixels to a texel are made with one texel to each pixel.
//! Absent: what smooth shapes need (lines, circles, letters: egui's own), and the screen.

use egui::{Color32, ColorImage, Mesh, Pos2, Rect, Vec2, pos2};

/// The part of a texture that is all of it.
pub(super) const WHOLE: Rect = Rect {
    min: Pos2::ZERO,
    max: pos2(1.0, 1.0),
};

/// `at` on the nearest edge between pixels; from the middle of a pixel it goes up and left, as drivers fill.
fn edge(at: f32, pixels_per_point: f32) -> f32 {
    (at * pixels_per_point - 0.5).ceil() / pixels_per_point
}

/// `rect` with all four sides between pixels.
pub(super) fn snapped(rect: Rect, pixels_per_point: f32) -> Rect {
    let corner = |at: Pos2| pos2(edge(at.x, pixels_per_point), edge(at.y, pixels_per_point));
    Rect::from_min_max(corner(rect.min), corner(rect.max))
}

/// `rect` moved so that its corner stands between pixels; of a whole number of pixels each way.
pub(super) fn placed(rect: Rect, pixels_per_point: f32) -> Rect {
    let corner = snapped(rect, pixels_per_point).min;
    let size = (rect.size() * pixels_per_point).round() / pixels_per_point;
    Rect::from_min_size(corner, size)
}

/// Width and height of `rect` in pixels, at least one each.
pub(super) fn count(rect: Rect, pixels_per_point: f32) -> [usize; 2] {
    let size = (rect.size() * pixels_per_point).round();
    [size.x, size.y].map(|side| side.max(1.0) as usize)
}

/// Adds a box that stands on pixel edges and is at least a pixel wide and high.
pub(super) fn add_box(mesh: &mut Mesh, rect: Rect, color: Color32, pixels_per_point: f32) {
    let mut rect = snapped(rect, pixels_per_point);
    rect.max = rect.max.max(rect.min + Vec2::splat(1.0 / pixels_per_point));
    mesh.add_colored_rect(rect, color);
}

/// What is seen of texels: one to each pixel, line by line. `visible` is the part in sight, as fractions of the whole.
///
/// Enlarged, a pixel takes the texel at its middle; reduced, it mixes the four around it. `texel` gives the one in a
/// column and a row, `mix` goes from the first (at 0) to the second (at 1).
pub(super) fn sampled<T: Copy>(
    size: [usize; 2],
    texel: impl Fn(usize, usize) -> T,
    mix: impl Fn(T, T, f32) -> T,
    visible: Rect,
    pixels: [usize; 2],
) -> Vec<T> {
    let across = places(size[0], visible.left(), visible.width(), pixels[0]);
    let down = places(size[1], visible.top(), visible.height(), pixels[1]);
    let mut samples = Vec::with_capacity(pixels[0] * pixels[1]);
    for row in &down {
        samples.extend(across.iter().map(|column| {
            let line = |y: usize| match column.part {
                0.0 => texel(column.texel, y),
                part => mix(texel(column.texel, y), texel(column.next, y), part),
            };
            match row.part {
                0.0 => line(row.texel),
                part => mix(line(row.texel), line(row.next), part),
            }
        }));
    }
    samples
}

/// The number between two; where one of them is none, the nearer.
pub(super) fn between(a: f32, b: f32, part: f32) -> f32 {
    match part < 0.5 {
        _ if !(a.is_nan() || b.is_nan()) => a + part * (b - a),
        true => a,
        false => b,
    }
}

/// A whole picture with one texel to each pixel.
pub(super) fn fitted(image: &ColorImage, pixels: [usize; 2]) -> ColorImage {
    let texel = |x: usize, y: usize| image.pixels[y * image.size[0] + x];
    let mix = |a: Color32, b: Color32, part: f32| a.lerp_to_gamma(b, part);
    let whole = WHOLE;
    ColorImage::new(pixels, sampled(image.size, texel, mix, whole, pixels))
}

/// What a pixel shows along one side: a texel, and so much of the next.
struct Place {
    texel: usize,
    next: usize,
    part: f32,
}

/// The places of all pixels along a side of which the part from `from`, `width` wide, is in sight.
fn places(texels: usize, from: f32, width: f32, pixels: usize) -> Vec<Place> {
    let per_pixel = f64::from(width) * texels as f64 / pixels as f64;
    let last = texels.saturating_sub(1);
    let middle = |pixel: usize| f64::from(from) * texels as f64 + (pixel as f64 + 0.5) * per_pixel;
    let place = |pixel: usize| {
        let reduced = per_pixel > 1.0;
        let at = middle(pixel) - if reduced { 0.5 } else { 0.0 };
        let at = at.clamp(0.0, last as f64 + 0.5);
        let texel = (at as usize).min(last);
        Place {
            texel,
            next: (texel + 1).min(last),
            part: if reduced {
                (at - texel as f64) as f32
            } else {
                0.0
            },
        }
    };
    (0..pixels).map(place).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use egui::vec2;

    #[test]
    fn edges_stand_between_pixels() {
        let rect = Rect::from_min_max(pos2(0.5, 1.49), pos2(2.51, 3.5));
        let sides = |rect: Rect| [rect.left(), rect.top(), rect.right(), rect.bottom()];
        assert_eq!(sides(snapped(rect, 1.0)), [0.0, 1.0, 3.0, 3.0]);
        assert_eq!(sides(snapped(rect, 2.0)), [0.5, 1.5, 2.5, 3.5]);
        let moved = placed(Rect::from_min_size(pos2(0.5, 0.5), vec2(3.0, 5.0)), 1.0);
        assert_eq!(moved, Rect::from_min_size(pos2(0.0, 0.0), vec2(3.0, 5.0)));
        assert_eq!(count(moved, 1.5), [5, 8]);
        let mut mesh = Mesh::default();
        add_box(
            &mut mesh,
            Rect::from_min_size(pos2(3.6, 0.0), vec2(0.2, 2.0)),
            Color32::WHITE,
            1.0,
        );
        assert_eq!(
            mesh.calc_bounds(),
            Rect::from_min_max(pos2(4.0, 0.0), pos2(5.0, 2.0))
        );
    }

    fn row(texels: &[f32], visible: [f32; 2], pixels: usize) -> Vec<f32> {
        let visible = Rect::from_min_max(pos2(visible[0], 0.0), pos2(visible[1], 1.0));
        let size = [texels.len(), 1];
        sampled(size, |x, _| texels[x], between, visible, [pixels, 1])
    }

    #[test]
    fn enlarged_texels_stay_crisp() {
        let all = [0.0, 1.0];
        assert_eq!(row(&[1.0, 2.0], all, 6), [1.0, 1.0, 1.0, 2.0, 2.0, 2.0]);
        let middle = row(&[1.0, 2.0, 3.0, 4.0], [0.25, 0.75], 4);
        assert_eq!(middle, [2.0, 2.0, 3.0, 3.0]);
        let image = ColorImage::new([2, 1], vec![Color32::BLACK, Color32::WHITE]);
        let large = fitted(&image, [3, 2]);
        let expected = [Color32::BLACK, Color32::WHITE, Color32::WHITE].repeat(2);
        assert_eq!((large.size, large.pixels), ([3, 2], expected));
    }

    #[test]
    fn reduced_texels_are_mixed_but_not_with_gaps() {
        let all = [0.0, 1.0];
        assert_eq!(row(&[1.0, 2.0, 3.0, 4.0], all, 2), [1.5, 3.5]);
        assert_eq!(row(&[1.0, 2.0, 3.0, 4.0], all, 3).len(), 3);
        assert!(row(&[1.0, f32::NAN, 3.0, 4.0], all, 2)[0].is_nan());
        assert_eq!(between(1.0, f32::NAN, 0.4), 1.0);
    }
}
