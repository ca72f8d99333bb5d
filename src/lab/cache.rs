//! What several cells share: prepared worlds and learned memories, as many as fit into a bound.

use crate::engine::dynamics::Batch;
use crate::engine::patterns::Letters;
use crate::engine::{Error, Patterns};
use crate::trial::{self, Recipe};
use crate::worlds::Source;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// Bytes of memories that are kept, about.
pub const MAX_BYTES: usize = 1 << 30;

/// A network: where its patterns are from, and what was learned of them.
#[derive(Debug, Clone)]
pub(super) struct Network {
    pub(super) source: Arc<Source>,
    pub(super) patterns: Arc<Patterns>,
    pub(super) batch: Arc<Batch>,
}

/// What was prepared and learned so far; clones share it.
#[derive(Debug, Clone)]
pub struct Cache(Arc<Mutex<Kept>>);

#[derive(Debug)]
struct Kept {
    max_bytes: usize,
    sources: Vec<Arc<Source>>,
    /// The one used last at the end.
    networks: Vec<(Key, Result<Network, Error>)>,
}

/// What decides a network.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Key(String);

impl Key {
    pub(super) fn of(recipe: &Recipe) -> Self {
        let track = recipe.track();
        let (world, rule) = (recipe.world.notation(), track.rule.notation());
        Self(format!(
            "{} {world} {rule} {}",
            recipe.seed, track.alteration
        ))
    }
}

impl Default for Cache {
    fn default() -> Self {
        Self::holding(MAX_BYTES)
    }
}

impl Cache {
    /// One that keeps about so many bytes of memories.
    pub fn holding(max_bytes: usize) -> Self {
        Self(Arc::new(Mutex::new(Kept {
            max_bytes,
            sources: Vec::new(),
            networks: Vec::new(),
        })))
    }

    fn kept(&self) -> std::sync::MutexGuard<'_, Kept> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The network of `key`, if it is kept.
    pub(super) fn network(&self, key: &Key) -> Option<Result<Network, Error>> {
        let mut kept = self.kept();
        let place = kept.networks.iter().position(|(other, _)| other == key)?;
        let used = kept.networks.remove(place);
        let network = used.1.clone();
        kept.networks.push(used);
        Some(network)
    }

    /// Keeps a network, and forgets those used longest ago where there are too many.
    pub(super) fn keep(&self, key: Key, network: Result<Network, Error>) {
        let mut kept = self.kept();
        kept.networks.retain(|(other, _)| *other != key);
        kept.networks.push((key, network));
        let mut bytes: usize = kept
            .networks
            .iter()
            .map(|(_, network)| bytes(network))
            .sum();
        // What is in use is held by those who use it.
        while bytes > kept.max_bytes && !kept.networks.is_empty() {
            bytes -= self::bytes(&kept.networks.remove(0).1);
        }
    }

    /// The source of the recipe's world, prepared unless one that is kept serves; `cancelled` is looked at between two
    /// steps.
    pub(super) fn source(
        &self,
        recipe: &Recipe,
        cancelled: &AtomicBool,
    ) -> Result<Arc<Source>, Error> {
        let (world, seed) = (&recipe.world, recipe.seed);
        // Nothing is worked out while others wait for what is kept.
        let kept = self.kept().sources.clone();
        if let Some(source) = serving(&kept, recipe) {
            return Ok(source);
        }
        let goes_on = |_done| !cancelled.load(Ordering::Relaxed);
        let source = Arc::new(Source::prepare_while(world, seed, goes_on)?);
        let mut kept = self.kept();
        kept.sources.push(Arc::clone(&source));
        if kept.sources.len() > SOURCES {
            kept.sources.remove(0);
        }
        Ok(source)
    }
}

/// The source of the recipe's world by the data of one of `sources`.
pub(super) fn serving(sources: &[Arc<Source>], recipe: &Recipe) -> Option<Arc<Source>> {
    let mut sources = sources.iter();
    let serving = sources.find_map(|source| source.with(&recipe.world, recipe.seed));
    serving.map(Arc::new)
}

impl Network {
    /// Learns the patterns of `source` as `recipe` says; `cancelled` is looked at between two steps.
    pub(super) fn learn(
        recipe: &Recipe,
        source: Arc<Source>,
        cancelled: &AtomicBool,
    ) -> Result<Self, Error> {
        let patterns = source.stored()?.patterns;
        let track = recipe.track();
        track.rule.check(&patterns)?;
        let mut learner =
            trial::LearningRun::new(&track.rule, &patterns, recipe.seed, track.alteration)?;
        while learner.step() {
            if cancelled.load(Ordering::Relaxed) {
                return Err(Error::System("stopped".to_owned()));
            }
        }
        let learned = learner.learned()?;
        Ok(Self {
            source,
            patterns,
            batch: Arc::new(Batch::new(learned.memory)),
        })
    }
}

/// The most worlds that are kept.
const SOURCES: usize = 8;

/// About how large a network is.
fn bytes(network: &Result<Network, Error>) -> usize {
    let Ok(network) = network else { return 0 };
    let n_units = network.patterns.n_units();
    let letters = network
        .patterns
        .alphabet()
        .letters()
        .map_or(1, Letters::count);
    // Couplings, and packed again for batches.
    let couplings = n_units * n_units * letters * letters * 8;
    couplings + n_units * network.patterns.n_patterns() * 2
}
