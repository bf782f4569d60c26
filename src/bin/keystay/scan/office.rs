//! The parts of Word, Excel, PowerPoint and OpenDocument files: XML in which a word processor cuts a line into pieces wherever
//! it likes, and a key with it.
//!
//! A part is scanned as it stands, for what is in its attributes, and again as the text that a reader sees. There a paragraph
//! or a cell is a line, so that its number says where to look.

use std::collections::HashSet;

use quick_xml::Reader;
use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::Event;

use super::found::{Context, Name, Seen};
use super::text::Text;

/// Whether a path in an archive is that of such a part.
pub fn is_part(path: &str) -> bool {
    let path = path.rsplit('!').next().unwrap_or(path);
    let folders = ["word/", "xl/", "ppt/"];
    path == "content.xml" || (path.ends_with(".xml") && folders.iter().any(|folder| path.starts_with(folder)))
}

/// Scans a part.
pub fn scan<'r>(context: &Context<'r>, name: &Name, xml: &str, seen: &mut Seen<'r>) {
    let mut both = Seen::default();
    for text in [xml, &text_of(xml)] {
        let mut scan = Text::new(context, name, 1, &mut both);
        scan.push(text);
        scan.finish();
    }
    let mut marks = HashSet::new();
    seen.found.extend(both.found.drain(..).filter(|found| marks.insert(found.mark)));
    seen.notices.append(&mut both.notices);
    seen.count(&both);
}

/// The text as a reader sees it, up to where the XML is damaged.
fn text_of(xml: &str) -> String {
    let mut reader = Reader::from_str(xml);
    reader.config_mut().check_end_names = false;
    let mut text = String::new();
    loop {
        match reader.read_event() {
            Ok(Event::Text(piece)) if !is_indent(&piece) => text.push_str(&piece),
            Ok(Event::CData(piece)) => text.push_str(&piece),
            Ok(Event::GeneralRef(reference)) => match reference.resolve_char_ref() {
                Ok(Some(character)) => text.push(character),
                _ => text.push_str(resolve_xml_entity(&reference).unwrap_or(" ")),
            },
            Ok(Event::Empty(element)) if is_space(element.local_name().as_ref()) => text.push(' '),
            Ok(Event::End(element)) if is_line(element.local_name().as_ref()) => text.push('\n'),
            Ok(Event::Eof) | Err(_) => return text,
            Ok(_) => {}
        }
    }
}

/// What only makes XML readable.
fn is_indent(piece: &str) -> bool {
    piece.contains('\n') && piece.trim().is_empty()
}

fn is_space(element: &str) -> bool {
    matches!(element, "br" | "tab" | "line-break" | "s")
}

fn is_line(element: &str) -> bool {
    matches!(element, "p" | "h" | "si" | "c" | "row")
}
