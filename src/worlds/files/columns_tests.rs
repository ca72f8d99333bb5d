//! What first lines say of columns, by hand.

use super::*;

fn columns(text: &str) -> Columns {
    let lines: Vec<&[u8]> = text.lines().map(str::as_bytes).collect();
    let delimiter = Delimiter::of(lines[0]);
    Columns::of(&lines, delimiter, LabelColumn::Named, true).expect("numbers")
}

/// Titled or not, and the columns: `#` units, `L` labels, `-` nothing.
fn kinds(text: &str) -> (bool, String) {
    let columns = columns(text);
    let sign = |kind: &Column| match kind {
        Column::Unit => '#',
        Column::Label => 'L',
        Column::Nothing => '-',
    };
    (columns.titled, columns.kinds.iter().map(sign).collect())
}

#[test]
fn a_first_line_is_titles_only_if_all_of_it_is() {
    for (text, titled, expected) in [
        ("a,b,c\n1,2,3", true, "###"),
        ("0,1,2\n1,2,3", true, "###"),
        ("1,2,3\n1,0,0", true, "###"),
        ("label,0,1,2\n5,1,2,3", true, "L###"),
        (",0,1,2\n0,1,2,3", true, "-###"),
        // One odd cell is no title: whoever reads the row says what is wrong with it.
        (",1,1,0\n1,1,1,1", false, "####"),
        ("NaN,1,1\n1,1,1", false, "###"),
        ("?,1,1\n1,1,1", false, "###"),
        ("1,0;1,0;0,0\n1;1;1", false, "###"),
        ("x,1,1\n1,1,1", false, "###"),
        ("2,3,4\n1,0,0", false, "###"),
        ("1 2\n1 0", false, "##"),
    ] {
        assert_eq!(kinds(text), (titled, expected.to_owned()), "{text}");
    }
}

#[test]
fn titles_that_are_numbers_are_told() {
    let told = ["The first row is taken for titles, since it counts the columns"];
    assert_eq!(columns("1,2,3\n1,0,0").remarks, told);
    for text in ["a,b,c\n1,0,0", "label,0,1,2\n5,1,0,0", ",0,1,2\n0,1,0,0"] {
        assert_eq!(columns(text).remarks, [""; 0], "{text}");
    }
    // A row of data may look so too: nothing is lost in silence.
    let lines = [&b"cat,0,1,2"[..], b"dog,1,0,0"];
    let first = Columns::of(&lines, Delimiter::Sign(b','), LabelColumn::First, true);
    assert_eq!(first.unwrap().remarks, told);
}

#[test]
fn a_separator_at_the_end_parts_nothing() {
    for text in ["1,2,\n3,4,", "1;2;\n3;4", "a,b,\n1,2,\n3,4,"] {
        assert_eq!(kinds(text).1, "##", "{text}");
    }
    // A hole in the last column of one row stays a hole.
    assert_eq!(kinds("1,2,\n3,4,5").1, "###");
}

#[test]
fn words_and_row_names_are_no_pixels() {
    assert_eq!(kinds("cat,0,1\ndog,1,0").1, "L##");
    assert_eq!(
        columns("cat,0,1\ndog,1,0").remarks,
        ["Column 1 is taken for labels, since it holds words"]
    );
    let two = columns("u,v,kind,name\n0,1,a,b\n1,0,a,c");
    assert_eq!(
        two.kinds,
        [Column::Unit, Column::Unit, Column::Label, Column::Nothing]
    );
    assert_eq!(
        kinds("\"V1\" \"V2\"\n\"1\" 0 1\n\"2\" 1 0").1,
        "-##",
        "as R writes it"
    );
}

/// Rows of `before`, nine numbers of which `most` is the largest, and `after`.
fn table(before: &[&str], most: u8, after: &[&str]) -> String {
    let rows = before.len().max(after.len());
    let row = |place: usize| {
        let mut cells: Vec<String> = Vec::new();
        cells.extend(before.get(place).map(ToString::to_string));
        cells.extend(
            (0..9).map(|column| if (column + place) % 3 == 1 { most } else { 0 }.to_string()),
        );
        cells.extend(after.get(place).map(ToString::to_string));
        cells.join(",")
    };
    (0..rows).map(row).collect::<Vec<String>>().join("\n")
}

#[test]
fn the_column_beyond_a_square_is_a_label_or_a_number() {
    let labelled = columns(&table(&["7", "2", "7"], 255, &[]));
    assert_eq!((labelled.n_units, labelled.guessed), (9, Some(0)));
    assert_eq!(
        labelled.remarks,
        [
            "Column 1 is taken for labels: it holds small whole numbers, and 10 columns are one more than 3² (if it is a pixel, set the labels of tables to none)"
        ]
    );
    assert_eq!(kinds(&table(&[], 1, &["3", "0"])).1, "#########L");
    assert_eq!(
        kinds(&table(&[], 200, &["1", "0"])).1,
        "#########L",
        "two classes beside gray"
    );
    // Bits beside bits, one class alone, fractions and large numbers may be pixels.
    for first in [
        ["0", "1"],
        ["1", "0"],
        ["5", "5"],
        ["0.5", "1"],
        ["100", "7"],
    ] {
        let columns = columns(&table(&first, 1, &[]));
        assert_eq!((columns.n_units, columns.guessed), (10, None), "{first:?}");
        assert_eq!(
            columns.remarks,
            [
                "N = 10 is one more than 3²: perhaps a column of it is a label or a number of the row"
            ]
        );
    }
    let numbered = columns(&table(&["60001", "60002", "60003", "60004"], 1, &[]));
    assert_eq!(numbered.n_units, 9);
    let told: Vec<String> = numbered.left_out.iter().map(LeftOut::in_words).collect();
    assert_eq!(told, ["Left out: column 1: it numbers the rows"]);
    let asked = Columns::of(
        &table(&["7", "2"], 255, &[])
            .lines()
            .map(str::as_bytes)
            .collect::<Vec<_>>(),
        Delimiter::Sign(b','),
        LabelColumn::None,
        true,
    );
    assert_eq!(asked.unwrap().n_units, 10, "none means none");
}
