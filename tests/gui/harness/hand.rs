//! What a user does to a window. Each act is followed by as many frames as the window asks for.

use super::{PATIENCE, Window};
use eframe::egui::{
    self, Event, Key, Modifiers, OutputCommand, PointerButton, Pos2, Rect, Vec2, ViewportCommand,
    ViewportEvent, ViewportId,
};
use egui::accesskit::Role;
use egui_kittest::kittest::{NodeT as _, Queryable as _, by};
use std::path::Path;
use std::time::Duration;

impl Window {
    /// Presses the button called `name`.
    #[track_caller]
    pub(crate) fn press(&mut self, name: &str) {
        self.node(Role::Button, name).click();
        self.let_go();
    }

    /// Presses the last button called `name`: that of the window in front.
    #[track_caller]
    pub(crate) fn press_in_front(&mut self, name: &str) {
        let buttons = self.harness.query_all(by().role(Role::Button).label(name));
        buttons.last().expect("it is there").click();
        self.let_go();
    }

    /// Presses the button called `name`; what comes to the clipboard of it.
    #[track_caller]
    pub(crate) fn copied_by(&mut self, name: &str) -> OutputCommand {
        self.node(Role::Button, name).click();
        for _ in 0..PATIENCE {
            self.harness.step();
            let commands = self.harness.output().platform_output.commands.iter();
            let copied = commands.rev().find(|command| {
                let is_link = matches!(command, OutputCommand::OpenUrl(_));
                !is_link
            });
            if let Some(copied) = copied {
                return copied.clone();
            }
            std::thread::sleep(Duration::from_millis(1));
        }
        panic!("nothing was copied by {name:?}");
    }

    /// Chooses `text` in the group of options called `group`.
    #[track_caller]
    pub(crate) fn choose(&mut self, group: &str, text: &str) {
        self.option(group, text).click();
        self.let_go();
    }

    /// Chooses which statistic of the memory is shown, from options side by side or from a list.
    #[track_caller]
    pub(crate) fn choose_statistic(&mut self, text: &str) {
        const GROUP: &str = "Memory statistics";
        if self.has_option(GROUP, text) {
            self.choose(GROUP, text);
        } else {
            self.click_first(Role::ComboBox, GROUP);
            self.press(text);
        }
    }

    /// Chooses the learning rule called `title` from the list.
    #[track_caller]
    pub(crate) fn choose_rule(&mut self, title: &str) {
        let current = self.session().recipe().track().rule.about().title;
        if current != title {
            self.click_first(Role::ComboBox, "Learning rule.");
            self.press(title);
        }
    }

    /// Clicks on whatever is called `name`.
    #[track_caller]
    pub(crate) fn click(&mut self, name: &str) {
        self.first(by().label(name), name).click();
        self.let_go();
    }

    /// Clicks on the first of those whose names have `part` in them.
    #[track_caller]
    pub(crate) fn click_first(&mut self, role: Role, part: &str) {
        let called = by().role(role).label_contains(part);
        self.first(called, part).click();
        self.let_go();
    }

    /// The same with the other button.
    #[track_caller]
    pub(crate) fn click_first_secondary(&mut self, role: Role, part: &str) {
        let called = by().role(role).label_contains(part);
        self.first(called, part).click_secondary();
        self.let_go();
    }

    /// Clicks on whatever is called `name` with the other button.
    #[track_caller]
    pub(crate) fn click_secondary(&mut self, name: &str) {
        self.first(by().label(name), name).click_secondary();
        self.let_go();
    }

    /// Sets the slider called `name` as a screen reader does.
    #[track_caller]
    pub(crate) fn set(&mut self, name: &str, value: f64) {
        self.node(Role::Slider, name).set_value_accesskit(value);
        self.let_go();
    }

    /// Gives the keyboard to the slider called `name`.
    #[track_caller]
    pub(crate) fn focus(&mut self, name: &str) {
        self.node(Role::Slider, name).focus();
        self.let_go();
    }

    /// Gives the keyboard to the button called `name`.
    #[track_caller]
    pub(crate) fn focus_button(&mut self, name: &str) {
        self.node(Role::Button, name).focus();
        self.let_go();
    }

    /// Where the slider whose name has `part` in it lies.
    #[track_caller]
    pub(crate) fn slider_at(&self, part: &str) -> Rect {
        let found = by().role(Role::Slider).label_contains(part);
        self.first(found, part).rect()
    }

    /// Presses and lets go `key`.
    pub(crate) fn key(&mut self, key: Key) {
        self.keys(Modifiers::NONE, key);
    }

    /// Presses and lets go `key` with `modifiers`.
    pub(crate) fn keys(&mut self, modifiers: Modifiers, key: Key) {
        self.harness.key_press_modifiers(modifiers, key);
        self.let_go();
    }

    /// Types `text`.
    pub(crate) fn type_text(&mut self, text: &str) {
        self.harness.event(Event::Text(text.to_owned()));
        self.let_go();
    }

    /// Drags the mouse through `places` with `button` down.
    pub(crate) fn drag(&mut self, button: PointerButton, places: &[Pos2]) {
        self.begin_drag(button, places);
        self.let_go();
    }

    /// The same, and one frame, whether the window comes to rest or not.
    pub(crate) fn play_drag(&mut self, button: PointerButton, places: &[Pos2]) {
        self.begin_drag(button, places);
        self.frames(1);
    }

    /// Clicks at `place`, and lets one frame go by.
    pub(crate) fn play_click(&mut self, button: PointerButton, place: Pos2) {
        self.play_drag(button, &[place]);
    }

    /// Presses `key`, and lets one frame go by.
    pub(crate) fn play_key(&mut self, modifiers: Modifiers, key: Key) {
        self.harness.key_press_modifiers(modifiers, key);
        self.frames(1);
    }

