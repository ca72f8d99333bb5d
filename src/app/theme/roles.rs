//! Colours of what figures show: roles of curves, and what starts end in.

use super::Palette;
use crate::figures::{Hue, Role, basin_color};
use egui::Color32;

impl Palette {
    /// The colour of a role in a figure.
    pub fn role(&self, role: Role) -> Color32 {
        match role {
            Role::Blue => self.blue,
            Role::Orange => self.orange,
            Role::Strong => self.strong,
            Role::Weak => self.weak,
            Role::Faint => self.weak.gamma_multiply(0.45),
            Role::End(hue) => self.hue(hue),
        }
    }

    /// The colour of what a start ends in.
    pub fn hue(&self, hue: Hue) -> Color32 {
        match hue {
            Hue::Basin(place) => Self::basin(place),
            Hue::OtherStored => self.other_ends[0],
            Hue::Negative => self.other_ends[1],
            Hue::Spurious => self.other_ends[2],
            Hue::Unsettled => self.window,
        }
    }

    /// The colour of a basin, by its place on a rim.
    pub fn basin(place: usize) -> Color32 {
        let [red, green, blue] = basin_color(place);
        Color32::from_rgb(red, green, blue)
    }
}
