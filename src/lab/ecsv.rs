//! Tables of the lab as ECSV 1.0: comma-separated values under a header in YAML that says what they are.
//!
//! The header holds the version of the program, the recipe part by part, the command line that runs it, and for every
//! column its type, unit and meaning; no date and no machine, so that the same recipe gives the same bytes. Any program
//! that reads comma-separated values with `#` for comments reads the rest. Source: Astropy Proposal for Enhancement 6.
//! Absent: files.

use super::columns::{Column, ColumnKind, LabEntry, Row};
use super::plan::LabPlan;
use super::recipe::{LabRecipe, OpenWorld};
use crate::engine::Error;
use std::fmt::Write as _;

/// The first line.
const MAGIC: &str = "# %ECSV 1.0";

/// The largest table that is read, in bytes.
const MAX_BYTES: usize = 1 << 30;

/// The header of the table of `plan`, down to the names of the columns.
pub fn header(plan: &LabPlan) -> String {
    let recipe = plan.recipe();
    header_of(plan.columns(), &recipe.command(), &recipe.parts())
}

/// The header of a table of these columns, which `command` writes, and whose recipe has these parts.
pub fn header_of(columns: &[Column], command: &str, parts: &[(&str, String)]) -> String {
    let mut text = format!("{MAGIC}\n# ---\n# delimiter: ','\n# datatype:\n");
    for column in columns {
        let datatype = match column.kind {
            ColumnKind::Text => "string",
            ColumnKind::Whole => "int64",
            ColumnKind::Number => "float64",
        };
        let name = quoted(&column.name);
        put(
            &mut text,
            format_args!("# - {{name: {name}, datatype: {datatype}"),
        );
        if !column.unit.is_empty() {
            put(&mut text, format_args!(", unit: {}", quoted(column.unit)));
        }
        put(
            &mut text,
            format_args!(", description: {}}}\n", quoted(&column.meaning)),
        );
    }
    text.push_str("# meta: !!omap\n");
    let version = env!("CARGO_PKG_VERSION");
    put(
        &mut text,
        format_args!("# - program: {}\n", quoted(&format!("engram {version}"))),
    );
    put(
        &mut text,
        format_args!("# - command: {}\n", quoted(command)),
    );
    text.push_str("# - recipe:\n");
    for (key, value) in parts {
        put(
            &mut text,
            format_args!("#   - [{key}, {}]\n", quoted(value)),
        );
    }
    text.push_str("# schema: astropy-2.0\n");
    let names: Vec<String> = columns.iter().map(|column| field(&column.name)).collect();
    put(&mut text, format_args!("{}\n", names.join(",")));
    text
}

fn put(text: &mut String, what: std::fmt::Arguments<'_>) {
    text.write_fmt(what)
        .expect("a string takes what is written");
}

/// One row, with its line end.
pub fn line(row: &Row) -> String {
    let fields: Vec<String> = row.iter().map(|entry| field(&entry.write())).collect();
    fields.join(",") + "\n"
}

/// Text of YAML between single quotes.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

/// A field of a table, between double quotes where it has to be.
fn field(text: &str) -> String {
    if text.contains([',', '"', '\n', '\r', ' ']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.to_owned()
    }
}

/// Whether `bytes` are a table of the lab, and not one of another program: what its header says.
pub fn is_table(bytes: &[u8]) -> bool {
    let lines = bytes.split(|byte| *byte == b'\n');
    let mut header = lines.take_while(|line| line.starts_with(b"#"));
    bytes.starts_with(MAGIC.as_bytes())
        && header.any(|line| line.starts_with(b"# - program: 'engram "))
}

/// A table that was read.
#[derive(Debug, Clone)]
pub struct Read {
    /// What it is a table of.
    pub plan: LabPlan,
    /// Its rows from the first cell of it on.
    pub rows: Vec<Row>,
    /// The cell of the first row; 0 of no rows.
    pub first: usize,
    /// Bytes up to the end of the last whole row.
    pub whole: usize,
    /// Whether something stands after that: a row that was torn.
    pub torn: bool,
}

