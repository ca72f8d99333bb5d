//! What a user says of files that the files do not say themselves.

use crate::engine::settings::choices;

/// Which column of a table holds labels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum LabelColumn {
    /// The one called `label`, `class` or `y`, the one that holds words, or the one of small whole numbers beside a
    /// square of pixels; if there is none, none.
    #[default]
    Named,
    /// The first.
    First,
    /// The last.
    Last,
    /// None.
    None,
}

choices!(LabelColumn: Named = "named" / "automatic", First = "first", Last = "last", None = "none");

/// What a user says of files that the files do not say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReadOptions {
    /// Height and width that pictures are brought to, in units.
    pub side: usize,
    /// Which column of a table holds labels.
    pub label_column: LabelColumn,
}

impl Default for ReadOptions {
    fn default() -> Self {
        Self {
            side: 28,
            label_column: LabelColumn::Named,
        }
    }
}
