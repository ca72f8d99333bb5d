//! Pages of pictures, and how many stand side by side.

use super::*;
use crate::engine::patterns::Grid;
use ndarray::{Array2, Axis, Slice};

#[test]
fn as_many_columns_as_fit() {
    assert_eq!(columns(226.0, 32.0, 2.0, 30), 6);
    assert_eq!(columns(226.0, 32.0, 2.0, 4), 4);
    assert_eq!(columns(5.0, 32.0, 2.0, 30), 1);
    assert_eq!(columns(5.0, 32.0, 2.0, 0), 1);
}

#[test]
fn thumbnails_are_whole_multiples_where_they_can() {
    let tile = Vec2::splat(28.0);
    assert_eq!(whole_steps(tile, Vec2::splat(70.0)), Vec2::splat(56.0));
    assert_eq!(whole_steps(tile, vec2(14.0, 99.0)), Vec2::splat(14.0));
}

#[test]
fn two_thousand_patterns_take_one_page_and_only_what_changes_is_uploaded_again() {
    let mut rows = Array2::ones((2000, 784));
    let patterns = |rows: &Array2<i8>| Patterns::new(rows.clone(), Grid::square(28), None);
    let ctx = Context::default();
    let uploads = || {
        let mut delta = ctx.tex_manager().write().take_delta();
        let set = std::mem::take(&mut delta.set);
        delta.clear();
        set
    };
    let mut atlas = Atlas::default();
    atlas.update(&ctx, &patterns(&rows).unwrap(), 1);
    assert_eq!((atlas.pages.len(), atlas.count()), (1, 2000));
    assert_eq!(atlas.corner(71), [29, 29]);
    let page = atlas.pages[0].id();
    assert!(uploads().contains_key(&page));
    // The same patterns, though told to be others.
    atlas.update(&ctx, &patterns(&rows).unwrap(), 2);
    assert!(uploads().is_empty());
    // One of the second line of 70.
    rows[[73, 5]] = -1;
    atlas.update(&ctx, &patterns(&rows).unwrap(), 3);
    let again = uploads();
    let (id, delta) = again.iter().next().expect("an upload");
    assert_eq!((*id, delta[0].pos), (page, Some([0, 29])));
    assert_eq!(delta[0].image.size(), [70 * 29, 29]);
    // Fewer patterns are the same page.
    let fewer = rows.slice_axis(Axis(0), Slice::from(..1990)).to_owned();
    atlas.update(&ctx, &patterns(&fewer).unwrap(), 4);
    assert!(uploads().is_empty() && atlas.count() == 1990);
    // And those that come back are drawn anew.
    atlas.update(&ctx, &patterns(&rows).unwrap(), 5);
    assert_eq!(uploads()[&page][0].pos, Some([0, 28 * 29]));
}