/// Reads a table; `open` makes worlds of files that its recipe names.
///
/// Refused: what is no table of the lab, another version's header, rows that are not those of the recipe in its order. A
/// last row that was torn is left out.
pub fn read(bytes: &[u8], open: &OpenWorld<'_>) -> Result<Read, Error> {
    if bytes.len() > MAX_BYTES {
        return Err(format(
            "a table of the lab has a gigabyte at the most",
            "this one is larger",
        ));
    }
    let recipe = recipe(bytes, open)?;
    let plan = LabPlan::new(recipe)?;
    let header = header(&plan);
    let Some(body) = bytes.strip_prefix(header.as_bytes()) else {
        return Err(format(
            "the header of a table is as this version of the program writes it",
            "this one was written by another version, or changed by hand",
        ));
    };
    let columns = plan.columns();
    let (mut rows, mut first, mut place) = (Vec::new(), 0, 0);
    while let Some(length) = body[place..].iter().position(|byte| *byte == b'\n') {
        let number = rows.len() + 1;
        let wrong = |found: &str| {
            format(
                "every row is that of a cell of the recipe, in order",
                &format!("row {number} {found}"),
            )
        };
        let text = std::str::from_utf8(&body[place..place + length]);
        let fields = split(text.map_err(|_not_text| wrong("is no text"))?);
        if fields.len() != columns.len() {
            return Err(wrong(&format!(
                "has {} columns, not {}",
                fields.len(),
                columns.len()
            )));
        }
        let entries = fields
            .iter()
            .zip(columns)
            .map(|(field, column)| match column.kind {
                ColumnKind::Text => Ok(LabEntry::Text(field.clone())),
                _ if field.is_empty() => Ok(LabEntry::Number(None)),
                _ => field.parse().map(|number| LabEntry::Number(Some(number))),
            });
        let row = entries.collect::<Result<Row, _>>();
        let row = row.map_err(|_no_number| wrong("has words where a number belongs"))?;
        let is_of = |cell: usize| {
            let axes = plan.axes_of(cell);
            axes.iter()
                .zip(&row)
                .all(|(axis, entry)| axis.write() == entry.write())
        };
        if rows.is_empty() {
            first = (0..plan.n_cells())
                .find(|cell| is_of(*cell))
                .ok_or_else(|| wrong("is of none"))?;
        }
        let cell = first + rows.len();
        if cell >= plan.n_cells() || !is_of(cell) {
            return Err(wrong("is of another one"));
        }
        rows.push(row);
        place += length + 1;
    }
    Ok(Read {
        first,
        rows,
        whole: header.len() + place,
        torn: place < body.len(),
        plan,
    })
}

/// The recipe in the header.
fn recipe(bytes: &[u8], open: &OpenWorld<'_>) -> Result<LabRecipe, Error> {
    let parts = parts(bytes)?;
    LabRecipe::read(parts.iter().map(|(key, value)| (&**key, &**value)), open)
}

/// The parts of the recipe in the header, by name.
pub fn parts(bytes: &[u8]) -> Result<Vec<(String, String)>, Error> {
    let no_table = || {
        format(
            "a table of the lab begins with '# %ECSV 1.0'",
            "this file does not",
        )
    };
    let text = bytes.strip_prefix(MAGIC.as_bytes()).ok_or_else(no_table)?;
    let mut parts: Vec<(String, String)> = Vec::new();
    for line in text.split(|byte| *byte == b'\n').skip(1) {
        let Some(line) = std::str::from_utf8(line)
            .ok()
            .and_then(|line| line.strip_prefix('#'))
        else {
            break;
        };
        let part = line
            .strip_prefix("   - [")
            .and_then(|part| part.strip_suffix("']"));
        if let Some((key, value)) = part.and_then(|part| part.split_once(", '")) {
            parts.push((key.to_owned(), value.replace("''", "'")));
        }
    }
    Ok(parts)
}

