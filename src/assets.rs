//! Files that the program brings along: part of it or, on a page, fetched beside it, so that the page opens before they
//! are there.
//!
//! Absent: what the bytes mean, and fetching.

use crate::engine::Error;

/// One file.
#[derive(Debug)]
pub struct Asset {
    /// Where it lies, in the folder of the page.
    pub path: &'static str,
    #[cfg(not(target_arch = "wasm32"))]
    bytes: &'static [u8],
    #[cfg(target_arch = "wasm32")]
    bytes: std::sync::OnceLock<Result<Vec<u8>, String>>,
}

/// A file in `assets`.
macro_rules! asset {
    ($path:expr) => {
        Asset {
            path: $path,
            #[cfg(not(target_arch = "wasm32"))]
            bytes: include_bytes!(concat!("../assets/", $path)),
            #[cfg(target_arch = "wasm32")]
            bytes: std::sync::OnceLock::new(),
        }
    };
}

/// A font of the window's library.
macro_rules! letters {
    ($file:literal, $bytes:ident) => {
        Asset {
            path: concat!("fonts/", $file),
            #[cfg(not(target_arch = "wasm32"))]
            bytes: epaint_default_fonts::$bytes,
            #[cfg(target_arch = "wasm32")]
            bytes: std::sync::OnceLock::new(),
        }
    };
}

/// Letters of the window and of saved figures.
pub static UBUNTU: Asset = letters!("Ubuntu-Light.ttf", UBUNTU_LIGHT);
/// Letters of one width.
pub static FIXED_WIDTH: Asset = letters!("Hack-Regular.ttf", HACK_REGULAR);

/// Training images of MNIST, gzip-compressed IDX as the three after it.
pub static TRAIN_IMAGES: Asset = asset!("mnist/train-20k-images-idx3-ubyte.gz");
/// Their labels.
pub static TRAIN_LABELS: Asset = asset!("mnist/train-20k-labels-idx1-ubyte.gz");
/// Test images.
pub static TEST_IMAGES: Asset = asset!("mnist/t10k-images-idx3-ubyte.gz");
/// Their labels.
pub static TEST_LABELS: Asset = asset!("mnist/t10k-labels-idx1-ubyte.gz");

/// An alignment of rhomboid proteases, gzip-compressed FASTA.
pub static RHOMBOIDS: Asset = asset!("proteins/rhomboid.fasta.gz");
/// The structure of one of them, gzip-compressed PDB.
pub static STRUCTURE: Asset = asset!("proteins/2NRF.pdb.gz");

/// Pictures of the scenes of the gallery, PNG, in the order of [`SCENES`](crate::lessons::scenes::SCENES).
pub static GALLERY: [Asset; 16] = [
    asset!("gallery/restore.png"),
    asset!("gallery/blend.png"),
    asset!("gallery/overload.png"),
    asset!("gallery/draw.png"),
    asset!("gallery/negative.png"),
    asset!("gallery/dense.png"),
    asset!("gallery/heat.png"),
    asset!("gallery/protein.png"),
    asset!("gallery/wheel.png"),
    asset!("gallery/nearest.png"),
    asset!("gallery/cycle.png"),
    asset!("gallery/forgetting.png"),
    asset!("gallery/basins.png"),
    asset!("gallery/generalise.png"),
    asset!("gallery/census.png"),
    asset!("gallery/glass.png"),
];

impl Asset {
    /// Its bytes. Refused on a page that has not fetched them.
    #[cfg(not(target_arch = "wasm32"))]
    #[expect(clippy::unnecessary_wraps, reason = "a page may not have it")]
    pub fn bytes(&'static self) -> Result<&'static [u8], Error> {
        Ok(self.bytes)
    }

    /// Its bytes. Refused on a page that has not fetched them.
    #[cfg(target_arch = "wasm32")]
    pub fn bytes(&'static self) -> Result<&'static [u8], Error> {
        let why = match self.bytes.get() {
            Some(Ok(bytes)) => return Ok(bytes),
            Some(Err(why)) => why,
            None => "it is still on its way to this page",
        };
        Err(Error::System(why.to_owned()).in_source(self.path))
    }

    /// Whether it is still on its way to the page.
    #[cfg(not(target_arch = "wasm32"))]
    #[expect(clippy::unused_self, reason = "a page asks it")]
    pub const fn is_coming(&self) -> bool {
        false
    }

    /// Whether it is still on its way to the page.
    #[cfg(target_arch = "wasm32")]
    pub fn is_coming(&self) -> bool {
        self.bytes.get().is_none()
    }

    /// It was fetched, or cannot be, and why; only once.
    #[cfg(target_arch = "wasm32")]
    pub fn provide(&self, bytes: Result<Vec<u8>, String>) {
        let first = self.bytes.set(bytes);
        debug_assert!(first.is_ok(), "it is fetched once");
    }
}

/// A picture of the gallery by the name of its scene.
pub fn picture(name: &str) -> Option<&'static Asset> {
    GALLERY.iter().find(|asset| name_of(asset) == name)
}

/// The name of the scene of a picture of the gallery.
pub fn name_of(picture: &Asset) -> &'static str {
    let file = picture.path.rsplit('/').next().unwrap_or_default();
    file.strip_suffix(".png").unwrap_or(file)
}

#[cfg(target_arch = "wasm32")]
pub use page::{DIGITS, FACES, LATER, LETTERS};

/// What only a page has as files.
#[cfg(target_arch = "wasm32")]
mod page {
    use super::{
        Asset, RHOMBOIDS, STRUCTURE, TEST_IMAGES, TEST_LABELS, TRAIN_IMAGES, TRAIN_LABELS,
    };

    macro_rules! font {
        ($file:literal) => {
            Asset {
                path: concat!("fonts/", $file),
                bytes: std::sync::OnceLock::new(),
            }
        };
    }

    /// Letters that egui has on a desktop, besides the two above: names in egui, and their sizes among the others.
    pub static LETTERS: [(&str, f32, Asset); 3] = [
        ("egui-icons", 0.9, font!("egui-icons.ttf")),
        ("NotoEmoji-Regular", 0.81, font!("NotoEmoji-Regular.ttf")),
        ("emoji-icon-font", 0.9, font!("emoji-icon-font.ttf")),
    ];

    /// Faces of formulas, in the order of their names.
    pub static FACES: [Asset; 9] = [
        font!("KaTeX_AMS-Regular.ttf"),
        font!("KaTeX_Main-Bold.ttf"),
        font!("KaTeX_Main-Regular.ttf"),
        font!("KaTeX_Math-Italic.ttf"),
        font!("KaTeX_SansSerif-Regular.ttf"),
        font!("KaTeX_Size1-Regular.ttf"),
        font!("KaTeX_Size2-Regular.ttf"),
        font!("KaTeX_Size3-Regular.ttf"),
        font!("KaTeX_Size4-Regular.ttf"),
    ];

    /// The digits.
    pub static DIGITS: [&Asset; 4] = [&TRAIN_IMAGES, &TRAIN_LABELS, &TEST_IMAGES, &TEST_LABELS];

    /// What is wanted last, besides the gallery.
    pub static LATER: [&Asset; 2] = [&RHOMBOIDS, &STRUCTURE];
}
