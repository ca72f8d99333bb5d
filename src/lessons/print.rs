//! A lesson on paper: a page of HTML, for students or for the teacher, who has the answers too.

use super::{Block, Lesson, Question, Span};
use crate::figures::markup::escaped;
use crate::figures::mathematics::{Step, typeset};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use std::fmt::{Result, Write as _};

/// Whom a page is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reader {
    /// Room to answer.
    Student,
    /// Hints, answers and why.
    Teacher,
}

/// How the page looks.
const STYLE: &str = "body{font:15px/1.55 Georgia,serif;max-width:42em;margin:2em auto;padding:0 1em;color:#111}\
h1{font-size:1.5em;margin-bottom:0}h2{font-size:1.15em;margin-top:1.6em}.about{color:#555}\
.question{border:1px solid #888;padding:.6em 1em;margin:1em 0;page-break-inside:avoid}.room{height:6em}\
.do{color:#0b57a4}svg{vertical-align:middle}img{max-width:100%}@media print{body{margin:0}}";

impl Lesson {
    /// The page.
    pub fn html(&self, reader: Reader) -> String {
        let mut page = String::new();
        self.write(&mut page, reader)
            .expect("a string takes everything");
        page
    }

    fn write(&self, page: &mut String, reader: Reader) -> Result {
        let (title, question) = (escaped(&self.title), escaped(&self.question));
        begin(page, &title)?;
        writeln!(
            page,
            "<p class=\"about\">{question} {} minutes. In Engram: Help, Lessons.</p>",
            self.minutes
        )?;
        self.write_blocks(page, reader)?;
        page.push_str("</html>\n");
        Ok(())
    }

    fn write_blocks(&self, page: &mut String, reader: Reader) -> Result {
        for block in &self.blocks {
            match block {
                Block::Heading(text) => writeln!(page, "<h2>{}</h2>", escaped(text))?,
                Block::Text(spans) => writeln!(page, "<p>{}</p>", line(spans, reader))?,
                Block::Item(spans) => writeln!(page, "<ul><li>{}</ul>", line(spans, reader))?,
                Block::Formula(tex) => writeln!(page, "<p>{}</p>", formula(tex, 20.0))?,
                Block::Picture { source, says } => {
                    let bytes = self.picture(source).unwrap_or_default();
                    let data = STANDARD.encode(bytes);
                    let says = escaped(says);
                    writeln!(
                        page,
                        "<p><img alt=\"{says}\" title=\"{says}\" src=\"data:image/png;base64,{data}\"></p>"
                    )?;
                }
                Block::Question(question) => asked(page, question, reader)?,
            }
        }
        Ok(())
    }
}

/// A class made of `lessons`, one after the other: for the teacher with the time at which each begins.
pub fn class_page(lessons: &[Lesson], reader: Reader) -> String {
    let mut page = String::new();
    write_class(&mut page, lessons, reader).expect("a string takes everything");
    page
}

fn write_class(page: &mut String, lessons: &[Lesson], reader: Reader) -> Result {
    begin(page, "A class on associative memory")?;
    let minutes: u32 = lessons.iter().map(|lesson| lesson.minutes).sum();
    writeln!(
        page,
        "<p class=\"about\">{} lessons, {minutes} minutes and some for questions. In Engram: Help, Lessons.</p>",
        lessons.len()
    )?;
    if reader == Reader::Teacher {
        page.push_str("<ol>\n");
        let mut begins = 0;
        for lesson in lessons {
            let [title, question] = [&lesson.title, &lesson.question].map(|it| escaped(it));
            let ends = begins + lesson.minutes;
            writeln!(
                page,
                "<li><b>{title}</b>, minutes {begins} to {ends}: {question}"
            )?;
            begins = ends;
        }
        page.push_str("</ol>\n");
    }
    for (place, lesson) in lessons.iter().enumerate() {
        let [title, question] = [&lesson.title, &lesson.question].map(|it| escaped(it));
        writeln!(
            page,
            "<h1>{}. {title}</h1>\n<p class=\"about\">{question}</p>",
            place + 1
        )?;
        lesson.write_blocks(page, reader)?;
    }
    page.push_str("</html>\n");
    Ok(())
}

/// What every page begins with.
fn begin(page: &mut String, title: &str) -> Result {
    writeln!(
        page,
        "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<title>{title}</title>\n<style>{STYLE}</style>\n<h1>{title}</h1>"
    )
}

fn asked(page: &mut String, question: &Question, reader: Reader) -> Result {
    write!(
        page,
        "<div class=\"question\"><b>Find out.</b> {}",
        escaped(&question.ask)
    )?;
    match reader {
        Reader::Student => page.push_str("<div class=\"room\"></div>"),
        Reader::Teacher => {
            let holds = question.holds.iter().map(ToString::to_string);
            let holds: Vec<String> = holds.collect();
            let [holds, hint, why] =
                [&holds.join(" and "), &question.hint, &question.why].map(|it| escaped(it));
            write!(
                page,
                "<p>Counts: any state of which {holds}.<p>Hint: {hint}<p>Why: {why}"
            )?;
        }
    }
    writeln!(page, "</div>")
}

fn line(spans: &[Span], reader: Reader) -> String {
    let spans = spans.iter().map(|span| match span {
        Span::Text(text) => escaped(text),
        Span::Strong(text) => format!("<b>{}</b>", escaped(text)),
        Span::Formula(tex) => formula(tex, 16.0),
        Span::Page { text, address } => {
            format!("<a href=\"{}\">{}</a>", escaped(address), escaped(text))
        }
        Span::Do { text, script } => {
            let expected = script.expected().map(ToString::to_string);
            let expected: Vec<String> = expected.collect();
            let then = match reader {
                Reader::Teacher if !expected.is_empty() => {
                    format!(" ({})", escaped(&expected.join(", ")))
                }
                _ => String::new(),
            };
            format!("<span class=\"do\">{}</span>{then}", escaped(text))
        }
    });
    spans.collect()
}

/// A formula as outlines, `em` pixels to an em; what is no TeX stays as it is written.
fn formula(tex: &str, em: f64) -> String {
    let Ok(set) = typeset(tex, &[], f64::INFINITY) else {
        return format!("<code>{}</code>", escaped(tex));
    };
    let at = |[x, y]: [f64; 2]| format!("{:.2} {:.2}", x * em, y * em);
    let steps = set.shapes.iter().flat_map(|shape| &shape.outline);
    let steps = steps.map(|step| match *step {
        Step::Move(end) => format!("M{}", at(end)),
        Step::Line(end) => format!("L{}", at(end)),
        Step::Quad(control, end) => format!("Q{} {}", at(control), at(end)),
        Step::Cubic(first, second, end) => format!("C{} {} {}", at(first), at(second), at(end)),
    });
    let path = steps.collect::<Vec<String>>().concat();
    let [width, height] = set.size.map(|side| side * em + 1.0);
    format!(
        "<svg width=\"{width:.1}\" height=\"{height:.1}\" role=\"img\" aria-label=\"{}\"><path d=\"{path}\"/></svg>",
        escaped(tex)
    )
}
