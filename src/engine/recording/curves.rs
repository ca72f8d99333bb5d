//! What charts are drawn from: samples at evenly spaced moments, never more than a few hundred.

/// Most samples of overlaps kept for the curves; beyond, every other one is dropped.
pub(super) const MAX_SAMPLES: usize = 256;

/// Most overlaps kept, of all samples together: 32 MiB. Of very many patterns there are fewer samples.
const MAX_OVERLAPS: usize = 1 << 23;

/// Fewest samples that are kept, however many patterns there are.
const FEW_SAMPLES: usize = 32;

/// Overlaps at evenly spaced moments, thinned so that they never grow past a few hundred.
#[derive(Debug, Clone, Default)]
pub struct RecordedCurves {
    /// Moments, in updates.
    pub updates: Vec<u64>,
    /// Overlaps with all patterns at each moment, P to a moment.
    pub overlaps: Vec<f32>,
    /// The energy at each moment, where there is one; else empty.
    pub energies: Vec<f64>,
    /// [Mean local stability](crate::engine::Memory::stability) at each moment, where there is no energy; else empty.
    pub stabilities: Vec<f64>,
    /// Updates between two samples.
    stride: u64,
    /// When the next sample is due.
    next: u64,
}

impl RecordedCurves {
    /// None yet; the first is due at the first moment, and the next ones every `stride` updates.
    pub(super) fn every(stride: u64) -> Self {
        Self {
            stride,
            ..Self::default()
        }
    }

    /// Whether a sample is due at `update`.
    pub(super) fn is_due(&self, update: u64) -> bool {
        update == self.next
    }

    /// Takes in the overlaps with all patterns at `update` and the energy or, where there is none, the stability.
    pub(super) fn push(
        &mut self,
        update: u64,
        overlaps: impl ExactSizeIterator<Item = f32>,
        energy: Option<f64>,
        stability: Option<f64>,
    ) {
        let n_patterns = overlaps.len();
        self.updates.push(update);
        self.overlaps.extend(overlaps);
        self.energies.extend(energy);
        self.stabilities.extend(stability);
        let most = (MAX_OVERLAPS / n_patterns.max(1)).clamp(FEW_SAMPLES, MAX_SAMPLES);
        if self.updates.len() > most {
            self.thin(n_patterns);
        }
        self.next = (update / self.stride + 1) * self.stride;
    }

    /// Drops every other sample and doubles the spacing.
    fn thin(&mut self, n_patterns: usize) {
        let keep = |index: usize| index.is_multiple_of(2);
        retain_by_index(&mut self.updates, keep);
        retain_by_index(&mut self.energies, keep);
        retain_by_index(&mut self.stabilities, keep);
        retain_by_index(&mut self.overlaps, |index| keep(index / n_patterns));
        self.stride *= 2;
    }

    /// Bytes that they take.
    pub(super) fn bytes(&self) -> usize {
        let doubles = self.energies.capacity() + self.stabilities.capacity();
        8 * (self.updates.capacity() + doubles) + 4 * self.overlaps.capacity()
    }

    /// The overlaps of `pattern` at all moments.
    pub fn overlaps_of(&self, pattern: usize) -> impl Iterator<Item = f32> {
        let n_patterns = self.overlaps.len() / self.updates.len();
        self.overlaps
            .iter()
            .skip(pattern)
            .step_by(n_patterns)
            .copied()
    }
}

fn retain_by_index<T>(values: &mut Vec<T>, keep: impl Fn(usize) -> bool) {
    let mut index = 0;
    values.retain(|_| {
        index += 1;
        keep(index - 1)
    });
}
