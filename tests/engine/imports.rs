//! Which file of `src` names which, and which types each declares, read from the tokens of the sources.
//!
//! Imports are `use` lines and paths written out, without what is compiled for tests only. A path counts for the file
//! of the longest module path that it begins with, so what a `mod.rs` passes on counts for the `mod.rs`. What a file
//! names of one above it is no import: `room/mod.rs` or `room.rs` and what lies in `room` are one house.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use std::collections::{BTreeMap, BTreeSet};

/// Path below the root and text of a file.
pub(crate) type SourceFile = (String, String);

/// Files that a file names, by path.
pub(crate) type Imports = BTreeMap<String, BTreeSet<String>>;

/// The files among `sources` that the library is made of: named by a `mod` from `src/lib.rs` on, tests left out.
pub(crate) fn compiled(sources: &[SourceFile]) -> Vec<SourceFile> {
    let mut found: Vec<SourceFile> = Vec::new();
    let mut next = vec![Vec::new()];
    while let Some(wanted) = next.pop() {
        let of_module = |file: &&SourceFile| module(&file.0) == wanted && file.0 != "src/main.rs";
        if let Some((path, text)) = sources.iter().find(of_module) {
            let tokens = tokens(path, text);
            let children = tokens.windows(3).filter_map(|three| match three {
                [word, TokenTree::Ident(name), end]
                    if is_word(word, "mod") && is_sign(Some(end), ';') =>
                {
                    Some([&wanted[..], &[name.to_string()]].concat())
                }
                _ => None,
            });
            next.extend(children);
            found.push((path.clone(), text.clone()));
        }
    }
    found.sort();
    found
}

/// The imports among `sources`.
pub(crate) fn imports(sources: &[SourceFile]) -> Imports {
    let modules: BTreeMap<Vec<String>, &str> = sources
        .iter()
        .map(|(path, _)| (module(path), path.as_str()))
        .collect();
    let of = |(path, text): &SourceFile| {
        let own = module(path);
        let children: BTreeSet<&str> = modules
            .keys()
            .filter_map(|module| module.strip_prefix(&own[..]))
            .filter_map(|below| below.first())
            .map(String::as_str)
            .collect();
        let mut found = Vec::new();
        let here = Here { own, children };
        paths(&tokens(path, text), &here, &mut found);
        let files = found.iter().filter_map(|named| file_of(named, &modules));
        let others = files.filter(|(module, file)| *file != path && !here.own.starts_with(module));
        let others = others.map(|(_, file)| file.to_owned()).collect();
        (path.clone(), others)
    };
    sources.iter().map(of).collect()
}

/// The file that a path from the root of the crate counts for, and its module.
fn file_of<'a>(
    path: &'a [String],
    modules: &BTreeMap<Vec<String>, &'a str>,
) -> Option<(&'a [String], &'a str)> {
    let mut prefixes = (0..=path.len()).rev().map(|length| &path[..length]);
    prefixes.find_map(|prefix| Some((prefix, *modules.get(prefix)?)))
}

/// Groups of files each of which leads to every other, sorted; files that are in no circle are left out.
pub(crate) fn circles(imports: &Imports) -> Vec<Vec<&str>> {
    let reached: BTreeMap<&str, BTreeSet<&str>> = imports
        .keys()
        .map(|file| (file.as_str(), reached_from(imports, file)))
        .collect();
    let mut circles: Vec<Vec<&str>> = reached
        .iter()
        .filter(|(file, there)| there.contains(*file))
        .map(|(file, there)| {
            let back = |other: &&str| reached[other].contains(file);
            there.iter().copied().filter(back).collect()
        })
        .collect();
    circles.sort();
    circles.dedup();
    circles
}

fn reached_from<'a>(imports: &'a Imports, file: &str) -> BTreeSet<&'a str> {
    let mut reached = BTreeSet::new();
    let mut next: Vec<&str> = imports[file].iter().map(String::as_str).collect();
    while let Some(file) = next.pop() {
        if reached.insert(file) {
            next.extend(imports[file].iter().map(String::as_str));
        }
    }
    reached
}

