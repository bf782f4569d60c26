//! Archives: zip (and jar, docx, xlsx and whatever else is one inside), tar and gzip.
//!
//! An archive can hold more than a machine has memory, so everything in it is read as a stream and counted against a budget
//! that the outermost file gets. When it is spent, reading ends, and the file counts as partly scanned. A flat archive, a
//! nested one and one that holds itself all end there.

use std::cell::Cell;
use std::io::{self, Cursor, Read};

use flate2::read::{DeflateDecoder, MultiGzDecoder};
use rawzip::{CompressionMethod, FileReader, RECOMMENDED_BUFFER_SIZE, ReaderAt, ZipArchive};

use super::found::{Context, Name, Seen};
use super::look::{Input, look};

/// How much a file may become when it is unpacked, at least: no bomb takes longer than seconds.
const LEAST_EXPANSION: u64 = 256 << 20;
/// How many times its own size a file may become. Text packs to a tenth, logs to a fiftieth; a bomb to a thousandth.
const EXPANSION: u64 = 50;
/// Entries in a file and in all archives in it.
const MOST_ENTRIES: u64 = 200_000;
/// Archives inside one another; a `.tar.gz` counts as two.
const DEEPEST: u32 = 4;
/// Bytes of a zip archive that cannot be read where it lies: one in another archive, or from a pipe.
const LARGEST_IN_MEMORY: u64 = 32 << 20;

/// What may still be unpacked.
pub struct Budget {
    bytes: Cell<u64>,
    entries: Cell<u64>,
    depth: Cell<u32>,
    /// Which limit was reached.
    reached: Cell<Option<&'static str>>,
}

impl Budget {
    fn new(size: u64) -> Self {
        Self {
            bytes: Cell::new(LEAST_EXPANSION.max(size.saturating_mul(EXPANSION))),
            entries: Cell::new(MOST_ENTRIES),
            depth: Cell::new(DEEPEST),
            reached: Cell::new(None),
        }
    }

    /// Takes one entry; whether there was one left.
    fn entry(&self) -> bool {
        let left = self.entries.get();
        if left == 0 {
            self.reached.set(Some("it has more than 200000 entries"));
        }
        self.entries.set(left.saturating_sub(1));
        left > 0 && self.bytes.get() > 0
    }
}

/// What is unpacked, up to the end of the budget.
struct Metered<'b, R> {
    inner: R,
    budget: &'b Budget,
}

impl<R: Read> Read for Metered<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let left = self.budget.bytes.get();
        if left == 0 {
            self.budget.reached.set(Some("unpacked it is larger than 256 MB and than 50 times its size"));
            return Ok(0);
        }
        let most = buffer.len().min(usize::try_from(left).unwrap_or(usize::MAX));
        let length = self.inner.read(&mut buffer[..most])?;
        self.budget.bytes.set(left - length as u64);
        Ok(length)
    }
}

/// Runs `unpack` with the budget of the archive around, or with a new one, one level deeper.
fn within<'r>(
    name: &Name,
    size: u64,
    budget: Option<&Budget>,
    seen: &mut Seen<'r>,
    unpack: impl FnOnce(&Budget, &mut Seen<'r>) -> io::Result<()>,
) -> io::Result<()> {
    let new;
    let (outermost, budget) = match budget {
        Some(budget) => (false, budget),
        None => {
            new = Budget::new(size);
            (true, &new)
        }
    };
    let depth = budget.depth.get();
    if depth == 0 {
        seen.partly(name, format!("archives inside one another are only looked into {DEEPEST} deep"));
        return Ok(());
    }
    budget.depth.set(depth - 1);
    let result = unpack(budget, seen);
    budget.depth.set(depth);
    if let Some(reached) = budget.reached.get().filter(|_| outermost) {
        seen.partly(name, reached);
        return Ok(());
    }
    result.map_err(|error| io::Error::new(error.kind(), format!("this archive is damaged: {error}")))
}