/// The fields of a row.
pub fn split(line: &str) -> Vec<String> {
    let mut fields = vec![String::new()];
    let mut letters = line.chars().peekable();
    let mut quoted = false;
    while let Some(letter) = letters.next() {
        let field = fields.last_mut().expect("there is always a field");
        match letter {
            '"' if quoted && letters.peek() == Some(&'"') => {
                letters.next();
                field.push('"');
            }
            '"' => quoted = !quoted,
            ',' if !quoted => fields.push(String::new()),
            other => field.push(other),
        }
    }
    fields
}

fn format(expected: &str, found: &str) -> Error {
    Error::Format {
        expected: expected.to_owned(),
        found: found.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lab::{Lab, Vary, named_world, steps};
    use std::sync::Arc;

    fn plan() -> Arc<LabPlan> {
        let mut recipe =
            LabRecipe::of(Lab::parse("basins:points=3,patterns=2,trials=2").unwrap()).unwrap();
        recipe.world = crate::worlds::World::parse("random:n=40,p=4").unwrap();
        recipe.rules = crate::lab::recipe::rules("hebb,taylor:c1pre=0.5,c1post=0.5").unwrap();
        recipe.vary = vec![Vary::parse("world.activity=0;0.5").unwrap()];
        Arc::new(LabPlan::new(recipe).unwrap())
    }

    #[test]
    fn a_table_is_read_back_from_every_place_at_which_it_may_be_torn() {
        let plan = plan();
        let rows: Vec<Row> = steps::run(&plan)
            .into_iter()
            .map(|finished| finished.row)
            .collect();
        let lines: Vec<String> = rows.iter().map(line).collect();
        let table = header(&plan) + &lines.concat();
        let read = super::read(table.as_bytes(), &named_world).unwrap();
        assert_eq!(
            (read.rows, read.torn, read.plan.recipe()),
            (rows, false, plan.recipe())
        );
        let begin = header(&plan).len();
        for end in begin..table.len() {
            let read = super::read(&table.as_bytes()[..end], &named_world).unwrap();
            let whole: usize = lines[..read.rows.len()].iter().map(String::len).sum();
            assert_eq!(
                (read.whole, read.torn),
                (begin + whole, begin + whole < end)
            );
        }
        let shard = header(&plan) + &lines[5..].concat();
        assert_eq!(
            super::read(shard.as_bytes(), &named_world).unwrap().first,
            5
        );
    }

    #[test]
    fn tables_of_other_programs_are_none_of_the_lab() {
        let header = header(&plan());
        assert!(is_table(header.as_bytes()));
        let other = "# %ECSV 1.0\n# ---\n# datatype:\n# - {name: a, datatype: int64}\na b\n1 -1\n";
        assert!(!is_table(other.as_bytes()));
        let quoting = format!("{other}# - program: 'engram 1'\n");
        assert!(!is_table(quoting.as_bytes()) && !is_table(b""));
    }

    #[test]
    fn what_is_no_table_is_refused_in_a_sentence() {
        let plan = plan();
        let header = header(&plan);
        for (text, why) in [
            (String::new(), "begins with"),
            (format!("{MAGIC}\n1,2\n"), "of which experiment"),
            (format!("{header}1,2\n"), "has 2 columns"),
            (format!("{header}0,hebb,0.25,4,1,1,1,1,1,1\n"), "is of none"),
            (
                format!("{header}0,hebb,0,4,1,x,1,1,1,1\n"),
                "words where a number",
            ),
            (
                header.replace("datatype: int64", "datatype: int32"),
                "another version",
            ),
        ] {
            let refused = super::read(text.as_bytes(), &named_world)
                .unwrap_err()
                .to_string();
            assert!(refused.contains(why), "{refused}");
        }
    }

    #[test]
    fn fields_with_commas_and_quotes_are_kept() {
        let text = "a, \"b\"";
        assert_eq!(
            split(&format!("{},{}", field(text), field("c"))),
            [text, "c"]
        );
    }
}
