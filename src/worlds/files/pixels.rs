//! Gray values of many images in one piece, and what they are between them: ±1, 0/1 or gray, and how often which.
//!
//! Whole numbers from 0 to 255 stay bytes; one number that is anything else makes all of them single precision.
//! Absent: where one image ends and the next begins.

use super::odd_unit::OddUnit;
use super::otsu::otsu;
use crate::engine::Error;

/// What a survey looks at in one slice, in values: a few milliseconds' work.
const SLICE: usize = 1 << 20;

/// Gray values, one a pixel.
#[derive(Debug, Clone, PartialEq)]
pub enum Pixels {
    /// All whole from 0 to 255.
    Bytes(Vec<u8>),
    /// Any finite numbers.
    Reals(Vec<f32>),
}

impl Default for Pixels {
    fn default() -> Self {
        Self::Bytes(Vec::new())
    }
}

impl Pixels {
    /// How many there are.
    pub fn len(&self) -> usize {
        match self {
            Self::Bytes(bytes) => bytes.len(),
            Self::Reals(reals) => reals.len(),
        }
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The value at `place`.
    pub fn value(&self, place: usize) -> f32 {
        match self {
            Self::Bytes(bytes) => f32::from(bytes[place]),
            Self::Reals(reals) => reals[place],
        }
    }

    /// Adds a finite number.
    pub(super) fn push(&mut self, number: f32) {
        match self {
            Self::Bytes(bytes) => {
                let byte = number as u8;
                // Minus zero is zero here.
                if f32::from(byte) == number {
                    bytes.push(byte);
                } else {
                    let mut reals: Vec<f32> = bytes.iter().map(|byte| f32::from(*byte)).collect();
                    reals.push(number);
                    *self = Self::Reals(reals);
                }
            }
            Self::Reals(reals) => reals.push(number),
        }
    }

    /// Adds the values of `other` after these.
    pub(super) fn append(&mut self, other: Self) {
        match (&mut *self, other) {
            (Self::Bytes(bytes), Self::Bytes(more)) => bytes.extend(more),
            (_, more) => (0..more.len()).for_each(|place| self.push(more.value(place))),
        }
    }
}

/// What gray values are between them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Values {
    /// Only −1 and +1, both of them: nothing is left to threshold.
    Signs,
    /// Only 0 and 1, both of them: nothing is left to threshold.
    Bits,
    /// Anything else.
    Gray,
}

impl Values {
    /// In words.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Signs => "±1",
            Self::Bits => "0 and 1",
            Self::Gray => "gray",
        }
    }
}

/// Pixels and what is known of all of them together.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Surveyed {
    /// The values; ±1 and 0/1 both as bytes 0 and 1.
    pub(super) pixels: Pixels,
    /// What they are.
    pub(super) values: Values,
    /// The smallest and the largest; 0 and 255 for bytes.
    pub(super) range: (f32, f32),
    /// The level of Otsu's method over all of them.
    pub(super) otsu: f32,
    /// The unit whose values are of another scale than those of all others, if there is one.
    pub(super) odd_unit: Option<OddUnit>,
}

/// A survey of pixels under way, slice by slice: first their range, where it is not known, then how often which.
pub(super) struct Survey {
    pixels: Pixels,
    /// How many have been looked at in this pass.
    seen: usize,
    ranging: bool,
    range: (f32, f32),
    only_signs: bool,
    counts: [u64; 256],
    /// The largest size of a value of each unit.
    sizes: Vec<f32>,
}

impl Survey {
    /// Of images of `n_units` pixels each.
    pub(super) fn new(pixels: Pixels, n_units: usize) -> Self {
        let (ranging, range) = match &pixels {
            Pixels::Bytes(_) => (false, (0.0, 255.0)),
            Pixels::Reals(_) => (true, (f32::INFINITY, f32::NEG_INFINITY)),
        };
        Self {
            pixels,
            seen: 0,
            ranging,
            range,
            only_signs: ranging,
            counts: [0; 256],
            sizes: vec![0.0; n_units],
        }
    }

