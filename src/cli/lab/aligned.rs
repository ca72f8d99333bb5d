//! Rows as people read them: fields in columns of their widths. Absent: what rows are of.

/// Rows in columns of their widths.
pub(super) fn aligned(names: &[String], rows: &[Vec<String>]) -> String {
    let rows = rows.iter().map(Vec::as_slice);
    let lines: Vec<&[String]> = std::iter::once(names).chain(rows).collect();
    let width = |column: usize| lines.iter().map(|line| line[column].chars().count()).max();
    let widths: Vec<usize> = (0..names.len())
        .map(|column| width(column).unwrap_or(0))
        .collect();
    let aligned = lines.iter().map(|line| {
        let fields = line
            .iter()
            .zip(&widths)
            .map(|(field, width)| format!("{field:<width$}"));
        fields
            .collect::<Vec<String>>()
            .join("  ")
            .trim_end()
            .to_owned()
            + "\n"
    });
    aligned.collect()
}
