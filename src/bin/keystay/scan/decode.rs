//! Bytes → text. Whatever the encoding, what is ASCII in it stays readable, and keys are ASCII.
//!
//! UTF-16 is known by its byte order mark, or by the NUL bytes that every other byte of such a text is. Bytes that are no
//! UTF-8 are taken as Latin-1, one character each, so that columns are right in old files. A library of all encodings would
//! add nothing that a key could hide in.

use std::str;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Encoding {
    Utf8,
    Utf16 { big_endian: bool },
}

/// The encoding of a text that begins like this; none when it is no text.
pub fn encoding(head: &[u8]) -> Option<Encoding> {
    match head {
        [0xff, 0xfe, 0, 0, ..] => None,
        [0xff, 0xfe, ..] => Some(Encoding::Utf16 { big_endian: false }),
        [0xfe, 0xff, ..] => Some(Encoding::Utf16 { big_endian: true }),
        _ if !head.contains(&0) => Some(Encoding::Utf8),
        _ => without_mark(head),
    }
}

/// UTF-16 without a mark: of each two bytes one is nearly always NUL, and the other never.
fn without_mark(head: &[u8]) -> Option<Encoding> {
    let nuls = |of: usize| head.iter().skip(of).step_by(2).filter(|&&byte| byte == 0).count();
    let pairs = head.len() / 2;
    match (nuls(0), nuls(1)) {
        (0, high) if pairs >= 8 && high * 10 >= pairs * 9 => Some(Encoding::Utf16 { big_endian: false }),
        (high, 0) if pairs >= 8 && high * 10 >= pairs * 9 => Some(Encoding::Utf16 { big_endian: true }),
        _ => None,
    }
}

/// Decodes bytes that come in pieces.
pub struct Decoder {
    encoding: Encoding,
    /// The beginning of a character whose rest comes with the next piece.
    rest: Vec<u8>,
    begun: bool,
}

impl Decoder {
    pub fn new(encoding: Encoding) -> Self {
        Self { encoding, rest: Vec::new(), begun: false }
    }

    /// Decodes a piece.
    pub fn push(&mut self, piece: &[u8], out: &mut dyn FnMut(&str)) {
        if self.rest.is_empty() {
            self.decode(piece, out);
        } else {
            let mut whole = std::mem::take(&mut self.rest);
            whole.extend_from_slice(piece);
            self.decode(&whole, out);
        }
    }

    /// Decodes what cannot be completed any more.
    pub fn finish(&mut self, out: &mut dyn FnMut(&str)) {
        latin1(&std::mem::take(&mut self.rest), out);
    }

    fn decode(&mut self, mut bytes: &[u8], out: &mut dyn FnMut(&str)) {
        match self.encoding {
            Encoding::Utf8 => {
                if !self.begun && bytes.len() >= 3 {
                    bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
                }
                self.utf8(bytes, out);
            }
            Encoding::Utf16 { big_endian } => self.utf16(bytes, big_endian, out),
        }
        self.begun = true;
    }

    fn utf8(&mut self, mut bytes: &[u8], out: &mut dyn FnMut(&str)) {
        while let Err(error) = str::from_utf8(bytes) {
            let (valid, rest) = bytes.split_at(error.valid_up_to());
            str::from_utf8(valid).into_iter().for_each(&mut *out);
            let Some(wrong) = error.error_len() else {
                self.rest = rest.to_vec();
                return;
            };
            latin1(&rest[..wrong], out);
            bytes = &rest[wrong..];
        }
        str::from_utf8(bytes).into_iter().for_each(out);
    }

    fn utf16(&mut self, bytes: &[u8], big_endian: bool, out: &mut dyn FnMut(&str)) {
        let (pairs, odd) = bytes.as_chunks::<2>();
        let mut units: Vec<u16> = pairs
            .iter()
            .map(|&pair| if big_endian { u16::from_be_bytes(pair) } else { u16::from_le_bytes(pair) })
            .collect();
        // The second half of a pair of surrogates may be in the next piece.
        let split = units.pop_if(|unit| (0xd800..0xdc00).contains(unit)).is_some();
        self.rest = bytes[bytes.len() - odd.len() - if split { 2 } else { 0 }..].to_vec();
        let text = String::from_utf16_lossy(&units);
        out(if self.begun { &text } else { text.strip_prefix('\u{feff}').unwrap_or(&text) });
    }
}

fn latin1(bytes: &[u8], out: &mut dyn FnMut(&str)) {
    bytes.iter().for_each(|&byte| out(char::from(byte).encode_utf8(&mut [0; 2])));
}
