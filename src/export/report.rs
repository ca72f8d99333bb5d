//! A report: one page of HTML with pictures, figures, settings and facts inside, which is read anywhere, printed, handed in,
//! and opened as the session that it is of.

use super::svg::svg;
use crate::figures::Figure;
use crate::figures::markup::escaped;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use std::fmt::Write as _;

/// The name of the part of a page that holds the session.
pub const EMBEDDED: &str = "engram-document";

/// A picture of a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportPicture {
    /// What stands below it.
    pub caption: String,
    /// A PNG file.
    pub png: Vec<u8>,
}

/// What a report says.
#[derive(Debug, Clone, PartialEq)]
pub struct Report {
    /// What it is called.
    pub title: String,
    /// What came of it, a sentence each.
    pub findings: Vec<String>,
    /// States, side by side.
    pub pictures: Vec<ReportPicture>,
    /// Charts, below each other.
    pub figures: Vec<Figure>,
    /// Tables: a heading, and rows of a name and a value.
    pub tables: Vec<(String, Vec<(String, String)>)>,
    /// The session as a line of text, where there is room for one.
    pub line: Option<String>,
    /// The session as JSON.
    pub document: String,
}

/// How the page looks: plain, on paper too.
const STYLE: &str = "body{font:15px/1.5 system-ui,sans-serif;max-width:60em;margin:2em auto;padding:0 1em;color:#15181e;\
background:#fff}h1{font-size:1.5em}h2{font-size:1.1em;margin-top:2em}figure{display:inline-block;margin:0 1.5em 1em 0}\
figure img{width:11em;image-rendering:pixelated;border:1px solid #999}figcaption{font-size:.85em;color:#444}\
svg{max-width:100%;height:auto}table{border-collapse:collapse}td{padding:.1em 1em .1em 0;vertical-align:top}\
td:first-child{color:#555}code{word-break:break-all;font-size:.85em}@media print{body{margin:0}}";

impl Report {
    /// The page.
    pub fn html(&self) -> String {
        let mut page = String::new();
        self.write(&mut page).expect("a string takes everything");
        page
    }

    fn write(&self, page: &mut String) -> std::fmt::Result {
        let title = escaped(&self.title);
        write!(
            page,
            "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<title>{title}</title>\n<style>{STYLE}</style>\n\
             <h1>{title}</h1>\n"
        )?;
        for finding in &self.findings {
            writeln!(page, "<p>{}</p>", escaped(finding))?;
        }
        for ReportPicture { caption, png } in &self.pictures {
            let (caption, bytes) = (escaped(caption), STANDARD.encode(png));
            writeln!(
                page,
                "<figure><img alt=\"{caption}\" src=\"data:image/png;base64,{bytes}\"><figcaption>{caption}</figcaption></figure>"
            )?;
        }
        for figure in &self.figures {
            writeln!(page, "<h2>{}</h2>\n{}", escaped(&figure.title), svg(figure))?;
        }
        for (heading, rows) in &self.tables {
            writeln!(page, "<h2>{}</h2>\n<table>", escaped(heading))?;
            for (name, value) in rows {
                writeln!(page, "<tr><td>{}<td>{}", escaped(name), escaped(value))?;
            }
            page.push_str("</table>\n");
        }
        if let Some(line) = &self.line {
            let line = escaped(line);
            writeln!(
                page,
                "<h2>The same in Engram: paste this line into its window</h2>\n<p><code>{line}</code></p>"
            )?;
        }
        // In JSON a slash may be escaped, so that nothing in it ends the script.
        let document = self.document.replace("</", "<\\/");
        writeln!(
            page,
            "<script type=\"application/json\" id=\"{EMBEDDED}\">{document}</script>\n</html>"
        )
    }
}

/// The session as JSON that the page `html` holds; none where it is no report.
pub fn embedded(html: &str) -> Option<&str> {
    let begin = format!("id=\"{EMBEDDED}\">");
    let (_, after) = html.split_once(&begin)?;
    let (document, _) = after.split_once("</script>")?;
    Some(document)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::examples;

    #[test]
    fn a_report_holds_what_it_is_given_and_the_session() {
        let document = r#"{"a":"</script><b>&"}"#;
        let report = Report {
            title: "A <3> & \"more\"".to_owned(),
            findings: vec!["Remembered".to_owned()],
            pictures: vec![ReportPicture {
                caption: "cue".to_owned(),
                png: b"abc".to_vec(),
            }],
            figures: vec![examples::curves()],
            tables: vec![("Facts".to_owned(), vec![("a<b".to_owned(), "1".to_owned())])],
            line: Some("engram:x".to_owned()),
            document: document.to_owned(),
        };
        let page = report.html();
        for part in [
            "<h1>A &lt;3&gt; &amp; &quot;more&quot;</h1>",
            "<p>Remembered</p>",
            "data:image/png;base64,YWJj",
            "<svg",
            "<tr><td>a&lt;b<td>1",
            "engram:x",
        ] {
            assert!(page.contains(part), "{part}");
        }
        let read: serde_json::Value = serde_json::from_str(embedded(&page).unwrap()).unwrap();
        assert_eq!(
            read,
            serde_json::from_str::<serde_json::Value>(document).unwrap()
        );
        assert_eq!(embedded("<html>"), None);
    }
}
