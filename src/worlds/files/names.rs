//! Which files and arrays belong together, told by their names alone.
//!
//! The MNIST family calls its files `train-images-idx3-ubyte.gz`, `train-labels-idx1-ubyte.gz`, `t10k-…`; arrays in
//! archives are called `x_train`, `y_train`, `test_images`, `labels` and the like. Absent: what the files hold.

use crate::worlds::LeftOut;

/// What a name says that is behind it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Role {
    /// Patterns.
    Images,
    /// What the patterns are.
    Labels,
}

/// Words for patterns, in names of arrays and files.
const IMAGES: &[&str] = &["patterns", "x", "images", "imgs", "image", "data", "xi"];
/// Words for labels.
const LABELS: &[&str] = &["labels", "label", "y", "targets", "target"];
/// Words for the part that is never stored.
const TEST: &[&str] = &["test", "t10k"];
/// Words for parts that are set aside for the choice of settings and are not read.
const ASIDE: &[&str] = &["val", "valid", "validation"];

/// Endings that say only what the format is.
const ENDINGS: &[&str] = &[
    "", "gz", "npy", "npz", "ubyte", "idx1", "idx3", "csv", "tsv", "txt", "dat",
];

/// The words of a name without folders, in lower case and without endings that say only what the format is.
fn words(name: &str) -> Vec<String> {
    let file = name.rsplit('/').next().unwrap_or_default().to_lowercase();
    file.split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !ENDINGS.contains(word))
        .map(str::to_owned)
        .collect()
}

/// Whether a name is that of a test set.
pub(super) fn is_test(name: &str) -> bool {
    words(name).iter().any(|word| TEST.contains(&word.as_str()))
}

/// Whether a name is that of a part that is not read.
pub(super) fn is_aside(name: &str) -> bool {
    words(name)
        .iter()
        .any(|word| ASIDE.contains(&word.as_str()))
}

/// What the name says that is behind it; `None` where it says nothing of the kind.
pub(super) fn role(name: &str) -> Option<Role> {
    let words = words(name);
    let has = |known: &[&str]| words.iter().any(|word| known.contains(&word.as_str()));
    match (has(IMAGES), has(LABELS)) {
        (true, false) => Some(Role::Images),
        (_, true) => Some(Role::Labels),
        (false, false) => None,
    }
}

/// The name without the words for images and labels: the same for files that belong together.
fn family(name: &str) -> Vec<String> {
    let mut words = words(name);
    words.retain(|word| !IMAGES.contains(&word.as_str()) && !LABELS.contains(&word.as_str()));
    words
}

/// Which of `beside` are the labels of the images called `name`; `None` unless exactly one is.
pub(super) fn labels_of<'a>(name: &str, beside: &[&'a str]) -> Option<&'a str> {
    let mut labels = beside
        .iter()
        .filter(|other| role(other) == Some(Role::Labels) && family(other) == family(name));
    match (labels.next(), labels.next()) {
        (Some(only), None) => Some(only),
        _ => None,
    }
}

/// Which files beside the file called `name` are to be opened with it: its labels, if its name says that it holds
/// images and exactly one other's that it holds their labels.
///
/// An edge that is given one file asks this for what else to read; names are those of one folder.
pub fn companions<'a>(name: &str, beside: &[&'a str]) -> Vec<&'a str> {
    let pictures = ["png", "jpg", "jpeg"];
    let words = words(name);
    let is_picture = words
        .last()
        .is_some_and(|end| pictures.contains(&end.as_str()));
    if role(name) != Some(Role::Images) || is_picture {
        return Vec::new();
    }
    labels_of(name, beside).into_iter().collect()
}

/// The most names that a refusal lists.
const LISTED: usize = 12;

/// What is called `all` and is not used, each a `noun`; nothing if there are none.
pub(super) fn left_out(noun: &str, all: &[&str], why: &str) -> Option<LeftOut> {
    let several = if all.len() == 1 { "" } else { "s" };
    (!all.is_empty()).then(|| LeftOut {
        what: format!("{noun}{several} {}", list(all)),
        why: why.to_owned(),
        count: all.len(),
    })
}

/// Names for a sentence, each in quotation marks.
pub(super) fn list(all: &[&str]) -> String {
    let mut listed: Vec<String> = all
        .iter()
        .take(LISTED)
        .map(|name| format!("'{}'", name.replace(char::is_control, "·")))
        .collect();
    if all.len() > LISTED {
        listed.push("…".to_owned());
    }
    listed.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mnist_family_goes_in_pairs() {
        let folder = [
            "t10k-images-idx3-ubyte.gz",
            "t10k-labels-idx1-ubyte.gz",
            "train-images-idx3-ubyte.gz",
            "train-labels-idx1-ubyte.gz",
            "README.md",
        ];
        for (images, labels) in [(0, 1), (2, 3)] {
            assert_eq!(companions(folder[images], &folder), [folder[labels]]);
            assert!(companions(folder[labels], &folder).is_empty());
        }
        assert!(is_test(folder[0]) && !is_test(folder[2]));
    }

    #[test]
    fn other_spellings_are_known() {
        let pairs = [
            ("train-images.idx3-ubyte", "train-labels.idx1-ubyte"),
            ("train-images-idx3-ubyte", "train-labels-idx1-ubyte.gz"),
            (
                "emnist-letters-train-images-idx3-ubyte.gz",
                "emnist-letters-train-labels-idx1-ubyte.gz",
            ),
            ("kmnist-train-imgs.npz", "kmnist-train-labels.npz"),
            ("patterns.npy", "labels.npy"),
            ("X_train.npy", "y_train.npy"),
        ];
        let all: Vec<&str> = pairs.iter().flat_map(|(a, b)| [*a, *b]).collect();
        for (images, labels) in pairs {
            assert_eq!(
                companions(images, &[labels, "notes.txt"]),
                [labels],
                "{images}"
            );
        }
        // Two files that might be the labels are none.
        assert!(companions("train-images-idx3-ubyte", &all).is_empty());
        assert!(companions("images.png", &["labels.npy"]).is_empty());
        assert!(companions("weights.npy", &["labels.npy"]).is_empty());
    }

    #[test]
    fn arrays_of_archives_have_roles() {
        for (name, what) in [
            ("x_train.npy", Some(Role::Images)),
            ("y_test.npy", Some(Role::Labels)),
            ("train_images.npy", Some(Role::Images)),
            ("patterns.npy", Some(Role::Images)),
            ("data", Some(Role::Images)),
            ("image_labels", Some(Role::Labels)),
            ("arr_0.npy", None),
            ("weights.npy", None),
        ] {
            assert_eq!(role(name), what, "{name}");
        }
        assert!(is_test("y_test.npy") && is_aside("val_images.npy"));
    }
}
