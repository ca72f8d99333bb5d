//! Where patterns come from: the embedded MNIST digits, pictures and arrays that a user brings.
//!
//! Everything here takes bytes and gives patterns, states or arrays; whatever is wrong with the bytes is said in one
//! sentence that names the place. Absent: opening files (the edges do that), threads, clocks, the window, and any
//! randomness that does not come from a seed.

pub mod deskew;
pub mod digit_set;
pub mod digits;
pub mod files;
pub mod idx;
mod inflate;
pub mod mnist;
pub mod npy;
pub mod picture;
mod placing;

pub use digit_set::DigitSet;
pub use digits::GrayImages;
pub use mnist::{MAX_STORED, Mnist, Settings, Size, Stored};
pub use picture::{Ink, Picture};
