//! What is to be read of a window: texts, names, what is chosen.

use super::Window;
use eframe::egui::{self, Rect, vec2};
use egui::accesskit::{Role, Toggled};
use egui_kittest::Node;
use egui_kittest::kittest::{AccessKitNode, By, NodeT as _, Queryable as _, by};

impl Window {
    /// Whether some text on screen has `part` in it.
    pub(crate) fn shows(&self, part: &str) -> bool {
        self.harness
            .query_all(by().label_contains(part).include_labels())
            .next()
            .is_some()
    }

    /// Whether there is a button whose name has `part` in it.
    pub(crate) fn offers(&self, part: &str) -> bool {
        let button = by().role(Role::Button).label_contains(part);
        self.harness.query_all(button).next().is_some()
    }

    /// Whether the theme is the dark one.
    pub(crate) fn is_dark(&self) -> bool {
        self.harness.ctx.theme() == egui::Theme::Dark
    }

    /// Every text on screen.
    pub(crate) fn texts(&self) -> Vec<String> {
        let nodes = self.harness.root().children_recursive();
        let labels = nodes.filter(|node| node.accesskit_node().role() == Role::Label);
        labels.filter_map(|node| node.value()).collect()
    }

    /// Every picture on screen by its name, and where it lies.
    pub(crate) fn pictures(&self) -> Vec<(String, Rect)> {
        let nodes = self.harness.root().children_recursive();
        let pictures = nodes.filter(|node| node.accesskit_node().role() == Role::Image);
        let named = pictures.map(|node| {
            let name = node.accesskit_node().label();
            (name.unwrap_or_default(), node.rect())
        });
        named.collect()
    }

    /// Fails unless some text on screen has `part` in it.
    #[track_caller]
    pub(crate) fn assert_shows(&self, part: &str) {
        assert!(self.shows(part), "no {part:?} in {:?}", self.texts());
    }

