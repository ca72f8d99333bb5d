//! Figures as SVG: text that can be searched and edited, axes with round ticks, lines, bands, bars, points.
//!
//! Absent: fonts; the viewer has them. Places are written to a hundredth of a point, which nobody sees.

use super::drawing::drawing;
use super::items::{Anchor, Color, Dashes, FRAME, Item, SIZE, Text, Turned};
use crate::figures::Figure;
use crate::figures::markup::escaped;
use std::fmt::Write as _;

/// The whole picture.
pub fn svg(figure: &Figure) -> String {
    let page = drawing(figure);
    let [width, height] = SIZE;
    let [left, top, right, bottom] = FRAME;
    let mut text = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" \
         height=\"{height}\" font-family=\"Ubuntu, 'DejaVu Sans', Arial, sans-serif\">\n\
         <title>{}</title>\n<rect width=\"{width}\" height=\"{height}\" fill=\"#ffffff\"/>\n\
         <clipPath id=\"axes\"><rect x=\"{left}\" y=\"{top}\" width=\"{}\" height=\"{}\"/></clipPath>\n",
        escaped(&figure.title),
        right - left,
        bottom - top
    );
    page.axes.iter().for_each(|item| add(&mut text, item));
    text += "<g clip-path=\"url(#axes)\">\n";
    page.inside.iter().for_each(|item| add(&mut text, item));
    text += "</g>\n";
    page.words.iter().for_each(|item| add(&mut text, item));
    text + "</svg>\n"
}

/// Adds an item on a line of its own.
fn add(text: &mut String, item: &Item) {
    let written = match item {
        Item::Line {
            points,
            color,
            width,
            dashes,
        } => writeln!(
            text,
            "<polyline points=\"{}\" fill=\"none\" stroke=\"{}\" stroke-width=\"{}\" stroke-linejoin=\"round\"{}/>",
            places(points),
            hexadecimal(*color),
            two(*width),
            dashed(*dashes)
        ),
        Item::Area {
            points,
            color,
            opacity,
        } => writeln!(
            text,
            "<polygon points=\"{}\" fill=\"{}\" fill-opacity=\"{opacity}\"/>",
            places(points),
            hexadecimal(*color)
        ),
        Item::Disc {
            middle: [x, y],
            radius,
            color,
        } => writeln!(
            text,
            "<circle cx=\"{}\" cy=\"{}\" r=\"{}\" fill=\"{}\"/>",
            two(*x),
            two(*y),
            two(*radius),
            hexadecimal(*color)
        ),
        Item::Picture {
            corner: [x, y],
            size: [width, height],
            raster,
        } => {
            // Squares stay sharp; what is reduced is blended.
            let is_enlarged = raster.columns as f64 <= 2.0 * width;
            let how = if is_enlarged { "pixelated" } else { "auto" };
            writeln!(
                text,
                "<image x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" preserveAspectRatio=\"none\" \
                 style=\"image-rendering:{how}\" href=\"{}\"/>",
                two(*x),
                two(*y),
                two(*width),
                two(*height),
                raster.data_url()
            )
        }
        Item::Text(words) if words.said.is_empty() => Ok(()),
        Item::Text(words) => writeln!(text, "{}", letters(words)),
    };
    written.expect("strings take all text");
}

fn letters(text: &Text) -> String {
    let [x, y] = text.place.map(two);
    let anchor = match text.anchor {
        Anchor::Start => "start",
        Anchor::Middle => "middle",
        Anchor::End => "end",
    };
    let place = match text.turned {
        Turned::Not => format!("x=\"{x}\" y=\"{y}\""),
        Turned::Quarter => format!("transform=\"translate({x} {y}) rotate(-90)\""),
    };
    format!(
        "<text {place} text-anchor=\"{anchor}\" font-size=\"{}\" fill=\"{}\">{}</text>",
        text.size,
        hexadecimal(text.color),
        escaped(&text.said)
    )
}

fn dashed(dashes: Dashes) -> String {
    let lengths = dashes.lengths();
    lengths.map_or(String::new(), |[dash, gap]| {
        format!(" stroke-dasharray=\"{dash} {gap}\"")
    })
}

