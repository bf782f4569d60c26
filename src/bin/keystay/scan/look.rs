//! What a file is, by its first bytes and not by its name, and what can be read in it.

use std::fs::File;
use std::io::{self, Cursor, Read};
use std::str;

use super::archive::{self, Budget};
use super::decode::{self, Decoder, Encoding};
use super::found::{Context, Name, Seen};
use super::text::Text;
use super::{notebook, office};

/// Bytes by which a file is told. The mark of a tar archive stands at 257; git, too, looks for a NUL byte in the first 8000.
const HEAD: usize = 8000;
/// Bytes that are read at once.
const PIECE: usize = 64 << 10;
/// Bytes of a notebook or document that is read as what it means. A larger one is read as the text that it is.
const LARGEST_DOCUMENT: usize = 32 << 20;

/// Where bytes come from.
pub enum Input<'a> {
    /// A regular file: archives in it can be read anywhere.
    File(File),
    /// A pipe, an entry of an archive, or a blob of git.
    Stream(&'a mut dyn Read),
}

impl Read for Input<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self {
            Input::File(file) => file.read(buffer),
            Input::Stream(stream) => stream.read(buffer),
        }
    }
}

enum Kind {
    Text(Encoding),
    Notebook,
    Office,
    Zip,
    Gzip,
    Tar,
    Binary,
}

fn kind(head: &[u8], name: &Name) -> Kind {
    let path = name.inside.as_ref().unwrap_or(&name.path);
    match head {
        [b'P', b'K', 3, 4, ..] | [b'P', b'K', 5, 6, ..] => Kind::Zip,
        [0x1f, 0x8b, 8, ..] => Kind::Gzip,
        _ if head.get(257..262) == Some(b"ustar") => Kind::Tar,
        _ => match decode::encoding(head) {
            Some(Encoding::Utf8) if path.ends_with(".ipynb") => Kind::Notebook,
            Some(Encoding::Utf8) if name.inside.is_some() && office::is_part(path) => Kind::Office,
            Some(encoding) => Kind::Text(encoding),
            None => Kind::Binary,
        },
    }
}

/// Scans what an input holds. In an archive there is a budget.
pub fn look<'r>(context: &Context<'r>, name: &Name, input: Input<'_>, budget: Option<&Budget>, seen: &mut Seen<'r>) {
    if let Err(error) = look_into(context, name, input, budget, seen) {
        match budget {
            // What is damaged in an archive is a part of a file that else could be read.
            Some(_) => seen.partly(name, error.to_string()),
            None => seen.failed(name, error),
        }
    }
}

fn look_into<'r>(
    context: &Context<'r>,
    name: &Name,
    mut input: Input<'_>,
    budget: Option<&Budget>,
    seen: &mut Seen<'r>,
) -> io::Result<()> {
    let mut head = Vec::with_capacity(HEAD);
    input.by_ref().take(HEAD as u64).read_to_end(&mut head)?;
    match kind(&head, name) {
        Kind::Binary => {
            seen.binary += 1;
            Ok(())
        }
        Kind::Text(encoding) => read_text(context, name, encoding, &mut Cursor::new(head).chain(input), seen),
        kind @ (Kind::Notebook | Kind::Office) => {
            let mut rest = Cursor::new(head).chain(input);
            let mut bytes = Vec::new();
            rest.by_ref().take(LARGEST_DOCUMENT as u64).read_to_end(&mut bytes)?;
            let text = str::from_utf8(&bytes).ok().filter(|text| text.len() < LARGEST_DOCUMENT);
            match (kind, text, text.and_then(notebook::cells)) {
                (Kind::Office, Some(text), _) => office::scan(context, name, text, seen),
                (_, Some(text), Some(cells)) => notebook::scan(context, name, text, &cells, seen),
                _ => return read_text(context, name, Encoding::Utf8, &mut Cursor::new(bytes).chain(rest), seen),
            }
            seen.bytes += bytes.len() as u64;
            Ok(())
        }
        Kind::Zip => archive::zip(context, name, head, input, budget, seen),
        Kind::Gzip => archive::gzip(context, name, head, input, budget, seen),
        Kind::Tar => archive::tar(context, name, head, input, budget, seen),
    }
}

fn read_text<'r>(
    context: &Context<'r>,
    name: &Name,
    encoding: Encoding,
    from: &mut dyn Read,
    seen: &mut Seen<'r>,
) -> io::Result<()> {
    let mut decoder = Decoder::new(encoding);
    let mut piece = vec![0; PIECE];
    let mut read = 0;
    let mut text = Text::new(context, name, 1, seen);
    let ended = loop {
        match from.read(&mut piece) {
            Ok(0) => break Ok(()),
            Ok(length) => {
                read += length as u64;
                decoder.push(&piece[..length], &mut |decoded| text.push(decoded));
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            // What was read before is still worth scanning.
            Err(error) => break Err(error),
        }
    };
    decoder.finish(&mut |decoded| text.push(decoded));
    text.finish();
    seen.bytes += read;
    ended
}