/// Scans what was packed with gzip. It has no name of its own, and may be a tar archive.
pub fn gzip<'r>(
    context: &Context<'r>,
    name: &Name,
    head: Vec<u8>,
    input: Input<'_>,
    budget: Option<&Budget>,
    seen: &mut Seen<'r>,
) -> io::Result<()> {
    let size = size(&input);
    within(name, size, budget, seen, |budget, seen| {
        let mut unpacked = Metered { inner: MultiGzDecoder::new(Cursor::new(head).chain(input)), budget };
        look(context, name, Input::Stream(&mut unpacked), Some(budget), seen);
        Ok(())
    })
}

/// Scans the files of a tar archive.
pub fn tar<'r>(
    context: &Context<'r>,
    name: &Name,
    head: Vec<u8>,
    input: Input<'_>,
    budget: Option<&Budget>,
    seen: &mut Seen<'r>,
) -> io::Result<()> {
    let size = size(&input);
    within(name, size, budget, seen, |budget, seen| {
        let mut archive = tar::Archive::new(Cursor::new(head).chain(input));
        for entry in archive.entries()? {
            let entry = entry?;
            if !budget.entry() {
                break;
            }
            if entry.header().entry_type().is_file() || entry.header().entry_type().is_gnu_sparse() {
                let name = name.entry(&String::from_utf8_lossy(&entry.path_bytes()));
                look(context, &name, Input::Stream(&mut Metered { inner: entry, budget }), Some(budget), seen);
            }
        }
        Ok(())
    })
}

/// Scans the files of a zip archive.
pub fn zip<'r>(
    context: &Context<'r>,
    name: &Name,
    mut head: Vec<u8>,
    mut input: Input<'_>,
    budget: Option<&Budget>,
    seen: &mut Seen<'r>,
) -> io::Result<()> {
    let size = size(&input);
    within(name, size, budget, seen, |budget, seen| match &mut input {
        Input::File(file) => entries(context, name, &FileReader::from(file.try_clone()?), size, budget, seen),
        Input::Stream(stream) => {
            // The list of a zip archive stands at its end.
            stream.take(LARGEST_IN_MEMORY).read_to_end(&mut head)?;
            if head.len() as u64 >= LARGEST_IN_MEMORY {
                seen.partly(name, "a zip archive in another one, or from a pipe, is only looked into up to 32 MB");
                return Ok(());
            }
            entries(context, name, head.as_slice(), head.len() as u64, budget, seen)
        }
    })
}

fn entries<'r, R: ReaderAt + ?Sized>(
    context: &Context<'r>,
    name: &Name,
    bytes: &R,
    size: u64,
    budget: &Budget,
    seen: &mut Seen<'r>,
) -> io::Result<()> {
    let mut buffer = vec![0; RECOMMENDED_BUFFER_SIZE];
    let archive =
        ZipArchive::with_max_search_space(RECOMMENDED_BUFFER_SIZE as u64).locate_in_reader(bytes, &mut buffer, size);
    let archive = archive.map_err(|(_, error)| io::Error::other(error))?;
    let mut entries = archive.entries(&mut buffer);
    let (mut encrypted, mut unknown) = (0, 0);
    while let Some(entry) = entries.next_entry().map_err(io::Error::other)? {
        if !budget.entry() {
            break;
        }
        if entry.is_dir() {
            continue;
        }
        if entry.flags().is_encrypted() {
            encrypted += 1;
            continue;
        }
        let name = name.entry(&String::from_utf8_lossy(entry.file_path().as_bytes()));
        let method = entry.compression_method();
        let packed = archive.get_entry(entry.wayfinder()).map_err(io::Error::other)?;
        let mut unpacked: Box<dyn Read> = match method {
            CompressionMethod::STORE => Box::new(Metered { inner: packed.reader(), budget }),
            CompressionMethod::DEFLATE => Box::new(Metered { inner: DeflateDecoder::new(packed.reader()), budget }),
            _ => {
                unknown += 1;
                continue;
            }
        };
        look(context, &name, Input::Stream(&mut unpacked), Some(budget), seen);
    }
    if encrypted > 0 {
        seen.partly(name, format!("{encrypted} of its files are encrypted"));
    }
    if unknown > 0 {
        seen.partly(name, format!("{unknown} of its files are packed in a way that is not read here"));
    }
    Ok(())
}

fn size(input: &Input<'_>) -> u64 {
    match input {
        Input::File(file) => file.metadata().map_or(0, |metadata| metadata.len()),
        Input::Stream(_) => 0,
    }
}