    /// Controls and texts that lie on another or outside a window of `size`. Thumbnails and what else scrolls may.
    pub(crate) fn overlaps(&self, size: egui::Vec2) -> Vec<String> {
        // What lies lower is cut off at the foot of its card.
        let whole = Rect::from_min_size(egui::Pos2::ZERO, size - vec2(0.0, 14.0));
        let in_sight = |node: &Node<'_>| {
            let role = node.accesskit_node().role();
            (egui::accessibility::is_input(role) && role != Role::ListBoxOption)
                || role == Role::Label
        };
        let nodes = self.harness.root().children_recursive().filter(in_sight);
        let name = |node: &Node<'_>| node.accesskit_node().label().or_else(|| node.value());
        let placed: Vec<(String, Rect)> = nodes
            .map(|node| (name(&node).unwrap_or_default(), node.rect()))
            .collect();
        let mut faults = Vec::new();
        for (index, (a, place)) in placed.iter().enumerate() {
            if !whole.contains_rect(*place) {
                faults.push(format!("{a:?} at {place:?} leaves the window"));
            }
            for (b, other) in &placed[..index] {
                if place.shrink(1.0).intersects(other.shrink(1.0)) {
                    faults.push(format!("{a:?} at {place:?} lies on {b:?} at {other:?}"));
                }
            }
        }
        faults
    }

    /// Controls without a name.
    pub(crate) fn unnamed(&self) -> Vec<String> {
        self.harness.unnamed_widgets()
    }

    /// Number of controls a user can act on.
    pub(crate) fn n_controls(&self) -> usize {
        self.controls().count()
    }

    pub(super) fn controls(&self) -> impl Iterator<Item = Node<'_>> {
        let nodes = self.harness.root().children_recursive();
        nodes.filter(|node| egui::accessibility::is_input(node.accesskit_node().role()))
    }

    /// Whether the button `text` can be pressed.
    #[track_caller]
    pub(crate) fn is_enabled(&self, text: &str) -> bool {
        let node = self.node(Role::Button, text);
        !node.accesskit_node().is_disabled()
    }

    /// Whether the box called `name` can be checked.
    #[track_caller]
    pub(crate) fn can_check(&self, name: &str) -> bool {
        let node = self.node(Role::CheckBox, name);
        !node.accesskit_node().is_disabled()
    }

    /// Whether option `text` of `group` can be chosen.
    #[track_caller]
    pub(crate) fn can_choose(&self, group: &str, text: &str) -> bool {
        !self.option(group, text).accesskit_node().is_disabled()
    }

    /// Whether the button `text` is switched on.
    #[track_caller]
    pub(crate) fn is_pressed(&self, text: &str) -> bool {
        let toggled = self.node(Role::Button, text).accesskit_node().toggled();
        toggled == Some(Toggled::True)
    }

    /// Whether `group` has an option `text`.
    pub(crate) fn has_option(&self, group: &str, text: &str) -> bool {
        let in_group = move |node: &AccessKitNode<'_>| node.data().placeholder() == Some(group);
        let option = by().role(Role::RadioButton).label(text);
        let mut found = self.harness.query_all(option.predicate(in_group));
        found.next().is_some()
    }

    /// Whether option `text` of `group` is chosen.
    #[track_caller]
    pub(crate) fn is_chosen(&self, group: &str, text: &str) -> bool {
        let toggled = self.option(group, text).accesskit_node().toggled();
        toggled == Some(Toggled::True)
    }

    /// Where the picture `name` lies.
    #[track_caller]
    pub(crate) fn picture_at(&self, name: &str) -> Rect {
        self.node(Role::Image, name).rect()
    }

    /// Where the control of this role and name lies.
    #[track_caller]
    pub(crate) fn place_of(&self, role: Role, name: &str) -> Rect {
        self.node(role, name).rect()
    }

    /// Where the number lies that belongs to the slider whose name has `part` in it.
    #[track_caller]
    pub(crate) fn number_at(&self, part: &str) -> Rect {
        let found = by().role(Role::SpinButton).label_contains(part);
        self.first(found, part).rect()
    }

    /// Where the controls called `name` lie.
    pub(crate) fn places(&self, name: &str) -> Vec<Rect> {
        let nodes = self.harness.query_all(by().label(name));
        nodes.map(|node| node.rect()).collect()
    }

    /// Where the controls lie whose names have `part` in them.
    pub(crate) fn places_of_part(&self, part: &str) -> Vec<Rect> {
        let nodes = self.harness.query_all(by().label_contains(part));
        nodes.map(|node| node.rect()).collect()
    }

    /// Where all controls lie that a user can act on.
    pub(crate) fn pressable(&self) -> Vec<Rect> {
        let nodes = self.controls();
        nodes.map(|node| node.rect()).collect()
    }

    /// The name of what has the keyboard.
    pub(crate) fn focused(&self) -> Option<String> {
        let mut nodes = self.harness.root().children_recursive();
        let node = nodes.find(|node| node.accesskit_node().is_focused())?;
        let inner = node.accesskit_node();
        inner.label().or_else(|| inner.value())
    }

    /// Whether some control or text field has the keyboard.
    pub(crate) fn has_focus(&self) -> bool {
        self.harness.ctx.memory(|memory| memory.focused().is_some())
    }

    /// Which control has this role and exact name: the same as long as it stays the same.
    pub(crate) fn id_of(&self, role: Role, name: &str) -> impl PartialEq + std::fmt::Debug + use<> {
        self.node(role, name).accesskit_node().id()
    }

    /// The control of this role and exact name.
    #[track_caller]
    pub(super) fn node<'a>(&'a self, role: Role, name: &'a str) -> Node<'a> {
        self.first(by().role(role).label(name), name)
    }

    /// The option `text` of the group of options called `group`.
    #[track_caller]
    pub(super) fn option<'a>(&'a self, group: &'a str, text: &'a str) -> Node<'a> {
        let in_group = move |node: &AccessKitNode<'_>| node.data().placeholder() == Some(group);
        let option = by().role(Role::RadioButton).label(text);
        self.first(option.predicate(in_group), text)
    }

    /// The first that matches, in reading order.
    #[track_caller]
    pub(super) fn first<'a>(&'a self, wanted: By<'a>, name: &str) -> Node<'a> {
        match self.harness.query_all(wanted).next() {
            Some(node) => node,
            None => panic!(
                "nothing is called {name:?}; the window reads: {:?}",
                self.texts()
            ),
        }
    }
}
