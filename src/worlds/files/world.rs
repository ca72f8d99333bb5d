//! The user's files as a world: which images are stored and which are held out.
//!
//! Of every class a share is held out: a seed shuffles each class once,
//! held-out images are taken from its front and stored ones from its back, so that a larger share leaves what is
//! stored in place as far as it can, and a larger number of patterns begins with a smaller one. A test set of the
//! files' own is held out. Absent: the reading of files ([`Reading`]).

use super::MAX_STORED;
use super::format::Format;
use super::pixels::Values;
use super::settings::{ABOUT, Files, N_SINGLE};
use super::{Images, Input, Reading, names};
use crate::engine::numbers::{count, count_of};
use crate::engine::rng::stream;
use crate::engine::{Error, Grid, Patterns};
use crate::worlds::Findings;
use crate::worlds::kind::{Example, Preparing, Stored, WorldInfo, WorldKind, WorldSettings};
use ndarray::Array2;
use rand::seq::SliceRandom as _;
use std::ops::Range;
use std::sync::Arc;

impl WorldSettings for Files {
    fn about(&self) -> &'static WorldInfo {
        &ABOUT
    }

    fn name(&self) -> &str {
        self.input.name()
    }

    fn n_patterns(&self) -> usize {
        self.n_patterns
    }

    fn grid(&self) -> Option<Grid> {
        None
    }

    fn input(&self) -> Option<&Arc<Input>> {
        Some(&self.input)
    }

    fn input_mut(&mut self) -> Option<&mut Arc<Input>> {
        Some(&mut self.input)
    }

    fn is_quick(&self) -> bool {
        false
    }

    fn threshold(&self) -> u8 {
        self.threshold.level
    }
}

impl Files {
    /// The images that may be stored of each chosen class, in storing order, and those of every class that are held
    /// out, both by index.
    fn piles(&self, images: &Images, seed: u64) -> Piles {
        let labels = images.labels();
        let n_classes = labels.map_or(1, |labels| labels.classes().len());
        let mut classes = vec![Vec::new(); n_classes];
        for index in 0..images.n_train() {
            classes[labels.map_or(0, |labels| labels.class(index))].push(index);
        }
        let mut piles = Piles::default();
        for (class, mut pile) in classes.into_iter().enumerate() {
            let name = labels.map_or("", |labels| &*labels.classes()[class]);
            pile.shuffle(&mut stream(seed, &format!("files {name}")));
            let mut stored = pile.split_off(self.n_held_out(images, pile.len()));
            stored.reverse();
            piles.held_out.push(pile);
            if self.is_chosen(images, class) {
                piles.stored.push(stored);
            }
        }
        piles
    }

    /// Images that are held out, by their place among them; fewer where there are no more.
    fn held_out(&self, images: &Images, seed: u64, places: Range<usize>) -> Vec<Example> {
        let example = |image: usize| Example {
            state: self.threshold.state(images, image),
            label: images.label(image).cloned(),
        };
        if images.n_train() < images.len() {
            let all = (images.n_train()..images.len()).skip(places.start);
            return all.take(places.len()).map(example).collect();
        }
        let piles = self.piles(images, seed).held_out;
        let all = deal(&piles).skip(places.start);
        all.take(places.len()).map(example).collect()
    }

    /// How many of a class of `count` images are held out.
    fn n_held_out(&self, images: &Images, count: usize) -> usize {
        if images.n_train() < images.len() {
            return 0;
        }
        count * usize::from(self.held_out) / 100
    }

    /// Whether patterns are drawn from the class at this place.
    fn is_chosen(&self, images: &Images, class: usize) -> bool {
        images.labels().is_none() || self.classes >> class.min(N_SINGLE) & 1 == 1
    }

    /// How many images each class has to store from, in order.
    fn class_sizes(images: &Images) -> Vec<usize> {
        match images.labels() {
            None => vec![images.n_train()],
            Some(labels) => {
                let mut sizes = vec![0; labels.classes().len()];
                (0..images.n_train()).for_each(|index| sizes[labels.class(index)] += 1);
                sizes
            }
        }
    }
}

/// Images by index, class by class.
#[derive(Default)]
struct Piles {
    stored: Vec<Vec<usize>>,
    held_out: Vec<Vec<usize>>,
}

/// Deals from one pile after the other in turn; a pile that is used up is passed over.
fn deal(piles: &[Vec<usize>]) -> impl Iterator<Item = usize> {
    let rounds = piles.iter().map(Vec::len).max().unwrap_or_default();
    (0..rounds)
        .flat_map(|round| piles.iter().filter_map(move |pile| pile.get(round)))
        .copied()
}