    /// How much is done, 0 to 1.
    pub(super) fn done(&self) -> f32 {
        let pass = self.seen as f32 / self.pixels.len().max(1) as f32;
        match (&self.pixels, self.ranging) {
            (Pixels::Bytes(_), _) => pass,
            (Pixels::Reals(_), true) => pass / 2.0,
            (Pixels::Reals(_), false) => 0.5 + pass / 2.0,
        }
    }

    /// Looks at a slice more; what was found, once all is seen. Refused: pixels that are all the same.
    pub(super) fn step(&mut self) -> Result<Option<Surveyed>, Error> {
        let n_units = self.sizes.len();
        let whole_images = (SLICE / n_units).max(1) * n_units;
        let end = (self.seen + whole_images).min(self.pixels.len());
        let slice = self.seen..end;
        match &self.pixels {
            Pixels::Bytes(bytes) => {
                count_bytes(&bytes[slice.clone()], &mut self.counts);
                for image in bytes[slice].chunks_exact(n_units) {
                    for (most, byte) in self.sizes.iter_mut().zip(image) {
                        *most = most.max(f32::from(*byte));
                    }
                }
            }
            Pixels::Reals(reals) if self.ranging => {
                for image in reals[slice.clone()].chunks_exact(n_units) {
                    for (most, real) in self.sizes.iter_mut().zip(image) {
                        *most = most.max(real.abs());
                    }
                }
                for real in &reals[slice] {
                    self.range = (self.range.0.min(*real), self.range.1.max(*real));
                    self.only_signs &= real.abs() == 1.0;
                }
            }
            Pixels::Reals(reals) => {
                for real in &reals[slice] {
                    self.counts[bin(*real, self.range)] += 1;
                }
            }
        }
        self.seen = end;
        if self.seen < self.pixels.len() {
            return Ok(None);
        }
        if self.ranging {
            (self.ranging, self.seen) = (false, 0);
            return Ok(None);
        }
        self.finish().map(Some)
    }

    fn finish(&mut self) -> Result<Surveyed, Error> {
        let range = self.range;
        let all: u64 = self.counts.iter().sum();
        let n_shades = self.counts.iter().filter(|count| **count > 0).count();
        if n_shades < 2 {
            return Err(Error::Format {
                expected: "patterns need at least two different values".to_owned(),
                found: format!("every pixel or cell holds {}", self.pixels.value(0)),
            });
        }
        let level = otsu(&self.counts);
        let odd_unit = OddUnit::among(&self.sizes);
        let pixels = std::mem::take(&mut self.pixels);
        Ok(match pixels {
            Pixels::Bytes(_) => Surveyed {
                pixels,
                values: if self.counts[0] + self.counts[1] == all {
                    Values::Bits
                } else {
                    Values::Gray
                },
                range,
                otsu: level,
                odd_unit,
            },
            Pixels::Reals(reals) if self.only_signs => Surveyed {
                pixels: Pixels::Bytes(reals.iter().map(|real| u8::from(*real > 0.0)).collect()),
                values: Values::Signs,
                range: (0.0, 255.0),
                otsu: 0.0,
                odd_unit: None,
            },
            reals @ Pixels::Reals(_) => Surveyed {
                pixels: reals,
                values: Values::Gray,
                range,
                otsu: edge(level + 1.0, range),
                odd_unit,
            },
        })
    }
}

/// Counts each byte; four counts side by side, since one after the other waits for itself where a shade is frequent.
fn count_bytes(bytes: &[u8], counts: &mut [u64; 256]) {
    let mut parts = [[0_u32; 256]; 4];
    for four in bytes.chunks(4) {
        for (part, byte) in parts.iter_mut().zip(four) {
            part[usize::from(*byte)] += 1;
        }
    }
    for part in &parts {
        for (count, more) in counts.iter_mut().zip(part) {
            *count += u64::from(*more);
        }
    }
}

/// The value at the lower edge of bin `bin` of 256 equal ones over the range.
pub(super) fn edge(bin: f32, (low, high): (f32, f32)) -> f32 {
    // In double precision, since the difference of two large numbers may be beyond single precision.
    let span = f64::from(high) - f64::from(low);
    (f64::from(low) + span * f64::from(bin) / 256.0) as f32
}

