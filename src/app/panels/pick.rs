//! Picking digits by hand: the training images of the chosen classes, page by page; a click stores one or takes
//! it away.

use super::{Panel, PanelContext, Place};
use crate::app::theme::GAP;
use crate::app::widgets::controls::hint;
use crate::app::widgets::thumbnails::{Atlas, Thumbnails};
use crate::engine::Patterns;
use crate::trial::Start;
use crate::worlds::mnist::{MAX_STORED, Mnist, MnistSettings, Selection};
use egui::{Button, Context, Id, Ui, Window, vec2};
use std::sync::Arc;

/// Images on a page.
const PAGE: usize = 120;

/// The window to pick from.
#[derive(Default)]
pub(super) struct Pick {
    page: usize,
    shown: Option<Page>,
    atlas: Atlas,
    version: u64,
}

/// The images of one page, and what they were chosen by.
struct Page {
    made_from: (MnistSettings, usize),
    digits: Arc<Mnist>,
    images: Vec<u32>,
    n_pages: usize,
}

impl Panel for Pick {
    fn title(&self) -> &'static str {
        "Pick digits to store"
    }

    fn place(&self) -> Place {
        Place::Above
    }

    fn ui(&mut self, ui: &mut Ui, context: &mut PanelContext<'_>) {
        self.window(ui.ctx(), context);
    }
}

impl Pick {
    /// Draws the window while it is open.
    fn window(&mut self, ctx: &Context, context: &mut PanelContext<'_>) {
        let (true, Some(digits)) = (context.view.pick_open, context.session.digits()) else {
            return;
        };
        let digits = Arc::clone(digits);
        let Some(world) = context.draft.world.mnist() else {
            return;
        };
        self.refresh(ctx, &digits, world);
        let mut open = true;
        Window::new("Pick digits to store")
            .id(Id::unique("pick"))
            .open(&mut open)
            .collapsible(false)
            .resizable(false)
            .default_pos(ctx.content_rect().left_top() + vec2(280.0, 60.0))
            .fixed_size(vec2(600.0, 470.0))
            .show(ctx, |ui| self.contents(ui, context, &digits));
        context.view.pick_open = open;
    }

    fn contents(&mut self, ui: &mut Ui, context: &mut PanelContext<'_>, digits: &Mnist) {
        hint(
            ui,
            "Click to store an image, click again to take it away. The classes chosen on the left are shown",
        );
        let Some(page) = &self.shown else { return };
        let stored: Vec<u32> = context
            .session
            .stored_origins()
            .iter()
            .map(|image| *image as u32)
            .collect();
        let about = |index: usize| {
            let image = page.images[index];
            let state = if stored.contains(&image) {
                ", stored"
            } else {
                ""
            };
            format!(
                "training image {image}, a {}{state}",
                digits.train().label(image as usize)
            )
        };
        let chosen = |index: usize| stored.contains(&page.images[index]);
        let sheet = Thumbnails {
            atlas: &self.atlas,
            cell: 44.0,
            height: 380.0,
            nearest: None,
            highlight: None,
            chosen: &chosen,
            added: &|_| false,
            leave_out: None,
            about: &about,
        };
        if let Some(index) = sheet.show(ui).clicked {
            let mut images = stored.clone();
            match images.iter().position(|image| *image == page.images[index]) {
                Some(place) if images.len() > 1 => {
                    images.remove(place);
                    if let Start::Stored(cue) = &mut context.draft.cue.start
                        && *cue > place
                    {
                        *cue -= 1;
                    }
                }
                None if images.len() < MAX_STORED => images.push(page.images[index]),
                _ => (),
            }
            pick(context, images);
        }
        let n_pages = page.n_pages;
        ui.add_space(GAP);
        ui.horizontal(|ui| self.footer(ui, context, n_pages));
    }

    fn footer(&mut self, ui: &mut Ui, context: &mut PanelContext<'_>, n_pages: usize) {
        if ui
            .add_enabled(self.page > 0, Button::new("Earlier"))
            .clicked()
        {
            self.page -= 1;
        }
        if ui
            .add_enabled(self.page + 1 < n_pages, Button::new("Later"))
            .clicked()
        {
            self.page += 1;
        }
        ui.label(format!("page {} of {n_pages}", self.page + 1));
        ui.label(format!("{} stored", context.draft.n_patterns()));
        let of_cue = match context.draft.cue.start {
            Start::Stored(pattern) => context.session.stored_origins().get(pattern),
            _ => None,
        };
        let only = ui.add_enabled(of_cue.is_some(), Button::new("Keep only the cue's"));
        let only = only.on_hover_text("Store just the pattern that the cue is made of");
        if only.clicked()
            && let Some(image) = of_cue
        {
            pick(context, vec![*image as u32]);
        }
    }

    /// The page of the digits at hand, which may be of another size than the one that is asked for by now.
    fn refresh(&mut self, ctx: &Context, digits: &Arc<Mnist>, settings: &MnistSettings) {
        let settings = MnistSettings {
            stored: Selection::Drawn(1),
            size: digits.size(),
            ..settings.clone()
        };
        if self.shown.as_ref().is_some_and(|page| {
            page.made_from == (settings.clone(), self.page) && Arc::ptr_eq(&page.digits, digits)
        }) {
            return;
        }
        let all: Vec<u32> = (0..digits.train().len())
            .filter(|image| settings.digits.contains(digits.train().label(*image)))
            .map(|image| image as u32)
            .collect();
        let n_pages = all.len().div_ceil(PAGE).max(1);
        self.page = self.page.min(n_pages - 1);
        let images: Vec<u32> = all.into_iter().skip(PAGE * self.page).take(PAGE).collect();
        let states: Vec<_> = images
            .iter()
            .map(|image| {
                Mnist::threshold(digits.train().image(*image as usize), settings.threshold)
            })
            .collect();
        if !states.is_empty() {
            let patterns = Patterns::of_states(&states, settings.size.grid());
            let patterns = patterns.expect("digits of one size fill its grid");
            self.version += 1;
            self.atlas.update(ctx, &patterns, self.version);
        }
        self.shown = Some(Page {
            made_from: (settings, self.page),
            digits: Arc::clone(digits),
            images,
            n_pages,
        });
    }
}

/// Stores the training images `images`.
fn pick(context: &mut PanelContext<'_>, images: Vec<u32>) {
    if let Some(world) = context.draft.world.mnist_mut() {
        world.stored = Selection::Picked(images);
    }
}
