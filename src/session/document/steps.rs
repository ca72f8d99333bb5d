//! Steps by which older documents become newer ones: one for each version, by its name.
//!
//! A step changes what is written, not what it means. Absent: reading the newest version.

use super::VERSION;
use serde_json::Value;

/// What a step does to a document.
type Step = fn(&mut Value);

/// The step from each version to the next, from version 1 on.
const STEPS: [Step; VERSION as usize - 1] = [with_a_view, with_more_than_a_recall];

/// Version 2 says how one looked at it; before, nobody did, and what is missing is null.
fn with_a_view(document: &mut Value) {
    if let Some(fields) = document.as_object_mut() {
        // A key of this name meant nothing then: it is refused, not taken for a view.
        let taken = fields.remove("view");
        fields.extend(taken.map(|value| ("a view in version 1".to_owned(), value)));
    }
}

/// Version 3 has wishes, runs of the lab, a teacher's options and files that are not inside; before, there were none. Keys of
/// these names were refused then, and are now.
fn with_more_than_a_recall(document: &mut Value) {
    if let Some(fields) = document.as_object_mut() {
        for key in ["wishes", "lab", "teacher", "outside"] {
            let taken = fields.remove(key);
            fields.extend(taken.map(|value| (format!("{key} in version 2"), value)));
        }
    }
}

/// `document`, which is of `version`, as one of the newest.
pub(super) fn to_newest(mut document: Value, version: u32) -> Value {
    for step in &STEPS[version as usize - 1..] {
        step(&mut document);
    }
    if let Some(fields) = document.as_object_mut() {
        fields.insert("version".to_owned(), VERSION.into());
    }
    document
}
