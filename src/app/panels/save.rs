//! What can be done with a picture on screen: saved or copied, from its menu (the other button) or from the list of all.
//!
//! Every picture says in every frame that it is there; what is chosen of it in the list is done when it is drawn next.
//! Absent: writing and the clipboard; wishes are left in the context, and the window's file tasks carry them out.

use crate::engine::Error;
use crate::export::{Format, Separator, pixels, rows, svg, table};
use crate::figures::{Figure, Squares, file_name};
use egui::{ColorImage, Rect, Response, Ui};

/// What is written once the user has said where: its bytes, worked out off the window's thread.
pub type Content = Box<dyn FnOnce() -> Result<Vec<u8>, Error> + Send>;

/// Makes a figure, off the window's thread.
pub(super) type MakeFigure = Box<dyn FnOnce() -> Figure + Send>;

/// Something to be written where the user says.
pub struct SaveWish {
    /// The title of the dialog.
    pub title: &'static str,
    /// The name of the file that is offered.
    pub name: String,
    /// What goes into it.
    pub content: Content,
    /// What is to be told once it is written, if anything.
    pub told: Option<String>,
}

/// What goes to the clipboard.
#[derive(Debug)]
pub enum Clip {
    /// Numbers or an SVG.
    Text(String),
    /// A picture.
    Picture(ColorImage),
}

/// Something to be copied, worked out off the window's thread.
pub struct CopyWish {
    /// What is told once it is on the clipboard.
    pub told: String,
    /// What goes there.
    pub clip: Box<dyn FnOnce() -> Result<Clip, Error> + Send>,
}

/// What a panel wants done beside the window.
pub enum ExportWish {
    /// A file.
    Save(SaveWish),
    /// The clipboard.
    Copy(CopyWish),
}

/// What can be done with a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Deed {
    Save(Format),
    SaveArray,
    CopyPicture,
    CopyNumbers,
    CopySvg,
}

/// Deeds in the order of the menu, those before and after the rule.
const DEEDS: [&[Deed]; 2] = [
    &[
        Deed::Save(Format::Svg),
        Deed::Save(Format::Png),
        Deed::Save(Format::Csv),
        Deed::SaveArray,
    ],
    &[Deed::CopyPicture, Deed::CopyNumbers, Deed::CopySvg],
];

impl Deed {
    fn text(self) -> String {
        match self {
            Self::Save(format) => format!("Save as {}…", format.name()),
            Self::SaveArray => "Save as NPY…".to_owned(),
            Self::CopyPicture => "Copy as picture".to_owned(),
            Self::CopyNumbers => "Copy numbers".to_owned(),
            Self::CopySvg => "Copy as SVG text".to_owned(),
        }
    }

    fn about(self) -> &'static str {
        match self {
            Self::Save(format) => format.about(),
            Self::SaveArray => {
                "All of J as a NumPy array, row i what acts on unit i; it opens here again"
            }
            Self::CopyPicture => "Pixels, to paste into a document or a mail",
            Self::CopyNumbers => "The numbers as a table, to paste into a spreadsheet",
            Self::CopySvg => {
                "Lines and letters as text, to paste into a drawing program or a web page"
            }
        }
    }

    /// Whether there is such a thing of a picture of this kind.
    fn is_of(self, kind: Kind) -> bool {
        match kind {
            Kind::Figure => self != Self::SaveArray,
            Kind::Couplings => true,
            Kind::Table => matches!(self, Self::Save(Format::Csv) | Self::CopyNumbers),
        }
    }
}

/// What there is of a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A figure.
    Figure,
    /// A figure, and an array beside it.
    Couplings,
    /// Numbers and words in rows alone.
    Table,
}

/// A picture that is on screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShownPicture {
    /// What it is called, unlike all others.
    pub title: String,
    /// Where it stands.
    pub rect: Rect,
    /// What there is of it.
    pub kind: Kind,
}

/// The pictures on screen, and what is wanted of them.
#[derive(Default)]
pub struct Exports {
    wishes: Vec<ExportWish>,
    shown: Vec<ShownPicture>,
    asked: Option<(String, Deed)>,
    /// What was asked for in the last frame.
    due: Option<(String, Deed)>,
}

