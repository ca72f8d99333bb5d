//! What Esc closes.

use crate::app::actions::Action;
use crate::app::panels::PanelContext;
use crate::app::view::View;
use egui::{Context, Id, Key, Modifiers, Order};

/// A window that Esc closes: its area, and what keeps it open.
struct Closable {
    id: Id,
    is_open: fn(&View) -> bool,
    close: fn(&mut View),
}

/// Those that are open.
fn open_windows(view: &View) -> Vec<Closable> {
    let explained = view.explained.as_ref().map_or("", |it| it.card);
    let all = [
        Closable {
            id: Id::unique("help"),
            is_open: |view| view.help_open,
            close: |view| view.help_open = false,
        },
        Closable {
            id: Id::unique("glossary"),
            is_open: |view| view.glossary.is_some(),
            close: |view| view.glossary = None,
        },
        Closable {
            id: Id::unique("pick"),
            is_open: |view| view.pick_open,
            close: |view| view.pick_open = false,
        },
        Closable {
            id: Id::unique("pictures"),
            is_open: |view| view.pictures_open,
            close: |view| view.pictures_open = false,
        },
        Closable {
            id: Id::unique(("explained", explained)),
            is_open: |view| view.explained.is_some(),
            close: |view| view.explained = None,
        },
    ];
    all.into_iter().filter(|it| (it.is_open)(view)).collect()
}

/// Esc closes what is on top: a window, else the stage, else the card that fills the window. Lists, menus and what asks
/// something close by themselves.
pub(super) fn go_back(ctx: &Context, context: &mut PanelContext<'_>) {
    let asks = context.view.palette.is_some()
        || context.session.candidate().is_some()
        || context.session.opened().is_some();
    let view = &mut *context.view;
    let windows = open_windows(view);
    let is_open = !windows.is_empty() || view.full.is_some() || view.stage;
    if asks || !is_open || egui::Popup::is_any_open(ctx) {
        return;
    }
    if !ctx.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape)) {
        return;
    }
    let top = ctx.memory(|memory| memory.areas().top_layer_id(Order::Middle));
    let on_top = windows
        .iter()
        .find(|it| top.is_some_and(|layer| layer.id == it.id));
    if let Some(window) = on_top.or_else(|| windows.first()) {
        (window.close)(view);
    } else if view.stage {
        context.actions.push(Action::Stage);
    } else {
        view.full = None;
    }
}