/// Structs, enums and traits that a file declares `pub`, without those of its tests.
pub(crate) fn public_types((path, text): &SourceFile) -> Vec<String> {
    let tokens = tokens(path, text);
    let declared = tokens.windows(3).filter_map(|three| match three {
        [open, kind, TokenTree::Ident(name)] if is_word(open, "pub") => {
            let kinds = ["struct", "enum", "trait"].map(|known| is_word(kind, known));
            kinds.contains(&true).then(|| name.to_string())
        }
        _ => None,
    });
    declared.collect()
}

/// The module that the file at `path` is, below `src`.
fn module(path: &str) -> Vec<String> {
    let path = path.trim_start_matches("src/").trim_end_matches(".rs");
    match path.trim_end_matches("/mod") {
        "lib" => Vec::new(),
        path => path.split('/').map(ToOwned::to_owned).collect(),
    }
}

/// Tokens of `text` without what is compiled for tests only.
fn tokens(path: &str, text: &str) -> Vec<TokenTree> {
    let all = text.parse::<TokenStream>();
    without_tests(all.unwrap_or_else(|problem| panic!("{path} is no Rust: {problem}")))
}

/// Drops each `#[cfg(test)]` and the item behind it, which ends with a brace or a semicolon.
fn without_tests(all: TokenStream) -> Vec<TokenTree> {
    let mut kept = Vec::new();
    let mut tokens = all.into_iter();
    while let Some(token) = tokens.next() {
        let words: String = token.to_string().split_whitespace().collect();
        if words == "[cfg(test)]" {
            kept.pop();
            tokens.find(|token| {
                is_sign(Some(token), ';') || inside(token, Delimiter::Brace).is_some()
            });
        } else {
            kept.push(token);
        }
    }
    kept
}

/// The module that paths stand in, and the names of those below it.
struct Here<'a> {
    own: Vec<String>,
    children: BTreeSet<&'a str>,
}

impl Here<'_> {
    /// Where a path that begins with `word` begins, from the root of the crate.
    fn start(&self, word: &str) -> Option<Vec<String>> {
        let Self { own, children } = self;
        match word {
            "crate" => Some(Vec::new()),
            "self" => Some(own.clone()),
            "super" => Some(own[..own.len().saturating_sub(1)].to_vec()),
            child if children.contains(child) => Some([&own[..], &[child.to_owned()]].concat()),
            _ => None,
        }
    }
}

/// Every path in `tokens` that begins in this crate, from its root.
fn paths(tokens: &[TokenTree], here: &Here<'_>, found: &mut Vec<Vec<String>>) {
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        at += 1;
        match token {
            TokenTree::Group(group) => paths(&without_tests(group.stream()), here, found),
            TokenTree::Ident(word)
                if goes_on(tokens, at) && !(at > 2 && goes_on(tokens, at - 3)) =>
            {
                if let Some(start) = here.start(&word.to_string()) {
                    at = tree(tokens, at, start, found);
                }
            }
            _ => {}
        }
    }
}

/// Follows a path, or a tree of them, from behind its word at `at`; the place behind all of it.
fn tree(
    tokens: &[TokenTree],
    mut at: usize,
    mut path: Vec<String>,
    found: &mut Vec<Vec<String>>,
) -> usize {
    while goes_on(tokens, at) {
        match tokens.get(at + 2) {
            Some(TokenTree::Ident(word)) if word == "super" => drop(path.pop()),
            Some(TokenTree::Ident(word)) if word == "self" => {}
            Some(TokenTree::Ident(word)) => path.push(word.to_string()),
            next => {
                if let Some(inner) = next.and_then(|next| inside(next, Delimiter::Brace)) {
                    let parts = inner.split(|token| is_sign(Some(token), ','));
                    parts.for_each(|part| branch(part, path.clone(), found));
                    return at + 3;
                }
                break;
            }
        }
        at += 3;
    }
    found.push(path);
    at
}

/// One part of `{…}` in a tree of imports.
fn branch(part: &[TokenTree], mut path: Vec<String>, found: &mut Vec<Vec<String>>) {
    if let Some(TokenTree::Ident(word)) = part.first() {
        if word != "self" {
            path.push(word.to_string());
        }
        tree(part, 1, path, found);
    }
}

/// Whether `::` stands at `at`.
fn goes_on(tokens: &[TokenTree], at: usize) -> bool {
    is_sign(tokens.get(at), ':') && is_sign(tokens.get(at + 1), ':')
}

