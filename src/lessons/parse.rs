//! From Markdown to a lesson.

use super::pictures::check_source;
use super::{Block, Condition, Lesson, Question, Script, Span};
use crate::engine::Error;
use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

/// What an address begins with that is a script.
const SCRIPT: &str = "do:";

/// The lesson in `text`, called `id`.
pub(super) fn lesson(id: &str, text: &str) -> Result<Lesson, Error> {
    let mut options = Options::ENABLE_MATH;
    options.insert(Options::ENABLE_YAML_STYLE_METADATA_BLOCKS);
    let mut reader = Reader {
        blocks: Vec::new(),
        spans: Vec::new(),
        inside: Inside::Text,
        link: None,
        picture: None,
        head: String::new(),
    };
    for event in Parser::new_ext(text, options) {
        reader.take(event)?;
    }
    let head = reader.head;
    let line = |key: &str| {
        let mut lines = head.lines().filter_map(|line| line.split_once(':'));
        let found = lines.find(|(name, _)| name.trim() == key);
        found
            .map(|(_, value)| value.trim().to_owned())
            .ok_or_else(|| Error::Format {
                expected: format!(
                    "a lesson begins with lines between ---, one of which is {key}: …"
                ),
                found: "there is none".to_owned(),
            })
    };
    let minutes = line("minutes")?;
    let minutes = minutes.parse().map_err(|_no_number| Error::Range {
        setting: "minutes",
        range: "a whole number".to_owned(),
        value: minutes.clone(),
    })?;
    let start = Script::parse(&line("start")?).map_err(|why| why.in_source("start"))?;
    Ok(Lesson {
        id: id.to_owned(),
        title: line("title")?,
        question: line("question")?,
        minutes,
        start,
        blocks: reader.blocks,
        pictures: Vec::new(),
    })
}

/// What the text belongs to that comes next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Inside {
    Text,
    Heading,
    Item,
    Strong,
    Head,
    Question,
    Code,
}

struct Reader {
    blocks: Vec<Block>,
    spans: Vec<Span>,
    inside: Inside,
    /// Address and text of the link that is read.
    link: Option<(String, String)>,
    /// Source and words of the picture that is read.
    picture: Option<(String, String)>,
    head: String,
}

impl Reader {
    fn take(&mut self, event: Event<'_>) -> Result<(), Error> {
        match event {
            Event::Start(tag) => self.start(&tag),
            Event::End(tag) => return self.end(tag),
            Event::Text(text) | Event::Code(text) => self.text(&text),
            Event::SoftBreak | Event::HardBreak => self.text(" "),
            Event::InlineMath(tex) => self.spans.push(Span::Formula(tex.trim().to_owned())),
            Event::DisplayMath(tex) => {
                self.close(Block::Text);
                self.blocks.push(Block::Formula(tex.trim().to_owned()));
            }
            _ => {}
        }
        Ok(())
    }

    fn start(&mut self, tag: &Tag<'_>) {
        match tag {
            Tag::Heading { .. } => self.inside = Inside::Heading,
            Tag::Item => self.inside = Inside::Item,
            Tag::Strong | Tag::Emphasis => self.inside = Inside::Strong,
            Tag::MetadataBlock(_) => self.inside = Inside::Head,
            Tag::CodeBlock(CodeBlockKind::Fenced(name)) if &**name == "question" => {
                self.inside = Inside::Question;
                self.head.push_str("\n\u{0}\n");
            }
            Tag::CodeBlock(_) => self.inside = Inside::Code,
            Tag::Image { dest_url, .. } => {
                self.picture = Some((dest_url.to_string(), String::new()));
            }
            Tag::Link { dest_url, .. } => self.link = Some((dest_url.to_string(), String::new())),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) -> Result<(), Error> {
        match tag {
            TagEnd::Paragraph => self.close(Block::Text),
            TagEnd::Item => self.close(Block::Item),
            TagEnd::Heading(_) => {
                let text = self.spans.drain(..).map(|span| match span {
                    Span::Text(text)
                    | Span::Strong(text)
                    | Span::Formula(text)
                    | Span::Do { text, .. }
                    | Span::Page { text, .. } => text,
                });
                self.blocks.push(Block::Heading(text.collect()));
            }
            TagEnd::CodeBlock if self.inside == Inside::Question => {
                let (head, asked) = self.head.rsplit_once("\n\u{0}\n").unwrap_or(("", ""));
                let question = question(asked)?;
                self.head = head.to_owned();
                self.blocks.push(Block::Question(question));
            }
            TagEnd::CodeBlock => {
                return Err(Error::Format {
                    expected: "a fenced block of a lesson is called question".to_owned(),
                    found: "one is called otherwise".to_owned(),
                });
            }
            TagEnd::Image => {
                let (source, says) = self.picture.take().unwrap_or_default();
                check_source(&source)
                    .map_err(|why| why.in_source(format!("the picture '{says}'")))?;
                self.close(Block::Text);
                self.blocks.push(Block::Picture { source, says });
            }
            TagEnd::Link => {
                let (address, text) = self.link.take().unwrap_or_default();
                let script = address.strip_prefix(SCRIPT).map(Script::parse).transpose();
                let script = script.map_err(|why| why.in_source(format!("the link '{text}'")))?;
                self.spans.push(match script {
                    Some(script) => Span::Do { text, script },
                    None => Span::Page { text, address },
                });
            }
            _ => {}
        }
        if !matches!(tag, TagEnd::Paragraph | TagEnd::Link | TagEnd::Image) {
            self.inside = Inside::Text;
        }
        Ok(())
    }

    fn text(&mut self, text: &str) {
        if matches!(self.inside, Inside::Head | Inside::Question) {
            return self.head.push_str(text);
        }
        if let Some((_, says)) = &mut self.picture {
            return says.push_str(text);
        }
        if let Some((_, said)) = &mut self.link {
            return said.push_str(text);
        }
        match (self.inside, self.spans.last_mut()) {
            (Inside::Strong, _) => self.spans.push(Span::Strong(text.to_owned())),
            (_, Some(Span::Text(before))) => before.push_str(text),
            _ => self.spans.push(Span::Text(text.to_owned())),
        }
    }

    /// Ends a paragraph or a point of a list.
    fn close(&mut self, block: fn(Vec<Span>) -> Block) {
        if !self.spans.is_empty() {
            self.blocks.push(block(std::mem::take(&mut self.spans)));
        }
    }
}

/// The question in a fenced block: lines with `ask`, `holds`, `hint`, `answer` and `why`.
fn question(text: &str) -> Result<Question, Error> {
    let line = |key: &str| {
        let lines = text.lines().filter_map(|line| line.split_once(':'));
        let mut found = lines.filter(|(name, _)| name.trim() == key);
        let found = found.next().map(|(_, value)| value.trim().to_owned());
        found.ok_or_else(|| Error::Format {
            expected: "a question has lines with ask, holds, hint, answer and why".to_owned(),
            found: format!("{key} is missing"),
        })
    };
    let ask = line("ask")?;
    let named = |why: Error| why.in_source(format!("the question '{ask}'"));
    let holds = line("holds")?;
    let holds = holds.split(" and ").map(Condition::parse);
    let holds: Result<Vec<Condition>, Error> = holds.collect();
    Ok(Question {
        holds: holds.map_err(named)?,
        hint: line("hint")?,
        answer: Script::parse(&line("answer")?).map_err(named)?,
        why: line("why")?,
        ask,
    })
}
