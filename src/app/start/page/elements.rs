//! Elements of the page, one for each control and text of a tree of AccessKit, renewed where they change.

use egui::accesskit::{Node, NodeId, Role, Toggled, TreeUpdate};
use std::collections::{BTreeMap, BTreeSet};
use wasm_bindgen::JsValue;
use web_sys::Element;

/// An element, and what it was made of.
struct Shown {
    element: Element,
    said: Said,
    style: String,
}

/// What an element says.
#[derive(PartialEq)]
struct Said {
    tag: &'static str,
    /// Of the element, except its text and style.
    attributes: Vec<(&'static str, String)>,
    text: String,
}

/// All of them.
pub(super) struct Elements {
    place: Element,
    shown: BTreeMap<u64, Shown>,
}

impl Elements {
    /// None yet, in `place`.
    pub(super) fn new(place: Element) -> Self {
        Self {
            place,
            shown: BTreeMap::new(),
        }
    }

    /// Shows `tree`, whose points are `scale` pixels of the page.
    pub(super) fn show(&mut self, tree: &TreeUpdate, scale: f64) {
        let nodes: BTreeMap<NodeId, &Node> =
            tree.nodes.iter().map(|(id, node)| (*id, node)).collect();
        let Some(root) = tree.tree.as_ref().map(|tree| tree.root) else {
            return;
        };
        let (mut seen, mut waiting) = (BTreeSet::new(), vec![root]);
        while let Some(id) = waiting.pop() {
            let Some(node) = nodes.get(&id) else {
                continue;
            };
            // In the order in which they are drawn.
            waiting.extend(node.children().iter().rev());
            if let Some(said) = said(id, node)
                && self.put(id.0, said, style(node, scale)).is_ok()
            {
                seen.insert(id.0);
            }
        }
        self.shown.retain(|id, shown| {
            let stays = seen.contains(id);
            if !stays {
                shown.element.remove();
            }
            stays
        });
    }

    /// Makes the element of a node, or renews it.
    fn put(&mut self, id: u64, said: Said, style: String) -> Result<(), JsValue> {
        if let Some(shown) = self.shown.get_mut(&id)
            && shown.said.tag == said.tag
        {
            if shown.said != said {
                tell(&shown.element, &said)?;
                shown.said = said;
            }
            if shown.style != style {
                shown.element.set_attribute("style", &style)?;
                shown.style = style;
            }
            return Ok(());
        }
        if let Some(old) = self.shown.remove(&id) {
            old.element.remove();
        }
        let document = self.place.owner_document().ok_or("no document")?;
        let element = document.create_element(said.tag)?;
        tell(&element, &said)?;
        element.set_attribute("style", &style)?;
        self.place.append_child(&element)?;
        self.shown.insert(
            id,
            Shown {
                element,
                said,
                style,
            },
        );
        Ok(())
    }
}

fn tell(element: &Element, said: &Said) -> Result<(), JsValue> {
    for name in [
        "aria-disabled",
        "aria-checked",
        "aria-selected",
        "aria-pressed",
    ] {
        element.remove_attribute(name)?;
    }
    for (name, value) in &said.attributes {
        element.set_attribute(name, value)?;
    }
    if said.tag == "input" {
        return Ok(());
    }
    element.set_text_content(Some(&said.text));
    Ok(())
}

/// What the element of a node says; `None` of what is neither control nor text.
fn said(id: NodeId, node: &Node) -> Option<Said> {
    let name = node.label().or_else(|| node.value()).unwrap_or_default();
    if name.is_empty() {
        return None;
    }
    let role = match node.role() {
        Role::Button => "button",
        Role::CheckBox => "checkbox",
        Role::RadioButton => "radio",
        Role::ComboBox => "combobox",
        Role::Link => "link",
        Role::ListBoxOption => "option",
        Role::Slider => "slider",
        Role::SpinButton => "spinbutton",
        Role::TextInput | Role::MultilineTextInput => "textbox",
        Role::Image | Role::Canvas => "img",
        Role::ProgressIndicator => "progressbar",
        Role::Label => "",
        _ => return None,
    };
    let mut attributes = vec![("data-node", id.0.to_string())];
    let mut put = |name, value: String| attributes.push((name, value));
    let is_number = node.numeric_value().is_some() && matches!(role, "slider" | "spinbutton");
    if role.is_empty() {
        let text = node.value().unwrap_or(name).to_owned();
        return Some(Said {
            tag: "p",
            attributes,
            text,
        });
    }
    put("aria-label", name.to_owned());
    if node.is_disabled() {
        put("aria-disabled", "true".to_owned());
    }
    if let Some(toggled) = node.toggled() {
        let is_on = toggled == Toggled::True;
        let what = if role == "button" {
            "aria-pressed"
        } else {
            "aria-checked"
        };
        put(what, is_on.to_string());
    }
    if let Some(is_selected) = node.is_selected() {
        put("aria-selected", is_selected.to_string());
    }
    if is_number {
        put(
            "type",
            if role == "slider" { "range" } else { "number" }.to_owned(),
        );
        put("step", "any".to_owned());
        let numbers = [
            ("min", node.min_numeric_value()),
            ("max", node.max_numeric_value()),
            ("value", node.numeric_value()),
        ];
        for (what, number) in numbers {
            if let Some(number) = number.filter(|number| number.is_finite()) {
                put(what, number.to_string());
            }
        }
    } else {
        put("role", role.to_owned());
    }
    // The canvas has the keys: Tab does not stop here.
    put("tabindex", "-1".to_owned());
    Some(Said {
        tag: if is_number { "input" } else { "div" },
        attributes,
        text: node.value().unwrap_or_default().to_owned(),
    })
}

/// Where the element of a node is.
fn style(node: &Node, scale: f64) -> String {
    let Some(place) = node.bounds() else {
        return String::new();
    };
    format!(
        "left:{:.0}px;top:{:.0}px;width:{:.0}px;height:{:.0}px",
        scale * place.x0,
        scale * place.y0,
        scale * place.width(),
        scale * place.height()
    )
}
