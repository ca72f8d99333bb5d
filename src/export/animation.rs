//! A recall as a moving picture: GIF, or an archive of PNG files, a frame for some of its moments.
//!
//! Absent: which moments are shown ([`moments`](super::frames::moments) says), and sequences of letters, which have no
//! shades.

use super::frames::Shades;
use crate::engine::Error;
use crate::zip;
use gif::{Encoder, EncodingError, Frame, Repeat};

/// Pixels a side of one unit.
const MAGNIFIED: usize = 10;

/// Hundredths of a second that a frame is shown, and the last one.
const DELAY: u16 = 6;
const LAST: u16 = 200;

/// The bytes of a GIF file with a frame for each of `frames`, in order, over and over. Refused: no frames, and pictures
/// larger than the format has.
pub fn gif(frames: &[Shades]) -> Result<Vec<u8>, Error> {
    let refused = |why: &str| Error::System(format!("the recall cannot be a GIF: {why}"));
    let failed = |why: EncodingError| refused(&why.to_string());
    let first = frames
        .first()
        .ok_or_else(|| refused("nothing was recorded"))?;
    let [width, height] = first.size(MAGNIFIED);
    let side = |side: usize| u16::try_from(side).map_err(|_too_large| refused("it is too large"));
    let (width, height) = (side(width)?, side(height)?);
    // Black to white.
    let greys: Vec<u8> = (0..=u8::MAX).flat_map(|grey| [grey; 3]).collect();
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, width, height, &greys).map_err(failed)?;
    encoder.set_repeat(Repeat::Infinite).map_err(failed)?;
    for (index, shades) in frames.iter().enumerate() {
        let pixels = shades.magnified(MAGNIFIED);
        let mut frame = Frame::from_indexed_pixels(width, height, pixels, None);
        let is_last = index + 1 == frames.len();
        frame.delay = if is_last { LAST } else { DELAY };
        encoder.write_frame(&frame).map_err(failed)?;
    }
    drop(encoder);
    Ok(bytes)
}

/// The same frames as PNG files, `frame-000.png` and so on, side by side in a zip archive. Refused: no frames.
pub fn archive(frames: &[Shades]) -> Result<Vec<u8>, Error> {
    if frames.is_empty() {
        let why = "the recall has no frames: nothing was recorded".to_owned();
        return Err(Error::System(why));
    }
    let files = frames.iter().enumerate().map(|(index, shades)| {
        let name = format!("frame-{index:03}.png");
        (name, shades.png(MAGNIFIED))
    });
    zip::archive(files.collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::Grid;

    #[test]
    fn a_gif_has_a_frame_for_each_moment_and_its_pixels() {
        let frames = [[0, 255], [128, 255], [255, 0]];
        let shades = frames.map(|shades| Shades::new(Grid::new(1, 2), shades.to_vec()));
        let bytes = gif(&shades).expect("it is small");
        let mut options = gif::DecodeOptions::new();
        options.set_color_output(gif::ColorOutput::RGBA);
        let mut read = options.read_info(&bytes[..]).expect("it is a GIF");
        assert_eq!((read.width(), read.height()), (20, 10));
        let mut seen = Vec::new();
        while let Some(frame) = read.read_next_frame().expect("it is whole") {
            seen.push(([frame.buffer[0], frame.buffer[4 * 19]], frame.delay));
        }
        let delays = [DELAY, DELAY, LAST];
        let expected: Vec<_> = frames.into_iter().zip(delays).collect();
        assert_eq!(seen, expected);
        assert!(gif(&[]).is_err());
    }

    #[test]
    fn an_archive_has_a_picture_for_each_frame_of_the_gif() {
        let shades = [[0, 255], [255, 0]].map(|it| Shades::new(Grid::new(1, 2), it.to_vec()));
        let bytes = archive(&shades).expect("it is small");
        // What is stored as it is can be found as it is.
        for (index, shades) in shades.iter().enumerate() {
            let mut file = format!("frame-00{index}.png").into_bytes();
            file.extend(shades.png(MAGNIFIED));
            assert!(
                bytes.windows(file.len()).any(|part| part == file),
                "{index}"
            );
        }
        assert_eq!(
            bytes
                .windows(4)
                .filter(|part| part == b"PK\x01\x02")
                .count(),
            2
        );
        assert!(archive(&[]).is_err());
    }
}
