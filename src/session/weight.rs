//! What a recipe weighs in the history: its large parts, each shared with the recipes that were made from it.

use super::history::Weighed;
use crate::engine::LearningRule;
use crate::trial::{Recipe, Start};
use std::sync::Arc;

/// Bytes of one unit of a drawing, with its share of the tree that holds it.
const DRAWN_UNIT: usize = 24;

impl Weighed for Recipe {
    fn parts(&self) -> Vec<(usize, usize)> {
        let mut parts = Vec::new();
        if let Some(input) = self.world.input() {
            let files = input.files().iter();
            parts.extend(files.map(|file| (file.bytes.as_ptr().addr(), file.bytes.len())));
        }
        for track in &self.tracks {
            if let LearningRule::LoadedCouplings(loaded) = &track.rule {
                let n_units = loaded.couplings().n_units();
                let address = Arc::as_ptr(loaded.couplings()).addr();
                parts.push((address, n_units * n_units * size_of::<f32>()));
            }
        }
        for added in &self.added {
            parts.push((Arc::as_ptr(added).addr(), added.state.n_units()));
        }
        if let Start::Picture(picture) = &self.cue.start {
            parts.push((Arc::as_ptr(picture).addr(), picture.gray().len()));
        }
        for drawing in [&self.cue.drawn_below, &self.cue.drawn_above] {
            parts.push((Arc::as_ptr(drawing).addr(), DRAWN_UNIT * drawing.len()));
        }
        parts
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::Couplings;
    use crate::engine::learning::LoadedCouplings;
    use ndarray::Array2;

    #[test]
    fn copies_share_their_large_parts_and_edits_do_not() {
        let mut recipe = Recipe::default();
        let couplings = Couplings::new(Array2::zeros((100, 100)), 1.0).unwrap();
        let loaded = LoadedCouplings::new("J.npy", Arc::new(couplings));
        recipe.track_mut().rule = LearningRule::LoadedCouplings(loaded);
        recipe.cue.draw((0..50).map(|unit| (unit, true)));
        let mut copy = recipe.clone();
        assert_eq!(recipe.parts(), copy.parts());
        assert!(recipe.parts().iter().any(|part| part.1 == 40_000));
        copy.cue.draw([(50, true)]);
        let new = copy
            .parts()
            .into_iter()
            .filter(|part| !recipe.parts().contains(part));
        let new: Vec<usize> = new.map(|part| part.1).collect();
        assert_eq!(new, [51 * DRAWN_UNIT]);
    }
}
