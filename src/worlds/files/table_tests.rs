//! Tests of tables: titles, labels, refusals with their line, and no bytes that panic.

use super::*;
use proptest::prelude::*;

fn read_with(text: &[u8], label_column: LabelColumn) -> Result<RawImages, Error> {
    let mut table = Table::new(Bytes::Own(text.to_vec()), label_column);
    loop {
        if let Some(raw) = table.step()? {
            return Ok(raw);
        }
    }
}

fn read(text: &str) -> Result<RawImages, Error> {
    read_with(text.as_bytes(), LabelColumn::Named)
}

fn numbers(raw: &RawImages) -> Vec<f32> {
    (0..raw.pixels.len())
        .map(|place| raw.pixels.value(place))
        .collect()
}

fn labels(raw: &RawImages) -> Vec<String> {
    let labels = raw.labels.as_ref().expect("labels");
    let n_images = raw.pixels.len() / raw.grid.n_units();
    let label = |index| labels.classes()[labels.class(index)].to_string();
    (0..n_images).map(label).collect()
}

fn refusal(text: &str) -> String {
    read(text).expect_err("refused").to_string()
}

#[test]
fn rows_of_numbers_are_patterns() {
    for text in [
        "1,-1,1,1\n-1,1,1,1\n",
        "1\t-1\t1\t1\r\n-1\t1\t1\t1",
        "\u{feff}a;b;c;d\n\n1;-1;1;1\n# between\n-1;1;1;1\n\n",
        "  1 -1  1 1\n -1 1 1 1",
        "0,1,2,3\n1,-1,1,1\n-1,1,1,1\n",
        ",0,1,2,3\n0,1,-1,1,1\n1,-1,1,1,1\n",
        "\"\",\"V1\",\"V2\",\"V3\",\"V4\"\n\"1\",1,-1,1,1\n\"2\",-1,1,1,1\n",
    ] {
        let raw = read(text).expect(text);
        assert_eq!(raw.grid, Grid::square(2), "{text}");
        assert_eq!(numbers(&raw), [1., -1., 1., 1., -1., 1., 1., 1.], "{text}");
        assert!(raw.labels.is_none() && raw.n_train == 2);
    }
}

#[test]
fn labels_are_a_column_by_title_or_by_place() {
    let titled = read("a,Label,b\n1,cat,2\n3,\"dog\",4\n").unwrap();
    assert_eq!(
        (numbers(&titled), labels(&titled)),
        (
            vec![1., 2., 3., 4.],
            vec!["cat".to_owned(), "dog".to_owned()]
        )
    );
    let first = read_with(b"7,0,255\n9,255,0", LabelColumn::First).unwrap();
    assert_eq!(
        (numbers(&first), labels(&first)),
        (
            vec![0., 255., 255., 0.],
            vec!["7".to_owned(), "9".to_owned()]
        )
    );
    let last = read_with(b"x1,x2,x3\n0,255,cat\n255,0,cat", LabelColumn::Last).unwrap();
    assert_eq!(
        (numbers(&last), labels(&last)),
        (vec![0., 255., 255., 0.], vec!["cat".to_owned(); 2])
    );
    let words = read_with(b"cat,0,255\ndog,255,0", LabelColumn::First).unwrap();
    assert_eq!(labels(&words), ["cat", "dog"]);
    let none = read_with(b"y,x,z\n1,2,3", LabelColumn::None).unwrap();
    assert_eq!(numbers(&none), [1., 2., 3.]);
}

#[test]
fn every_flaw_is_named_with_its_line_and_column() {
    let no_number =
        "every cell of the table is a finite number, except in a column of labels, but ";
    assert_eq!(
        refusal("a,b\n# note\n1,2\n3,x\n"),
        format!("{no_number}line 4, column 2 holds 'x'")
    );
    assert_eq!(
        refusal("1,2\n3,,\n"),
        format!("{no_number}line 2, column 2 is empty")
    );
    assert_eq!(
        refusal("1,2\nnan,1\n"),
        format!("{no_number}line 2, column 1 holds 'nan'")
    );
    let cells = "every row of the table has 2 cells, as the first has, but ";
    assert_eq!(refusal("1,2\n3\n"), format!("{cells}line 2 has 1"));
    assert_eq!(refusal("1,2\n3,4,5,6\n"), format!("{cells}line 2 has 4"));
    assert_eq!(
        refusal("a,b\n"),
        "a table has at least one row of numbers, but this one has none in 1 lines"
    );
    assert_eq!(
        refusal("5\n6\n"),
        "a pattern must have 2 to 4096 units, since N units have N² couplings, not 1 (numbers of the first row)"
    );
    assert_eq!(
        refusal(&"1,".repeat(5000)),
        "a pattern must have 2 to 4096 units, since N units have N² couplings, not 5001 (cells of the first row)"
    );
}

#[test]
fn tabs_part_cells_at_the_end_of_a_line_too() {
    let raw = read("sep=\t\n1\t2\n3\t4\n").unwrap();
    assert_eq!(numbers(&raw), [1., 2., 3., 4.]);
    assert!(refusal("a\tb\tc\n1\t2\t\n").ends_with("line 2, column 3 is empty"));
    let untitled = read("a\tb\t\n1\t2\t3\n").unwrap();
    assert_eq!(
        (numbers(&untitled), untitled.left_out.len()),
        (vec![1., 2.], 1)
    );
    assert!(is_wide(b"sep=|\n1|2\n") && !is_wide(b"# a,b\n1\n"));
}

#[test]
fn long_tables_are_read_in_slices() {
    let row = "0,1,2,255\n";
    let text = row.repeat(100_000);
    let mut table = Table::new(Bytes::Own(text.into_bytes()), LabelColumn::Named);
    let mut steps = 0;
    let raw = loop {
        steps += 1;
        match table.step().expect("well formed") {
            Some(raw) => break raw,
            None => assert!(table.done() > 0.0 && table.done() < 1.0),
        }
    };
    assert_eq!(
        (steps, raw.n_train),
        (5, 100_000),
        "1 MB in slices of 256 KiB, after its decoding"
    );
}

proptest! {
    #[test]
    fn no_bytes_panic(bytes in proptest::collection::vec(any::<u8>(), 0..99), text in "[-0-9a-z.,;\t \n\"#]{0,60}") {
        for column in [LabelColumn::Named, LabelColumn::First, LabelColumn::Last, LabelColumn::None] {
            for bytes in [&bytes[..], text.as_bytes()] {
                match read_with(bytes, column) {
                    Ok(raw) => prop_assert!(raw.n_train * raw.grid.n_units() == raw.pixels.len()),
                    Err(why) => prop_assert!(!why.to_string().contains('\n')),
                }
            }
        }
    }

    #[test]
    fn what_is_written_is_read(rows in proptest::collection::vec(proptest::collection::vec(any::<f32>().prop_filter("finite", |x| x.is_finite()), 3), 1..9), sign in "[,;\t ]") {
        let lines = rows.iter().map(|row| row.iter().map(f32::to_string).collect::<Vec<_>>().join(&sign));
        let text = lines.collect::<Vec<_>>().join("\n");
        let raw = read(&format!("a{sign}b{sign}c\n{text}")).expect("well formed");
        prop_assert_eq!(numbers(&raw), rows.concat());
    }
}
