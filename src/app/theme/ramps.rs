//! Colour ramps: signed numbers as blue–neutral–orange, numbers from 0 to 1 as one lightness ramp.
//!
//! Made in Oklch (Ottosson 2020), where equal steps look equal, and kept as tables, so that a heatmap of a million
//! values costs a look-up each.

use egui::Color32;

/// Steps on each side of zero.
const HALF: usize = 512;

/// The tables of one theme.
#[derive(Debug)]
pub struct Ramps {
    diverging: Vec<Color32>,
    sequential: Vec<Color32>,
}

impl Ramps {
    /// The tables that go with a dark or a light background.
    pub(super) fn new(dark: bool) -> Self {
        let steps = 0..=2 * HALF;
        let signed = |step: usize| (step as f32 - HALF as f32) / HALF as f32;
        Self {
            diverging: steps
                .clone()
                .map(|step| diverging(signed(step), dark))
                .collect(),
            sequential: steps
                .map(|step| sequential(step as f32 / (2 * HALF) as f32, dark))
                .collect(),
        }
    }

    /// See [`super::Palette::diverging`].
    pub fn diverging(&self, t: f32, missing: Color32) -> Color32 {
        look_up(&self.diverging, (t + 1.0) * HALF as f32, missing)
    }

    /// See [`super::Palette::sequential`].
    pub fn sequential(&self, t: f32, missing: Color32) -> Color32 {
        look_up(&self.sequential, t * (2 * HALF) as f32, missing)
    }
}

/// The entry nearest to `place`, clamped.
fn look_up(table: &[Color32], place: f32, missing: Color32) -> Color32 {
    if place.is_nan() {
        return missing;
    }
    table[((place + 0.5).max(0.0) as usize).min(table.len() - 1)]
}

/// Hues in degrees and the greatest chroma of the two signs.
const BLUE: (f32, f32) = (252.0, 0.15);
const ORANGE: (f32, f32) = (62.0, 0.16);

/// Lightness runs from the background's to the sign's; chroma follows a little faster, so that faint values have hue.
fn diverging(t: f32, dark: bool) -> Color32 {
    let (neutral, end) = if dark { (0.22, 0.78) } else { (0.975, 0.52) };
    let strength = t.abs();
    let (hue, chroma) = if t < 0.0 { BLUE } else { ORANGE };
    oklch(
        neutral + (end - neutral) * strength,
        chroma * strength.powf(0.8),
        hue,
    )
}

/// A straight line in Oklab between dark blue and pale yellow, as cividis has it.
fn sequential(t: f32, dark: bool) -> Color32 {
    let t = if dark { t } else { 1.0 - t };
    let from = lab(0.23, 0.06, 265.0);
    let to = lab(0.94, 0.11, 98.0);
    let mixed = std::array::from_fn(|axis| from[axis] + (to[axis] - from[axis]) * t);
    opaque(mixed)
}

/// Lightness, chroma and hue in degrees as Oklab.
fn lab(lightness: f32, chroma: f32, hue: f32) -> [f32; 3] {
    let (sin, cos) = hue.to_radians().sin_cos();
    [lightness, chroma * cos, chroma * sin]
}

/// The colour, with as much of its chroma as a screen can show: lightness is never given up.
fn oklch(lightness: f32, chroma: f32, hue: f32) -> Color32 {
    let shown = (0..=40)
        .map(|step| lab(lightness, chroma * (1.0 - step as f32 / 40.0), hue))
        .find(|lab| {
            linear(*lab)
                .iter()
                .all(|part| (-0.001..=1.001).contains(part))
        });
    opaque(shown.unwrap_or([lightness, 0.0, 0.0]))
}

/// Oklab to linear sRGB, with Ottosson's matrices.
fn linear([l, a, b]: [f32; 3]) -> [f32; 3] {
    let long = (l + 0.396_337_78 * a + 0.215_803_76 * b).powi(3);
    let middle = (l - 0.105_561_346 * a - 0.063_854_17 * b).powi(3);
    let short = (l - 0.089_484_18 * a - 1.291_485_5 * b).powi(3);
    [
        4.076_741_7 * long - 3.307_711_6 * middle + 0.230_969_94 * short,
        -1.268_438 * long + 2.609_757_4 * middle - 0.341_319_38 * short,
        -0.004_196_086 * long - 0.703_418_6 * middle + 1.707_614_7 * short,
    ]
}

