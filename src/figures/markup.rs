//! Text as HTML and SVG hold it.

/// `text` without what these take for their own, in elements and in attributes.
pub fn escaped(text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('<', "&lt;");
    text.replace('>', "&gt;").replace('"', "&quot;")
}