impl Exports {
    /// A frame begins: no picture is drawn yet.
    pub(in crate::app) fn begin(&mut self) {
        self.shown.clear();
        self.due = self.asked.take();
    }

    /// The pictures that were drawn in this frame.
    pub(in crate::app) fn shown(&self) -> &[ShownPicture] {
        &self.shown
    }

    /// Whether something is to be done with a picture as soon as it is drawn again.
    pub(in crate::app) fn is_waiting(&self) -> bool {
        self.asked.is_some()
    }

    /// Asks for something that is done in the next frame.
    pub(super) fn ask(&mut self, title: &str, deed: Deed) {
        self.asked = Some((title.to_owned(), deed));
    }

    /// Adds what is to be written.
    pub(super) fn save(&mut self, wish: SaveWish) {
        self.wishes.push(ExportWish::Save(wish));
    }

    /// What is wanted, which is so no longer.
    pub(in crate::app) fn take(&mut self) -> Vec<ExportWish> {
        std::mem::take(&mut self.wishes)
    }

    /// Says that a picture is there; what was asked of it in the list.
    pub(super) fn show(&mut self, title: &str, rect: Rect, kind: Kind) -> Option<Deed> {
        let taken = |name: &str| self.shown.iter().any(|other| other.title == name);
        let mut name = title.to_owned();
        for number in 2.. {
            if !taken(&name) {
                break;
            }
            name = format!("{title} ({number})");
        }
        let due = self.due.take_if(|(due, _)| *due == name);
        self.shown.push(ShownPicture {
            title: name,
            rect,
            kind,
        });
        due.map(|(_, deed)| deed)
    }

    /// Wants `deed` done with rows of words and numbers called `title`, the head first.
    pub(super) fn want_rows(&mut self, deed: Deed, title: &str, cells: Vec<Vec<String>>) {
        self.wishes.push(match deed {
            Deed::Save(_) => ExportWish::Save(SaveWish {
                title: "Save a table",
                name: format!("{}.csv", file_name(title)),
                content: Box::new(move || Ok(rows(&cells, Separator::Comma).into_bytes())),
                told: None,
            }),
            _ => ExportWish::Copy(CopyWish {
                told: format!("Copied: {title}"),
                clip: Box::new(move || Ok(Clip::Text(rows(&cells, Separator::Tab)))),
            }),
        });
    }

    /// Wants `deed` done with the figure called `title`.
    pub(super) fn want(&mut self, deed: Deed, title: &str, make: MakeFigure) {
        let told = |what: &str| format!("Copied: {title}, {what}");
        self.wishes.push(match deed {
            Deed::Save(format) => ExportWish::Save(SaveWish {
                title: "Save a figure",
                name: format!("{}.{}", file_name(title), format.ending()),
                content: Box::new(move || format.bytes(&make())),
                told: None,
            }),
            // What has an array writes it by itself.
            Deed::SaveArray => return,
            Deed::CopyPicture => ExportWish::Copy(CopyWish {
                told: told("as a picture"),
                clip: Box::new(move || picture(&make())),
            }),
            Deed::CopyNumbers => ExportWish::Copy(CopyWish {
                told: told("as a table of numbers"),
                clip: Box::new(move || table(&make(), Separator::Tab).map(Clip::Text)),
            }),
            Deed::CopySvg => ExportWish::Copy(CopyWish {
                told: told("as the text of an SVG"),
                clip: Box::new(move || Ok(Clip::Text(svg(&make())))),
            }),
        });
    }
}

/// The pixels of a figure, for the clipboard.
fn picture(figure: &Figure) -> Result<Clip, Error> {
    let pixels = pixels(figure)?;
    let size = [pixels.width(), pixels.height()].map(|side| side as usize);
    let image = ColorImage::from_rgba_unmultiplied(size, pixels.as_raw());
    Ok(Clip::Picture(image))
}

/// The menu of a picture that shows `figure`.
pub(super) fn menu(response: &Response, exports: &mut Exports, figure: &Figure) {
    menu_of(response, exports, &figure.title, || {
        let figure = figure.clone();
        Box::new(move || figure)
    });
}

