//! Jupyter notebooks: JSON in which code and its output are lists of lines.
//!
//! Their cells are scanned as the text that they stand for, so that a key is found although its quotes are escaped and its
//! lines are strings of their own. What else is in the file is scanned as it stands. A place is given both as the line of the
//! file, by which tools find it, and as the cell and the line in it, by which a person does.

use std::collections::BTreeMap;
use std::ops::Range;

use serde::Deserialize;
use serde_json::value::RawValue;

use super::allow::Allowed;
use super::found::{Cell, Context, Name, Place, Position, Seen};
use super::text::Text;

/// Values in values that are looked into; what people make has three.
const DEEPEST: usize = 8;

#[derive(Deserialize)]
struct Notebook<'a> {
    #[serde(borrow)]
    cells: Vec<RawCell<'a>>,
}

#[derive(Deserialize)]
struct RawCell<'a> {
    #[serde(borrow)]
    source: &'a RawValue,
    #[serde(borrow)]
    outputs: Option<&'a RawValue>,
}

/// A text in a notebook: a cell's source, or one of its outputs.
pub struct Part {
    cell: usize,
    text: String,
    /// Where each string of the JSON begins in `text`, and the bytes that it takes up in the file.
    strings: Vec<(usize, Range<usize>)>,
}

/// The texts of a notebook's cells; none for what is no notebook of today's format.
pub fn cells(json: &str) -> Option<Vec<Part>> {
    let notebook: Notebook<'_> = serde_json::from_str(json).ok()?;
    let mut parts = Vec::new();
    for (index, cell) in notebook.cells.iter().enumerate() {
        let values = [Some(cell.source), cell.outputs];
        values.into_iter().flatten().for_each(|value| read(json, index + 1, value, 0, &mut parts));
    }
    Some(parts)
}

/// Takes the texts out of a value: a string, or a list of strings that are its lines.
fn read(json: &str, cell: usize, value: &RawValue, depth: usize, parts: &mut Vec<Part>) {
    let raw = value.get();
    if depth == DEEPEST {
        return;
    }
    if raw.starts_with('"') {
        let mut part = Part { cell, text: String::new(), strings: Vec::new() };
        part.add(json, raw);
        parts.push(part);
    } else if let Ok(items) = serde_json::from_str::<Vec<&RawValue>>(raw) {
        if !items.iter().all(|item| item.get().starts_with('"')) {
            items.iter().for_each(|item| read(json, cell, item, depth + 1, parts));
            return;
        }
        let mut part = Part { cell, text: String::new(), strings: Vec::new() };
        items.iter().for_each(|item| part.add(json, item.get()));
        parts.push(part);
    } else if let Ok(fields) = serde_json::from_str::<BTreeMap<String, &RawValue>>(raw) {
        fields.values().for_each(|value| read(json, cell, value, depth + 1, parts));
    }
}

impl Part {
    fn add(&mut self, json: &str, raw: &str) {
        // A raw value is a slice of the text that it was read from.
        let start = raw.as_ptr() as usize - json.as_ptr() as usize;
        if let Ok(text) = serde_json::from_str::<String>(raw) {
            self.strings.push((self.text.len(), start..start + raw.len()));
            self.text.push_str(&text);
        }
    }

    /// The bytes of the file that hold the string in which this place of the text is.
    fn string(&self, at: usize) -> Range<usize> {
        let index = self.strings.partition_point(|(start, _)| *start <= at);
        index.checked_sub(1).map_or(0..0, |index| self.strings[index].1.clone())
    }
}

/// Scans the texts of the cells, and then what stands around them.
pub fn scan<'r>(context: &Context<'r>, name: &Name, json: &str, parts: &[Part], seen: &mut Seen<'r>) {
    let mut rest = json.as_bytes().to_vec();
    let first = seen.found.len();
    let lines = Lines::of(json);
    for part in parts {
        let scan = context.scanner.scan(&part.text, context.now);
        let allowed = Allowed::in_text(&part.text, context);
        for finding in &scan.findings {
            if allowed.allows(finding) {
                seen.allowed += 1;
                continue;
            }
            let line = 1 + part.text[..finding.secret.start].matches('\n').count();
            let end = finding.secret.end.saturating_sub(1).max(finding.secret.start);
            let place = Place {
                name: name.clone(),
                start: lines.position(json, part.string(finding.secret.start).start),
                end: lines.position(json, part.string(end).end),
                cell: Some(Cell { number: part.cell, line }),
            };
            seen.take(context, finding, &part.text, place);
        }
        if scan.partial {
            seen.partly(name, format!("cell {} has more findings than are listed", part.cell));
        }
        for (_, string) in &part.strings {
            rest[string.clone()].iter_mut().filter(|byte| **byte != b'\n').for_each(|byte| *byte = b' ');
        }
    }
    let rest = String::from_utf8(rest).unwrap_or_default();
    let mut text = Text::new(context, name, 1, seen);
    text.push(&rest);
    text.finish();
    seen.found[first..].sort_by_key(|found| found.place.start);
}

/// Where the lines of a text begin.
struct Lines(Vec<usize>);

impl Lines {
    fn of(text: &str) -> Self {
        Self(std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect())
    }

    fn position(&self, text: &str, at: usize) -> Position {
        let line = self.0.partition_point(|&start| start <= at);
        let column = 1 + text[self.0[line - 1]..at].chars().count();
        Position { line, column }
    }
}
