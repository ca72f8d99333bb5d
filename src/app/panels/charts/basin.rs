//! Basin, live: where cues of growing corruption end, beside the recall on screen.
//!
//! Asked for while it is looked at; the dots of another memory stay, faint, until the new ones take their places.
//! Absent: settling the cues; a job of the session does that.

use super::axes::{Canvas, axes};
use super::head;
use crate::app::notice::sentence;
use crate::app::panels::{PanelContext, save};
use crate::app::theme::{Palette, SMALL};
use crate::app::widgets::full_card::placeholder;
use crate::engine::numbers::percent;
use crate::engine::observables::{Basin, HALFWAY, N_CUES, Sounding};
use crate::figures::basin;
use crate::session::{Command, Measurement};
use crate::trial::Start;
use crate::trial::words::{overlap as written, pattern_name};
use egui::{Label, RichText, Role, Ui, WidgetInfo};

/// From how far, in points, the pointer finds a dot.
const REACH: f64 = 8.0;

/// What the sentence means.
const MEANING: &str = "A cue is recalled if it ends at an overlap of 0.9 or more with the pattern that it was made of. \
    The curve is the mean of 21 neighbouring cues; the start overlap from which on it stays above 0.9 is called m_c. Dots \
    on the dashed diagonal end as near as they started. Every cue has 100 sweeps at most";

/// Draws the chart into the space left.
pub(super) fn ui(ui: &mut Ui, context: &mut PanelContext<'_>) {
    const WHAT: Measurement = Measurement::Basin;
    let session = context.session;
    let Some(recording) = session.recording() else {
        head::title(ui, context, "Basin", "");
        return head::waiting(ui, context);
    };
    if let Some(reason) = session.declined(WHAT) {
        head::title(ui, context, "Basin", "");
        return placeholder(ui, &sentence(&reason));
    }
    if session.is_to_be_measured(WHAT) {
        context.commands.push(Command::Measure(WHAT));
    }
    let Some(live) = session.basin() else {
        head::title(ui, context, "Basin", "");
        return placeholder(ui, WHAT.under_way());
    };
    let detail = match live.now.soundings.len() {
        N_CUES => format!("{N_CUES} cues"),
        settled => format!("{settled} of {N_CUES} cues"),
    };
    head::title(ui, context, "Basin", &detail);
    let palette = Palette::of(ui.visuals());
    let said = in_words(&live.now.clone().over(&live.before));
    let line = RichText::new(&said).size(SMALL).color(palette.text);
    ui.add(Label::new(line).truncate()).on_hover_text(MEANING);
    ui.add_space(2.0);
    let figure = basin::basin(&live.now, &live.before, present(context));
    let canvas = axes(ui, &figure, ui.available_size());
    canvas.paint(&figure, palette);
    save::menu(&canvas.response, context.exports, &figure);
    canvas.response.widget_info(|| {
        let mut info = WidgetInfo::labeled(Role::Image, true, &figure.title);
        info.current_text_value = Some(said.clone());
        info
    });
    if let Some(found) = pointed(&canvas, &live.now) {
        let about = format!(
            "{}\nstart overlap {}\nfinal overlap {}",
            pattern_name(recording.patterns(), found.pattern),
            written(found.start),
            written(found.end)
        );
        canvas.response.on_hover_text_at_pointer(about);
    }
}

/// What the dots come to.
fn in_words(basin: &Basin) -> String {
    match (basin.critical(), basin.recalled()) {
        (Some(critical), _) => format!("Recalled from a start overlap of {} on", written(critical)),
        (None, Some(share)) => {
            let from = written(HALFWAY);
            format!("{} of cues from {from} on are recalled", percent(share))
        }
        (None, None) => String::new(),
    }
}

/// Where the cue on screen starts and where its state is, where it was made of a stored pattern.
fn present(context: &PanelContext<'_>) -> Option<[f64; 2]> {
    let session = context.session;
    let Start::Stored(_) = session.recipe().cue.start else {
        return None;
    };
    let now = context.snapshot?.target_overlap?;
    let original = session.cue()?.wanted()?;
    Some([original.overlap(session.recording()?.cue()), now])
}

/// The dot under the pointer.
fn pointed<'a>(canvas: &Canvas, basin: &'a Basin) -> Option<&'a Sounding> {
    let at = canvas.pointed()?;
    let distance = |it: &Sounding| canvas.distance(at, (it.start, it.end));
    let nearest = basin.soundings.iter().min_by(|a, b| {
        let [a, b] = [a, b].map(|it| distance(it));
        a.total_cmp(&b)
    });
    nearest.filter(|it| distance(it) <= REACH)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_share_stands_where_nothing_is_recalled_on_average() {
        let basin = |ends: fn(usize) -> f64| Basin {
            soundings: (0..N_CUES)
                .map(|cue| Sounding {
                    cue,
                    pattern: 0,
                    start: cue as f64 / 199.0,
                    end: ends(cue),
                })
                .collect(),
        };
        let lost = in_words(&basin(|_| 0.2));
        assert_eq!(lost, "0 % of cues from 0.50 on are recalled");
        let held = in_words(&basin(|cue| if cue < 100 { 0.0 } else { 1.0 }));
        assert_eq!(held, "Recalled from a start overlap of 0.54 on");
        assert_eq!(in_words(&Basin::default()), "");
    }
}
