//! How a view asks for what it shows.

use crate::app::notice::sentence;
use crate::app::panels::PanelContext;
use crate::session::{Command, Measurement, Track, Wish};

/// Asks for `what` of the first track, by another wish where there is one; what is said in its place where it is not to be
/// had.
pub(super) fn asked(
    context: &mut PanelContext<'_>,
    what: Measurement,
    wish: Option<Wish>,
) -> Result<(), String> {
    asked_on(context, 0, what, wish)
}

/// The same of track `track`.
pub(super) fn asked_on(
    context: &mut PanelContext<'_>,
    track: usize,
    what: Measurement,
    wish: Option<Wish>,
) -> Result<(), String> {
    context.view.watched.push(what);
    // What is wanted is kept, whatever there is to show yet.
    context.commands.extend(wish.map(Command::Wish));
    let session = context.session;
    let learns = session.learned_so_far_on(track).is_some();
    let is_watched = what == Measurement::Portrait && learns;
    let recording = session.tracks().get(track).and_then(Track::recording);
    if recording.is_none() && !is_watched {
        return Err("Learning: this is drawn as soon as there is a memory".to_owned());
    }
    if let Some(reason) = session.declined_on(track, what) {
        return Err(sentence(&reason));
    }
    if session.is_to_be_measured_on(track, what) {
        context.commands.push(Command::MeasureTrack(track, what));
    }
    Ok(())
}
