//! A text in the units in which a page counts it: UTF-16, where half a pair may stand alone. It is kept in blocks, so that an edit moves
//! a few thousand units at most wherever it is.

use std::cell::Cell;
use std::ops::Range;

use zeroize::Zeroizing;

/// Units of a block at most. Blocks get their room when they are made, so that growing leaves no copy behind.
const MOST: usize = 4096;
/// Units of a new block, so that what is typed into it finds room.
const NEW: usize = 3072;

/// A text. It is wiped when it is dropped, and so is what is taken out of it.
pub struct Units {
    blocks: Vec<Block>,
    length: usize,
}

struct Block {
    units: Zeroizing<Vec<u16>>,
    /// Bytes of its text by itself, when they have been counted.
    bytes: Cell<Option<usize>>,
}

impl Block {
    fn new(units: &[u16]) -> Self {
        let mut block = Zeroizing::new(Vec::with_capacity(MOST));
        block.extend_from_slice(units);
        Self { units: block, bytes: Cell::new(None) }
    }

    fn insert(&mut self, at: usize, units: &[u16]) {
        let length = self.units.len();
        self.units.resize(length + units.len(), 0);
        self.units.copy_within(at..length, at + units.len());
        self.units[at..at + units.len()].copy_from_slice(units);
        self.bytes.set(None);
    }

    fn remove(&mut self, range: Range<usize>) {
        let left = self.units.len() - range.len();
        self.units.copy_within(range.end.., range.start);
        self.units[left..].fill(0);
        self.units.truncate(left);
        self.bytes.set(None);
    }

    fn bytes(&self) -> usize {
        self.bytes.get().unwrap_or_else(|| {
            let bytes = bytes(&self.units);
            self.bytes.set(Some(bytes));
            bytes
        })
    }
}

impl Units {
    /// The text of these units.
    pub fn new(units: &[u16]) -> Self {
        Self { blocks: units.chunks(NEW).map(Block::new).collect(), length: units.len() }
    }

    pub fn len(&self) -> usize {
        self.length
    }

    /// Puts other units in the place of a range, which must lie in the text.
    pub fn replace(&mut self, range: Range<usize>, units: &[u16]) {
        self.remove(range.clone());
        self.insert(range.start, units);
    }

    fn remove(&mut self, range: Range<usize>) {
        let (mut block, at) = self.block(range.start);
        let mut left = range.len();
        let mut from = at;
        while left > 0 {
            let here = left.min(self.blocks[block].units.len() - from);
            self.blocks[block].remove(from..from + here);
            left -= here;
            if self.blocks[block].units.is_empty() {
                self.blocks.remove(block);
            } else {
                block += 1;
            }
            from = 0;
        }
        self.length -= range.len();
    }

    fn insert(&mut self, place: usize, units: &[u16]) {
        let (block, at) = self.block(place);
        self.length += units.len();
        match self.blocks.get_mut(block) {
            Some(there) if there.units.len() + units.len() <= MOST => there.insert(at, units),
            Some(there) => {
                let behind = Zeroizing::new(there.units[at..].to_vec());
                there.remove(at..there.units.len());
                let new = units.chunks(NEW).chain(behind.chunks(NEW)).map(Block::new);
                self.blocks.splice(block + 1..block + 1, new);
                if self.blocks[block].units.is_empty() {
                    self.blocks.remove(block);
                }
            }
            None => self.blocks.extend(units.chunks(NEW).map(Block::new)),
        }
    }

    /// The block in which a place is, and where in it. The end of the text belongs to the last block.
    fn block(&self, place: usize) -> (usize, usize) {
        let mut left = place;
        for (index, block) in self.blocks.iter().enumerate() {
            if left < block.units.len() || (left == block.units.len() && index + 1 == self.blocks.len()) {
                return (index, left);
            }
            left -= block.units.len();
        }
        (self.blocks.len(), 0)
    }