fn places(points: &[[f64; 2]]) -> String {
    let place = |[x, y]: &[f64; 2]| format!("{},{}", two(*x), two(*y));
    points.iter().map(place).collect::<Vec<String>>().join(" ")
}

fn hexadecimal([red, green, blue]: Color) -> String {
    format!("#{red:02x}{green:02x}{blue:02x}")
}

/// Two decimals at most; adding zero turns −0 into 0.
fn two(value: f64) -> f64 {
    (value * 100.0).round() / 100.0 + 0.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::examples;
    use crate::figures::{distributions, sampling};

    /// Looked at as drawn by `png`. A change of the drawing renews them by hand: a failure says the whole new text.
    const GOLDEN: [&str; 2] = [
        include_str!("golden/curves.svg"),
        include_str!("golden/bars.svg"),
    ];

    /// Whether every element is closed, in order.
    fn is_well_formed(text: &str) -> bool {
        let mut open = Vec::new();
        for element in text.split('<').skip(1) {
            let (inside, _) = element.split_once('>').expect("every element ends");
            let name = inside.split([' ', '/']).find(|name| !name.is_empty());
            if inside.starts_with('/') {
                if open.pop() != name {
                    return false;
                }
            } else if !inside.ends_with('/') {
                open.push(name.expect("it has a name"));
            }
        }
        open.is_empty()
    }

    #[test]
    fn two_pictures_are_as_they_were_looked_at() {
        for (figure, golden) in [examples::curves(), examples::bars()].iter().zip(GOLDEN) {
            assert_eq!(svg(figure), golden, "{}", figure.title);
        }
    }

    #[test]
    fn every_series_is_drawn_and_text_is_escaped() {
        let mut figure = examples::curves();
        figure.title = "a < b & c".to_owned();
        let text = svg(&figure);
        assert!(is_well_formed(&text));
        let (_, inside) = text.split_once("<g ").expect("there is a group");
        let (inside, _) = inside.split_once("</g>").expect("it ends");
        // A level and an upright line beside the curves.
        assert_eq!(inside.matches("<polyline").count(), 2 + figure.series.len());
        assert_eq!(inside.matches("<polygon").count(), figure.bands.len());
        assert!(text.contains("a &lt; b &amp; c"));
        let bars = svg(&examples::bars());
        assert_eq!(bars.matches("<polygon").count(), 11);
    }

    #[test]
    fn places_without_a_number_break_a_line() {
        let gap = vec![-1.0, f64::NAN, -1.2];
        let figure = sampling::energies(&[1, 2, 3], &[gap, vec![-1.0; 3]]);
        let text = svg(&figure);
        let (blue, orange) = ("stroke=\"#1b66b8\"", "stroke=\"#d9730d\"");
        assert_eq!(
            (text.matches(blue).count(), text.matches(orange).count()),
            (2, 1)
        );
        assert!(!text.contains("NaN"));
    }

    #[test]
    fn maps_have_a_polygon_a_cell_and_a_ramp() {
        let text = svg(&examples::map());
        assert!(is_well_formed(&text) && !text.contains("NaN"));
        let (_, inside) = text.split_once("<g ").expect("there is a group");
        let (inside, ramp) = inside.split_once("</g>").expect("it ends");
        // One of six cells has no number; orange is 1, paper 0.
        assert_eq!(inside.matches("<polygon").count(), 5);
        assert!(inside.contains("#d9730d") && inside.contains("#ffffff"));
        assert_eq!(inside.matches("<polyline").count(), 1);
        assert_eq!(ramp.matches("<polygon").count(), 24);
        assert!(ramp.contains(">overlap 0</text>"));
    }

    #[test]
    fn letters_have_bars_with_names() {
        let names = vec!["A".to_owned(), "C".to_owned()];
        let text = svg(&distributions::site_fields(3, names, &[0.5, -1.0]));
        assert!(text.contains(">C</text>") && text.contains("#1b66b8"));
    }
}
