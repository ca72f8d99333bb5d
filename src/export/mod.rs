//! Export: as bytes to write anywhere: figures as SVG, PNG and CSV, recalls as GIF and frames, all of it as a report.
//!
//! Absent: files, and what is worth a figure. Colours are those of paper, whatever theme the window has.

mod animation;
mod csv;
mod drawing;
pub mod frames;
mod items;
mod legend;
mod mosaic;
mod png;
mod raster;
#[cfg(test)]
mod rendered;
mod report;
mod shapes;
mod squares;
mod svg;

pub use animation::{archive, gif};
pub use csv::{Separator, rows, table};
pub use png::{pixels, png};
pub use report::{EMBEDDED, Report, ReportPicture, embedded};
pub use svg::svg;

use crate::engine::Error;
use crate::figures::Figure;

/// As what a figure is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Lines and letters that can be enlarged and edited.
    Svg,
    /// Pixels.
    Png,
    /// The numbers.
    Csv,
}

impl Format {
    /// All of them, in the order of menus.
    pub const ALL: [Self; 3] = [Self::Svg, Self::Png, Self::Csv];

    /// “SVG”.
    pub fn name(self) -> &'static str {
        match self {
            Self::Svg => "SVG",
            Self::Png => "PNG",
            Self::Csv => "CSV",
        }
    }

    /// What it is good for.
    pub fn about(self) -> &'static str {
        match self {
            Self::Svg => "Lines and letters, sharp at every size: for papers and slides",
            Self::Png => "Pixels: for mails and web pages",
            Self::Csv => "The numbers as a table, a column a curve: for pandas or a spreadsheet",
        }
    }

    /// How its files end.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Svg => "svg",
            Self::Png => "png",
            Self::Csv => "csv",
        }
    }

    /// The bytes of `figure`. Refused: a picture that cannot be drawn.
    pub fn bytes(self, figure: &Figure) -> Result<Vec<u8>, Error> {
        match self {
            Self::Svg => Ok(svg(figure).into_bytes()),
            Self::Png => png(figure),
            Self::Csv => table(figure, Separator::Comma).map(String::into_bytes),
        }
    }
}

#[cfg(test)]
pub(crate) mod examples {
    //! Figures that the tests of every format share.

    use crate::engine::observables::Histogram;
    use crate::figures::{
        Axis, Band, Cells, Figure, Fill, Line, Mark, Role, Scale, Series, distributions,
    };
    use std::sync::Arc;

    /// Curves, a band and marks, with a name that needs care.
    pub(crate) fn curves() -> Figure {
        let across = Axis::new("sweeps", [0.0, 2.0]);
        let up = Axis::new("overlap m", [-0.25, 1.05]);
        let mut figure = Figure::new("Overlaps against time", across, up);
        let x: Arc<[f64]> = [0.0, 0.5, 1.0, 1.5, 2.0].into();
        let series = |name: &str, legend: Option<&str>, role, line, y: [f64; 5]| Series {
            name: name.to_owned(),
            legend: legend.map(str::to_owned),
            role,
            line,
            x: Arc::clone(&x),
            y: y.into(),
        };
        figure.bands.push(Band {
            name: "40 other patterns".to_owned(),
            x: Arc::clone(&x),
            spans: [
                [-0.2, 0.3],
                [-0.15, 0.25],
                [-0.1, 0.2],
                [-0.1, 0.2],
                [-0.1, 0.2],
            ]
            .into(),
            fill: Fill::Area,
        });
        figure.series = vec![
            series(
                "pattern 2, a <4>",
                None,
                Role::Faint,
                Line::Solid(1.0),
                [0.3, 0.2, 0.2, 0.1, 0.1],
            ),
            series(
                "pattern 3",
                Some("nearest pattern 3  0.98"),
                Role::Orange,
                Line::Solid(2.5),
                [0.46, 0.7, 0.9, 0.98, 0.98],
            ),
            series(
                "pattern 7",
                Some("original  0.02"),
                Role::Strong,
                Line::Dashed(1.5),
                [0.5, 0.3, 0.1, 0.02, f64::NAN],
            ),
        ];
        figure.marks = vec![
            Mark::Level(0.0, String::new()),
            Mark::Upright(1.5, String::new()),
            Mark::Dot([1.5, 0.98], Role::Orange),
        ];
        figure.remark = "3 lines, 40 more as a band".to_owned();
        figure
    }

    /// A map of two columns and three rows, one cell without a number, and a line over it.
    pub(crate) fn map() -> Figure {
        let values = vec![1.0, 0.5, 0.25, f64::NAN, 0.0, -0.1];
        let cells = Cells::around("overlap", &[0.1, 0.2], &[0.0, 0.5, 1.0], values);
        let across = Axis::new("load α = P/N", cells.across());
        let up = Axis::new("temperature T", cells.up());
        let mut figure = Figure::new("Temperature: overlap", across, up);
        figure.cells = Some(cells);
        figure.series.push(Series {
            name: "critical load".to_owned(),
            legend: Some("α_c(T)".to_owned()),
            role: Role::Strong,
            line: Line::Dashed(1.5),
            x: [0.14, 0.0].into(),
            y: [0.0, 1.0].into(),
        });
        figure
    }

    /// Bars on a logarithmic scale, with a value marked.
    pub(crate) fn bars() -> Figure {
        let values: Vec<f32> = (-50_i16..=50)
            .flat_map(|k| vec![f32::from(k) / 500.0; 101 - 2 * usize::from(k.unsigned_abs())])
            .collect();
        let histogram = Histogram::new([&values[..]].into_iter(), 11);
        let mut figure = distributions::couplings(&histogram, Scale::Log);
        figure
            .marks
            .push(Mark::Upright(-0.08, "−0.0800".to_owned()));
        figure
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_format_has_bytes_of_its_kind() {
        let figure = examples::curves();
        let starts: [&[u8]; 3] = [b"<svg", b"\x89PNG", b"sweeps,"];
        for (format, start) in Format::ALL.into_iter().zip(starts) {
            let bytes = format.bytes(&figure).expect("it can be drawn");
            assert!(bytes.starts_with(start), "{}", format.name());
        }
    }
}
