//! Whether drivers could disagree about a pixel: what is drawn without smoothing, shifted by a hundredth of a pixel.
//!
//! A small sampler in place of a card. A driver may place a vertex a little off and round a texture's coordinate; so
//! no edge of a box may pass that near to the middle of a pixel, and no middle may lie that near to an edge between
//! two texels that differ. Absent: smooth shapes (lines, circles, letters), where a shift changes a shade a little.

use super::Window;
use eframe::egui::{self, Mesh, Shape, TextureId};

/// How far a driver may be off, in pixels.
const SHIFT: f32 = 0.01;

impl Window {
    /// What a shift by a hundredth of a pixel could change, in words; textures are those enlarged or reduced.
    pub(crate) fn unsharp(&self) -> Vec<String> {
        let ppp = self.harness.ctx.pixels_per_point();
        let mut faults = Vec::new();
        let output = self.harness.output();
        for clipped in &output.shapes {
            self.look_at(&clipped.shape, ppp, &mut faults);
        }
        faults
    }

    fn look_at(&self, shape: &Shape, ppp: f32, faults: &mut Vec<String>) {
        match shape {
            Shape::Vec(shapes) => {
                for shape in shapes {
                    self.look_at(shape, ppp, faults);
                }
            }
            Shape::Mesh(mesh) => {
                let loose = loose_edges(mesh, ppp);
                faults.extend(loose.into_iter().take(3));
                let id = mesh.texture_id;
                if id != TextureId::default() {
                    let textures = self.harness.ctx.tex_manager();
                    let textures = textures.read();
                    let size = textures.meta(id).expect("it is shown").size;
                    faults.extend(between_texels(mesh, size, ppp));
                }
            }
            _ => (),
        }
    }
}

/// Outer edges, upright or level, that pass near the middles of pixels.
fn loose_edges(mesh: &Mesh, ppp: f32) -> Vec<String> {
    let mut faults = Vec::new();
    let mut edges = Vec::new();
    for triangle in mesh.indices.chunks(3) {
        for (a, b) in [(0, 1), (1, 2), (2, 0)] {
            let ends = [triangle[a], triangle[b]];
            edges.push([ends[0].min(ends[1]), ends[0].max(ends[1])]);
        }
    }
    edges.sort_unstable();
    let shared = |edge: &[u32; 2]| {
        edges.partition_point(|other| other <= edge) - edges.partition_point(|other| other < edge)
            > 1
    };
    for edge in edges.iter().filter(|edge| !shared(edge)) {
        let [a, b] = edge.map(|vertex| mesh.vertices[vertex as usize].pos);
        for (from, to) in [(a.x, b.x), (a.y, b.y)] {
            if from == to && near(from * ppp - 0.5) {
                faults.push(format!("an edge from {a:?} to {b:?} halves pixels"));
            }
        }
    }
    faults
}

/// Pixels of a textured rectangle whose middles lie near an edge between texels, where there is more than one.
fn between_texels(mesh: &Mesh, texels: [usize; 2], ppp: f32) -> Option<String> {
    let (first, last) = (mesh.vertices.first()?, mesh.vertices.last()?);
    let (rect, uv) = (
        egui::Rect::from_two_pos(first.pos, last.pos),
        egui::Rect::from_two_pos(first.uv, last.uv),
    );
    let sides = [
        (rect.x_range(), uv.x_range(), texels[0]),
        (rect.y_range(), uv.y_range(), texels[1]),
    ];
    sides.into_iter().find_map(|(place, uv, texels)| {
        let (start, end) = (place.min * ppp, place.max * ppp);
        let per_pixel = uv.span() * texels as f32 / (end - start);
        let pixels = (start - 0.5).ceil() as usize..(end - 0.5).ceil() as usize;
        pixels.into_iter().find_map(|pixel| {
            let at = uv.min * texels as f32 + (pixel as f32 + 0.5 - start) * per_pixel;
            let inside = at > 0.5 && at < texels as f32 - 0.5;
            let apart = (at - at.round()).abs() / per_pixel;
            (inside && apart <= SHIFT).then(|| {
                format!("pixel {pixel} of {place:?} lies {apart} pixels from the edge of a texel")
            })
        })
    })
}

/// Whether `at` is nearly a whole number.
fn near(at: f32) -> bool {
    (at - at.round()).abs() <= SHIFT
}