/// Which of 256 equal bins over the range holds the value; a value on an edge belongs to the lower bin.
fn bin(value: f32, (low, high): (f32, f32)) -> usize {
    let span = f64::from(high) - f64::from(low);
    let place = (f64::from(value) - f64::from(low)) / span * 256.0;
    (place.ceil() as usize).clamp(1, 256) - 1
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn pixels(numbers: &[f32]) -> Pixels {
        let mut pixels = Pixels::default();
        numbers.iter().for_each(|number| pixels.push(*number));
        pixels
    }

    fn survey(numbers: &[f32]) -> Result<Surveyed, Error> {
        let mut survey = Survey::new(pixels(numbers), 1);
        loop {
            if let Some(found) = survey.step()? {
                assert_eq!(survey.seen, numbers.len());
                return Ok(found);
            }
        }
    }

    #[test]
    fn whole_numbers_to_255_stay_bytes() {
        assert_eq!(pixels(&[0.0, -0.0, 255.0]), Pixels::Bytes(vec![0, 0, 255]));
        for odd in [256.0, -1.0, 0.5] {
            assert_eq!(pixels(&[3.0, odd, 4.0]), Pixels::Reals(vec![3.0, odd, 4.0]));
        }
        let mut both = pixels(&[1.0]);
        both.append(pixels(&[2.0]));
        assert_eq!(both, Pixels::Bytes(vec![1, 2]));
        both.append(pixels(&[0.5]));
        assert_eq!(both, Pixels::Reals(vec![1.0, 2.0, 0.5]));
    }

    #[test]
    fn signs_bits_and_gray_are_told_apart() {
        let signs = survey(&[-1.0, 1.0, -1.0]).unwrap();
        assert_eq!((signs.values, signs.otsu), (Values::Signs, 0.0));
        assert_eq!(signs.pixels, Pixels::Bytes(vec![0, 1, 0]));
        let bits = survey(&[0.0, 1.0]).unwrap();
        assert_eq!((bits.values, bits.otsu), (Values::Bits, 0.0));
        let gray = survey(&[0.0, 1.0, 2.0, 2.0]).unwrap();
        assert_eq!((gray.values, gray.range), (Values::Gray, (0.0, 255.0)));
        let real = survey(&[-1.0, 1.0, 3.0]).unwrap();
        assert_eq!((real.values, real.range), (Values::Gray, (-1.0, 3.0)));
        assert_eq!(
            survey(&[7.0, 7.0]).unwrap_err().to_string(),
            "patterns need at least two different values, but every pixel or cell holds 7"
        );
        assert!(survey(&[0.5; 3]).is_err() && survey(&[-1.0; 3]).is_err());
    }

    /// Two heaps, 0 to 0.1 and 0.9 to 1: any level between the two divides them as well, and Otsu's is in the middle.
    #[test]
    fn otsu_of_real_numbers_is_on_their_own_scale() {
        let numbers: Vec<f32> = (0..=10)
            .flat_map(|k| [k as f32 / 100.0, 1.0 - k as f32 / 100.0])
            .collect();
        let level = survey(&numbers).unwrap().otsu;
        assert!((level - 0.5).abs() < 0.01, "{level}");
        let huge: Vec<f32> = numbers.iter().map(|x| (x - 0.5) * 2.0 * 3e38).collect();
        let level = survey(&huge).unwrap().otsu;
        assert!(level.abs() < 6e36, "{level}");
    }

    #[test]
    fn edges_belong_to_the_lower_bin() {
        let range = (-1.0, 1.0);
        assert_eq!((bin(-1.0, range), bin(1.0, range)), (0, 255));
        assert_eq!((bin(0.0, range), bin(0.001, range)), (127, 128));
        assert_eq!(edge(128.0, range), 0.0);
    }

    proptest! {
        #[test]
        fn counts_do_not_depend_on_slices(bytes in proptest::collection::vec(any::<u8>(), 0..999)) {
            let mut counts = [0; 256];
            count_bytes(&bytes, &mut counts);
            let mut expected = [0; 256];
            bytes.iter().for_each(|byte| expected[usize::from(*byte)] += 1);
            prop_assert_eq!(counts, expected);
        }
    }
}