/// Oklab to an opaque colour.
fn opaque(lab: [f32; 3]) -> Color32 {
    let [r, g, b] = linear(lab).map(|part| {
        let part = part.clamp(0.0, 1.0);
        let curved = if part <= 0.003_130_8 {
            12.92 * part
        } else {
            1.055 * part.powf(1.0 / 2.4) - 0.055
        };
        (curved * 255.0).round() as u8
    });
    Color32::from_rgb(r, g, b)
}

/// Linear red, green and blue of a colour, 0 to 1 each.
#[cfg(test)]
pub(super) fn linear_of(color: Color32) -> [f32; 3] {
    let [r, g, b, _] = color.to_array().map(|part| {
        let part = f32::from(part) / 255.0;
        if part <= 0.04045 {
            part / 12.92
        } else {
            ((part + 0.055) / 1.055).powf(2.4)
        }
    });
    [r, g, b]
}

/// Linear sRGB to Oklab, with Ottosson's matrices.
#[cfg(test)]
pub(super) fn oklab_of([r, g, b]: [f32; 3]) -> [f32; 3] {
    let long = (0.412_221_46 * r + 0.536_332_55 * g + 0.051_445_995 * b).cbrt();
    let middle = (0.211_903_5 * r + 0.680_699_5 * g + 0.107_396_96 * b).cbrt();
    let short = (0.088_302_46 * r + 0.281_718_85 * g + 0.629_978_7 * b).cbrt();
    [
        0.210_454_26 * long + 0.793_617_8 * middle - 0.004_072_047 * short,
        1.977_998_5 * long - 2.428_592_2 * middle + 0.450_593_7 * short,
        0.025_904_037 * long + 0.782_771_77 * middle - 0.808_675_77 * short,
    ]
}

/// Relative luminance after WCAG 2.
#[cfg(test)]
pub(super) fn luminance(color: Color32) -> f32 {
    let [r, g, b] = linear_of(color);
    0.2126 * r + 0.7152 * g + 0.0722 * b
}

/// Contrast ratio after WCAG 2, from 1 to 21.
#[cfg(test)]
pub(super) fn contrast(a: Color32, b: Color32) -> f32 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

#[cfg(test)]
mod tests {
    use super::*;

    const MISSING: Color32 = Color32::TRANSPARENT;

    #[test]
    fn lightness_moves_one_way_from_zero_on_both_sides() {
        for (dark, direction) in [(true, 1.0), (false, -1.0)] {
            let ramps = Ramps::new(dark);
            for sign in [-1.0, 1.0] {
                let along: Vec<f32> = (0..=64)
                    .map(|step| luminance(ramps.diverging(sign * step as f32 / 64.0, MISSING)))
                    .collect();
                assert!(
                    along
                        .windows(2)
                        .all(|pair| (pair[1] - pair[0]) * direction > 0.0)
                );
            }
        }
    }

    #[test]
    fn both_signs_are_equally_strong() {
        for dark in [true, false] {
            let ramps = Ramps::new(dark);
            for step in 0..=16 {
                let t = step as f32 / 16.0;
                let (minus, plus) = (ramps.diverging(-t, MISSING), ramps.diverging(t, MISSING));
                assert!(contrast(minus, plus) < 1.25, "{t}: {minus:?} {plus:?}");
            }
        }
    }

    #[test]
    fn ends_are_blue_and_orange_and_what_is_outside_is_clamped() {
        let ramps = Ramps::new(true);
        let (minus, plus) = (
            ramps.diverging(-1.0, MISSING),
            ramps.diverging(1.0, MISSING),
        );
        assert!(minus.b() > minus.r() && plus.r() > plus.b());
        assert_eq!(ramps.diverging(-7.0, MISSING), minus);
        assert_eq!(ramps.diverging(f32::INFINITY, MISSING), plus);
        assert_eq!(ramps.diverging(f32::NAN, MISSING), MISSING);
        assert_eq!(
            ramps.sequential(3.0, MISSING),
            ramps.sequential(1.0, MISSING)
        );
    }

    #[test]
    fn sequential_lightness_moves_one_way() {
        for (dark, direction) in [(true, 1.0), (false, -1.0)] {
            let ramps = Ramps::new(dark);
            let along: Vec<f32> = (0..=64)
                .map(|step| luminance(ramps.sequential(step as f32 / 64.0, MISSING)))
                .collect();
            assert!(
                along
                    .windows(2)
                    .all(|pair| (pair[1] - pair[0]) * direction > 0.0)
            );
        }
    }
}
