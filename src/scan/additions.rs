//! What company rules and own secrets add to the tripwire, which is generated when the extension is built and knows neither.

use serde::Serialize;

/// Goes to each frame, which gives it to `add` of the tripwire's module. It tells nothing of an own secret but the length of the
/// shortest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Additions<'r> {
    /// In lower case: a text with one of these in it is held, whatever its case.
    pub leads: Vec<&'r str>,
    /// A text with so many UTF-16 units in a row that are no white space is held; 0 for none.
    pub run: usize,
}