    /// A copy of a range.
    pub fn copy(&self, range: Range<usize>) -> Zeroizing<Vec<u16>> {
        let mut copy = Zeroizing::new(Vec::with_capacity(range.len()));
        let (mut block, mut at) = self.block(range.start);
        while copy.len() < range.len()
            && let Some(Block { units, .. }) = self.blocks.get(block)
        {
            let end = units.len().min(at + range.len() - copy.len());
            copy.extend_from_slice(&units[at..end]);
            (block, at) = (block + 1, 0);
        }
        copy
    }

    /// The text of a range, as a browser hands it over: half a pair alone becomes U+FFFD.
    pub fn text(&self, range: Range<usize>) -> Zeroizing<String> {
        text(&self.copy(range))
    }

    /// Bytes of the text before places, which come in order.
    pub fn bytes_before(&self, places: impl Iterator<Item = usize>) -> Vec<usize> {
        let mut before = (0, 0);
        let mut block = 0;
        places
            .map(|place| {
                while let Some(here) = self.blocks.get(block)
                    && before.0 + here.units.len() <= place
                {
                    before =
                        (before.0 + here.units.len(), before.1 + here.bytes() - 2 * usize::from(self.is_cut(block)));
                    block += 1;
                }
                let Some(here) = self.blocks.get(block) else { return before.1 };
                let in_block = match here.bytes() == here.units.len() {
                    true => place - before.0,
                    false => bytes(&here.units[..place - before.0]),
                };
                before.1 + in_block
            })
            .collect()
    }

    /// Whether a block ends with the first half of a pair whose other half the next one begins with: four bytes that are counted as six.
    fn is_cut(&self, block: usize) -> bool {
        let last = self.blocks[block].units.last();
        let next = self.blocks.get(block + 1).and_then(|next| next.units.first());
        last.is_some_and(|unit| (0xd800..0xdc00).contains(unit))
            && next.is_some_and(|unit| (0xdc00..0xe000).contains(unit))
    }
}

/// The text of these units.
pub fn text(units: &[u16]) -> Zeroizing<String> {
    if units.iter().fold(true, |ascii, &unit| ascii & (unit < 0x80)) {
        let mut text = Zeroizing::new(String::with_capacity(units.len()));
        text.extend(units.iter().map(|&unit| char::from(unit as u8)));
        return text;
    }
    // With room for all of it, so that growing leaves no copy behind.
    let mut text = Zeroizing::new(String::with_capacity(3 * units.len()));
    text.extend(characters(units));
    text
}

fn characters(units: &[u16]) -> impl Iterator<Item = char> {
    char::decode_utf16(units.iter().copied()).map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER))
}

fn bytes(units: &[u16]) -> usize {
    characters(units).map(char::len_utf8).sum()
}

/// Where the bytes of a text stand in its units.
pub struct Places<'t> {
    text: &'t str,
    is_ascii: bool,
    /// Bytes and units of the text in steps of some hundred bytes.
    marks: Vec<(usize, usize)>,
}

impl<'t> Places<'t> {
    const STEP: usize = 512;

    pub fn new(text: &'t str) -> Self {
        let is_ascii = text.is_ascii();
        let mut marks = vec![(0, 0)];
        if !is_ascii {
            let mut units = 0;
            for (at, character) in text.char_indices() {
                if marks.last().is_some_and(|&(last, _)| at >= last + Self::STEP) {
                    marks.push((at, units));
                }
                units += character.len_utf16();
            }
        }
        Self { text, is_ascii, marks }
    }

    /// Units of the characters that begin before a byte.
    pub fn unit(&self, byte: usize) -> usize {
        if self.is_ascii {
            return byte.min(self.text.len());
        }
        let (from, units) = self.marks[self.marks.partition_point(|&(at, _)| at <= byte) - 1];
        let before = self.text[from..].char_indices().take_while(|&(at, _)| from + at < byte);
        units + before.map(|(_, character)| character.len_utf16()).sum::<usize>()
    }

    pub fn units(&self, bytes: &Range<usize>) -> Range<usize> {
        self.unit(bytes.start)..self.unit(bytes.end)
    }
}