/// The same of numbers on a grid, which are only copied where something is chosen.
pub(super) fn menu_of_squares(
    response: &Response,
    exports: &mut Exports,
    title: &str,
    squares: impl FnOnce() -> Squares,
) {
    menu_of(response, exports, title, || {
        let (squares, title) = (squares(), title.to_owned());
        Box::new(move || squares.figure(&title))
    });
}

/// The same of a figure that is only made where something is chosen, off the window's thread.
pub(super) fn menu_of(
    response: &Response,
    exports: &mut Exports,
    title: &str,
    make: impl FnOnce() -> MakeFigure,
) {
    if let Some(deed) = chosen(response, exports, title, Kind::Figure) {
        exports.want(deed, title, make());
    }
}

/// Opens the menu of a picture on a secondary click; what is chosen there, or was in the list of all.
pub(super) fn chosen(
    response: &Response,
    exports: &mut Exports,
    title: &str,
    kind: Kind,
) -> Option<Deed> {
    let mut chosen = exports.show(title, response.rect, kind);
    // Two fingers that begin slowly zoom; one that stays is a secondary click.
    if response.ctx.multi_touch().is_none() {
        response.context_menu(|ui| chosen = items(ui, kind).or(chosen));
    }
    chosen
}

/// A line for everything that can be done with a picture; which one was clicked on.
pub(super) fn items(ui: &mut Ui, kind: Kind) -> Option<Deed> {
    let mut chosen = None;
    for (group, deeds) in DEEDS.into_iter().enumerate() {
        if group > 0 {
            ui.separator();
        }
        for deed in deeds.iter().filter(|deed| deed.is_of(kind)) {
            let button = ui.button(deed.text());
            if button.on_hover_text(deed.about()).clicked() {
                chosen = Some(*deed);
            }
        }
    }
    chosen
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figures::Axis;

    fn figure() -> Figure {
        let axis = |label| Axis::new(label, [0.0, 1.0]);
        Figure::new("Two words", axis("x"), axis("y"))
    }

    #[test]
    fn what_is_asked_of_a_picture_is_done_when_it_is_drawn_next() {
        let mut exports = Exports::default();
        let place = Rect::ZERO;
        exports.begin();
        assert_eq!(exports.show("Energy", place, Kind::Figure), None);
        assert_eq!(exports.show("Energy", place, Kind::Figure), None);
        let titles = exports.shown().iter().map(|it| it.title.as_str());
        assert_eq!(titles.collect::<Vec<&str>>(), ["Energy", "Energy (2)"]);
        exports.ask("Energy (2)", Deed::CopyNumbers);
        exports.begin();
        assert_eq!(exports.show("Energy", place, Kind::Figure), None);
        let due = exports.show("Energy", place, Kind::Figure);
        assert_eq!(due, Some(Deed::CopyNumbers));
        // What is no longer on screen is not waited for.
        exports.ask("Energy (2)", Deed::CopyNumbers);
        exports.begin();
        exports.begin();
        exports.show("Energy", place, Kind::Figure);
        assert_eq!(exports.show("Energy", place, Kind::Figure), None);
    }

    #[test]
    fn every_deed_makes_what_it_says() {
        let mut exports = Exports::default();
        for deed in DEEDS.concat() {
            exports.want(deed, "Two words", Box::new(figure));
        }
        let wishes = exports.take();
        assert_eq!(wishes.len(), 6, "an array is the business of who has one");
        let mut names = Vec::new();
        let mut told = Vec::new();
        for wish in wishes {
            match wish {
                ExportWish::Save(wish) => {
                    names.push(wish.name);
                    assert!((wish.content)().is_ok());
                }
                ExportWish::Copy(wish) => {
                    told.push(wish.told);
                    match (wish.clip)().expect("it can be drawn") {
                        Clip::Picture(image) => assert_eq!(image.size, [1280, 800]),
                        Clip::Text(text) => assert!(text == "\n" || text.starts_with("<svg")),
                    }
                }
            }
        }
        assert_eq!(names, ["two-words.svg", "two-words.png", "two-words.csv"]);
        assert_eq!(told[1], "Copied: Two words, as a table of numbers");
    }
}