    /// Turns the wheel at `place`, and lets one frame go by.
    pub(crate) fn play_scroll(&mut self, place: Pos2, by: Vec2) {
        self.begin_scroll(place, by);
        self.frames(1);
    }

    /// Frames and pauses for jobs.
    pub(crate) fn let_jobs_run(&mut self) {
        for _ in 0..6 {
            self.frames(1);
            std::thread::sleep(std::time::Duration::from_millis(8));
        }
    }

    fn begin_drag(&self, button: PointerButton, places: &[Pos2]) {
        let (Some(first), Some(last)) = (places.first(), places.last()) else {
            return;
        };
        let turn = |pos: Pos2, pressed: bool| Event::PointerButton {
            pos,
            button,
            pressed,
            modifiers: Modifiers::NONE,
        };
        self.harness.hover_at(*first);
        self.harness.event(turn(*first, true));
        for place in places {
            self.harness.hover_at(*place);
        }
        self.harness.event(turn(*last, false));
    }

    /// Clicks at `place`.
    pub(crate) fn click_at(&mut self, button: PointerButton, place: Pos2) {
        self.drag(button, &[place]);
    }

    /// Moves the pointer to `place`.
    pub(crate) fn point_at(&mut self, place: Pos2) {
        self.harness.hover_at(place);
        self.let_go();
    }

    /// Turns the wheel at `place`.
    pub(crate) fn scroll(&mut self, place: Pos2, by: Vec2) {
        self.begin_scroll(place, by);
        self.let_go();
    }

    fn begin_scroll(&self, place: Pos2, by: Vec2) {
        self.harness.hover_at(place);
        self.harness.event(Event::MouseWheel {
            unit: egui::MouseWheelUnit::Point,
            delta: by,
            source: egui::MouseWheelSource::Wheel,
            phase: egui::TouchPhase::Move,
            modifiers: Modifiers::NONE,
        });
    }

    /// Lays fingers on `places`, the first of which points too, for a second of frames.
    pub(crate) fn touch(&mut self, places: &[Pos2]) {
        for (finger, place) in (1..).zip(places) {
            self.harness.event(Event::Touch {
                device_id: egui::TouchDeviceId(1),
                id: egui::TouchId(finger),
                phase: egui::TouchPhase::Start,
                pos: *place,
                force: None,
            });
        }
        self.harness.hover_at(places[0]);
        self.harness.event(Event::PointerButton {
            pos: places[0],
            button: PointerButton::Primary,
            pressed: true,
            modifiers: Modifiers::NONE,
        });
        self.frames(70);
    }

    /// Drops the file at `path` on the window.
    pub(crate) fn drop_file(&mut self, path: &Path) {
        self.drop_files(&[path]);
    }

    /// Drops the files at `paths` on the window, all at once.
    pub(crate) fn drop_files(&mut self, paths: &[&Path]) {
        for path in paths {
            let file = crate::files::Dropped(path.to_path_buf());
            let dropped = &mut self.harness.input_mut().dropped_files;
            dropped.push(std::sync::Arc::new(file));
        }
        self.frames(1);
    }

    /// Asks the window to close, as its frame does.
    pub(crate) fn ask_to_close(&mut self) {
        let viewports = &mut self.harness.input_mut().viewports;
        let root = viewports.entry(ViewportId::ROOT).or_default();
        root.events.push(ViewportEvent::Close);
        // What is asked then is measured before it is shown.
        self.frames(3);
    }

    /// Whether the window closes with the last frame.
    pub(crate) fn closes(&self) -> bool {
        let output = &self.harness.output().viewport_output[&ViewportId::ROOT];
        output.commands.contains(&ViewportCommand::Close)
    }

    /// Gives the window another size in points.
    pub(crate) fn resize(&mut self, size: Vec2) {
        self.harness.set_size(size);
        self.frames(1);
    }

    /// Makes everything larger or smaller.
    pub(crate) fn zoom(&mut self, factor: f32) {
        self.harness.ctx.set_zoom_factor(factor);
        self.frames(2);
    }

    /// Hands over an event as it is, with no frame after it.
    pub(crate) fn event(&self, event: Event) {
        self.harness.event(event);
    }

    /// Asks, as a screen reader does, the control at this place among all that can be acted on for something: a number
    /// that lies at `part` of its range, or a click. Says which it was.
    pub(crate) fn ask_one(&self, place: usize, part: f64) -> String {
        let controls: Vec<_> = self.controls().collect();
        let Some(node) = controls.get(place % controls.len().max(1)) else {
            return "nothing".to_owned();
        };
        let inner = node.accesskit_node();
        let name = inner.label().or_else(|| inner.value()).unwrap_or_default();
        let range = inner.min_numeric_value().zip(inner.max_numeric_value());
        match range {
            Some((low, high)) => node.set_value_accesskit(low + part * (high - low)),
            None if !inner.is_disabled() => node.click_accesskit(),
            None => (),
        }
        format!("{name:?} asked for {part:.2}")
    }

    /// Takes the pointer away, and lets frames go by whether the window comes to rest or not.
    pub(crate) fn point_nowhere(&mut self) {
        self.harness.remove_cursor();
        self.frames(3);
    }

    /// Takes the pointer away from the window.
    pub(crate) fn leave(&mut self) {
        self.harness.remove_cursor();
        self.rest();
    }

    /// Frames for all that was queued, then what they ask for; while time runs or a job is under way, no more.
    fn let_go(&mut self) {
        self.harness.step();
        if self.session().is_playing() {
            self.frames(2);
        } else {
            self.rest();
        }
    }
}