fn is_sign(token: Option<&TokenTree>, sign: char) -> bool {
    matches!(token, Some(TokenTree::Punct(punct)) if punct.as_char() == sign)
}

fn is_word(token: &TokenTree, word: &str) -> bool {
    matches!(token, TokenTree::Ident(ident) if ident == word)
}

/// The tokens inside of a group with these delimiters.
fn inside(token: &TokenTree, delimiter: Delimiter) -> Option<Vec<TokenTree>> {
    match token {
        TokenTree::Group(group) if group.delimiter() == delimiter => {
            Some(group.stream().into_iter().collect())
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sources(files: &[(&str, &str)]) -> Vec<SourceFile> {
        let owned = |(path, text): &(&str, &str)| ((*path).to_owned(), (*text).to_owned());
        files.iter().map(owned).collect()
    }

    #[test]
    fn a_planted_circle_is_found_however_it_is_written() {
        let ways = [
            "use super::b::B;",
            "use super::{b::{B, C}, c};",
            "use crate::room::{c, b};",
            "fn f() { let b = crate::room::b::B::new(); }",
            "fn f() { vec![super::b::B] }",
            "pub use self::super::b::*;",
        ];
        for way in ways {
            let files = sources(&[
                (
                    "src/room/mod.rs",
                    "pub mod a; pub mod b; pub mod c; pub use a::A;",
                ),
                ("src/room/a.rs", way),
                ("src/room/b.rs", "use super::c::{self, C};"),
                ("src/room/c.rs", "use crate::room::a::A;"),
            ]);
            let imports = imports(&files);
            let found = circles(&imports);
            assert_eq!(found.len(), 1, "{way}: {imports:?}");
            let ends = (found[0][0], found[0][found[0].len() - 1]);
            assert_eq!(ends, ("src/room/a.rs", "src/room/c.rs"), "{way}");
        }
    }

    #[test]
    fn a_circle_through_a_house_is_found() {
        let files = sources(&[
            ("src/a.rs", "mod b; use b::B; pub struct A;"),
            ("src/a/b.rs", "use super::A; use crate::c::C; pub struct B;"),
            ("src/c.rs", "use crate::a::A;"),
        ]);
        let imports = imports(&files);
        assert_eq!(circles(&imports), [["src/a.rs", "src/a/b.rs", "src/c.rs"]]);
    }

    #[test]
    fn houses_tests_comments_and_words_make_no_circle() {
        let files = sources(&[
            ("src/lib.rs", "pub mod room;"),
            (
                "src/room/mod.rs",
                "mod a; mod b; pub use a::A; use b::B; pub struct Shared;",
            ),
            (
                "src/room/a.rs",
                "//! See [`super::b::B`].\npub(super) fn f(self) { let s = \"super::b\"; }\n\
                 use super::Shared;\n#[cfg(test)]\nmod tests { use super::super::b::B; }",
            ),
            ("src/room/b.rs", "use super::a::A; use crate::room::Shared;"),
        ]);
        let imports = imports(&files);
        assert!(circles(&imports).is_empty(), "{imports:?}");
        assert_eq!(imports["src/room/b.rs"].len(), 1);
    }

    #[test]
    fn the_library_is_what_its_root_leads_to() {
        let files = sources(&[
            (
                "src/a.rs",
                "mod b; #[cfg(test)] mod tests; #[cfg(test)] #[path = \"a_tests.rs\"] mod more;",
            ),
            ("src/a/b.rs", ""),
            ("src/a/tests.rs", ""),
            ("src/a_tests.rs", ""),
            ("src/lib.rs", "#[cfg(feature = \"app\")] pub mod a;"),
            ("src/main.rs", ""),
        ]);
        let found = compiled(&files);
        let paths: Vec<&str> = found.iter().map(|(path, _)| &**path).collect();
        assert_eq!(paths, ["src/a.rs", "src/a/b.rs", "src/lib.rs"]);
    }

    #[test]
    fn public_types_are_found() {
        let text = "pub struct A; enum B {} pub(super) trait C {} pub trait D {} \
                    #[cfg(test)] mod t { pub struct E; }";
        let found = public_types(&("src/a.rs".to_owned(), text.to_owned()));
        assert_eq!(found, ["A", "D"]);
    }
}
