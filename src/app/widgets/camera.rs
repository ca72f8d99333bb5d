//! Which part of a sheet is in sight: zoom about a point, pan, and back.
//!
//! Absent: pixels and input. All positions are fractions: of the view (0 to 1 across what is seen) or of the sheet.

use egui::{Pos2, Rect, Vec2};

/// The part of a sheet that fills the view.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Camera {
    /// Top left corner, as a fraction of the sheet.
    corner: Pos2,
    /// How many times larger than the whole sheet, from 1.
    zoom: f32,
}

impl Default for Camera {
    fn default() -> Self {
        Self {
            corner: Pos2::ZERO,
            zoom: 1.0,
        }
    }
}

impl Camera {
    /// How many times larger than the whole sheet.
    pub const fn zoom(self) -> f32 {
        self.zoom
    }

    /// The part in sight, as fractions of the sheet.
    pub fn visible(self) -> Rect {
        Rect::from_min_size(self.corner, Vec2::splat(1.0 / self.zoom))
    }

    /// Zooms by `factor` so that what lies under `about`, a place in the view, stays there; at most `largest` times.
    #[must_use]
    pub fn zoomed(self, about: Pos2, factor: f32, largest: f32) -> Self {
        let zoom = (self.zoom * factor).clamp(1.0, largest.max(1.0));
        let fixed = self.sheet_from_view(about);
        Self {
            corner: fixed - about.to_vec2() / zoom,
            zoom,
        }
        .kept_inside()
    }

    /// Moves what is seen along with a pointer that moved by `delta`, a fraction of the view.
    #[must_use]
    pub fn panned(self, delta: Vec2) -> Self {
        Self {
            corner: self.corner - delta / self.zoom,
            ..self
        }
        .kept_inside()
    }

    /// Where a place in the view lies on the sheet.
    pub fn sheet_from_view(self, place: Pos2) -> Pos2 {
        self.corner + place.to_vec2() / self.zoom
    }

    /// Where a place on the sheet lies in the view; outside 0 to 1 if out of sight.
    pub fn view_from_sheet(self, place: Pos2) -> Pos2 {
        ((place - self.corner) * self.zoom).to_pos2()
    }

    /// Never looks past the edges.
    fn kept_inside(self) -> Self {
        let most = 1.0 - 1.0 / self.zoom;
        let corner = self
            .corner
            .clamp(Pos2::ZERO, Pos2::new(most.max(0.0), most.max(0.0)));
        Self { corner, ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use egui::{pos2, vec2};

    #[test]
    fn what_is_under_the_pointer_stays_there() {
        let about = pos2(0.3, 0.8);
        let before = Camera::default().zoomed(pos2(0.5, 0.5), 3.0, 100.0);
        let after = before.zoomed(about, 1.7, 100.0);
        let moved = before.sheet_from_view(about) - after.sheet_from_view(about);
        assert!(moved.length() < 1e-6, "{moved:?}");
        assert!((after.zoom() - 5.1).abs() < 1e-5);
    }

    #[test]
    fn it_never_looks_past_the_edges() {
        let camera = Camera::default().zoomed(pos2(0.0, 0.0), 4.0, 100.0);
        assert_eq!(camera.panned(vec2(9.0, 9.0)).visible().min, Pos2::ZERO);
        assert_eq!(
            camera.panned(vec2(-9.0, -9.0)).visible().max,
            pos2(1.0, 1.0)
        );
        assert_eq!(Camera::default().panned(vec2(0.4, 0.1)), Camera::default());
        assert_eq!(
            camera.zoomed(pos2(0.7, 0.2), 1e-3, 100.0),
            Camera::default()
        );
        assert_eq!(camera.zoomed(pos2(0.7, 0.2), 1e9, 100.0).zoom(), 100.0);
    }

    #[test]
    fn there_and_back() {
        let camera = Camera::default().zoomed(pos2(0.9, 0.1), 7.0, 100.0);
        let place = pos2(0.25, 0.75);
        let back = camera.view_from_sheet(camera.sheet_from_view(place));
        assert!((back - place).length() < 1e-5);
    }
}