impl WorldKind for Files {
    type Data = Images;

    const SEEDED: bool = false;

    fn shares_data(&self, other: &Self) -> bool {
        self.input == other.input && self.how == other.how
    }

    fn prepare(&self, _seed: u64) -> Preparing<Images> {
        Box::new(Reading::new(Arc::clone(&self.input), self.how))
    }

    fn available(&self, images: &Images) -> usize {
        let sizes = Self::class_sizes(images).into_iter().enumerate();
        let chosen = sizes.filter(|(class, _)| self.is_chosen(images, *class));
        let stored: usize = chosen
            .map(|(_, size)| size - self.n_held_out(images, size))
            .sum();
        stored.min(MAX_STORED)
    }

    fn stored(&self, images: &Images, seed: u64) -> Result<Stored, Error> {
        let available = self.available(images);
        if self.n_patterns == 0 || self.n_patterns > available {
            return Err(Error::NotEnough {
                asked: format!("{} patterns", self.n_patterns),
                available: format!(
                    "{available} to store of the chosen classes in {}",
                    self.name()
                ),
            });
        }
        let piles = self.piles(images, seed);
        let origins: Vec<usize> = deal(&piles.stored).take(self.n_patterns).collect();
        let mut units = Vec::with_capacity(origins.len() * images.n_units());
        for index in &origins {
            units.extend(self.threshold.state(images, *index).units());
        }
        let rows = Array2::from_shape_vec((origins.len(), images.n_units()), units)
            .expect("every image has a pixel a unit");
        let labels = origins.iter().map(|index| images.label(*index).cloned());
        let patterns = Patterns::new(rows, images.grid(), labels.collect())?;
        Ok(Stored {
            patterns: patterns.into(),
            origins,
        })
    }

    fn n_unseen(&self, images: &Images) -> usize {
        if images.n_train() < images.len() {
            return images.len() - images.n_train();
        }
        let sizes = Self::class_sizes(images).into_iter();
        sizes.map(|size| self.n_held_out(images, size)).sum()
    }

    fn unseen(&self, images: &Images, seed: u64, index: usize) -> Result<Example, Error> {
        let found = self.held_out(images, seed, index..index + 1).pop();
        found.ok_or_else(|| Error::NotEnough {
            asked: format!("unseen image {index} (counted from 0)"),
            available: format!("{} that are held out", self.n_unseen(images)),
        })
    }

    fn first_unseen(
        &self,
        images: &Images,
        seed: u64,
        count: usize,
    ) -> Result<Vec<Example>, Error> {
        Ok(self.held_out(images, seed, 0..count))
    }

    fn offers(&self, images: &Images, key: &str) -> bool {
        let is_one = |format| {
            let files = self.input.files().iter();
            files
                .map(|file| Format::of(&file.bytes))
                .any(|it| it == format)
        };
        match key {
            "method" | "level" => images.values() == Values::Gray,
            "classes" => images
                .labels()
                .is_some_and(|labels| labels.classes().len() > 1),
            // A test set of the files' own is held out.
            "held-out" => images.n_train() == images.len(),
            "side" => is_one(Format::Picture),
            "labels" => is_one(Format::Text),
            _ => true,
        }
    }

    fn findings(&self, images: &Images) -> Findings {
        let grid = images.grid();
        let values = images.values().name();
        let mut said = vec![format!(
            "{} of {} × {}, {values}",
            count_of(images.len() as u64, "image"),
            grid.rows,
            grid.columns
        )];
        if images.n_train() < images.len() {
            let n_test = images.len() - images.n_train();
            said.push(format!(
                "{} of them are a test set, which is held out",
                count(n_test as u64)
            ));
        }
        if let Some(labels) = images.labels() {
            let classes = match labels.classes().len() {
                1 => "1 class".to_owned(),
                several => format!("{} classes", count(several as u64)),
            };
            let from = images.labels_from();
            let from = from.map_or_else(String::new, |name| {
                format!(", from {}", names::list(&[name]))
            });
            said.push(format!("Labels: {classes}{from}"));
        }
        Findings {
            said,
            remarks: images.remarks().to_vec(),
            left_out: [images.left_out(), self.input.unread()].concat(),
        }
    }
}

#[cfg(test)]
#[path = "world_tests.rs"]
mod tests;
