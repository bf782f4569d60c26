//! Texts that stand inside a text as base64 or hexadecimal: a header, an element of JSON, a value that somebody thought hidden.
//!
//! Only what decodes to text is worth a look, and it is taken at its first bytes whether it does: nearly everything that has
//! the letters of base64 is a path, a hash, a picture or a name, and decodes to control characters at once.

use std::ops::Range;

use crate::proof::Decoded;

/// Shorter runs hold no token that speaks for itself.
const SHORTEST_RUN: usize = 24;
/// Characters of a run, as many as make whole bytes, by which it is judged.
const FIRST: usize = 24;

/// The runs of a text that decode to text, with what they decode to.
/// `each` is told of every run, also of those that do not.
pub fn texts(text: &str, each: impl Fn(&Range<usize>)) -> impl Iterator<Item = (Range<usize>, Decoded)> {
    runs(text).inspect(each).flat_map(move |run| {
        let encoded = &text[run.clone()];
        let found = [decode(encoded, Decoded::from_base64), decode(encoded, Decoded::from_hex)];
        found.into_iter().flatten().map(move |decoded| (run.clone(), decoded))
    })
}

fn decode(encoded: &str, with: fn(&str) -> Option<Decoded>) -> Option<Decoded> {
    let first = with(encoded.get(..FIRST)?)?;
    if first.bytes().iter().any(|&byte| (byte < b' ' && !matches!(byte, b'\t' | b'\r' | b'\n')) || byte == 0x7f) {
        return None;
    }
    with(encoded).filter(|decoded| decoded.text().is_some())
}

/// Stretches of characters of either alphabet, with their padding. Where none can be, only every so manieth byte is looked at.
fn runs(text: &str) -> impl Iterator<Item = Range<usize>> {
    let bytes = text.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let first = bytes.get(at..at + SHORTEST_RUN)?;
            if let Some(other) = first.iter().rposition(|&byte| !encodes(byte)) {
                at += other + 1;
                continue;
            }
            let length = bytes[at..].iter().take_while(|&&byte| encodes(byte)).count();
            let padding = bytes[at + length..].iter().take(2).take_while(|&&byte| byte == b'=').count();
            let run = at..at + length + padding;
            at = run.end;
            return Some(run);
        }
    })
}

#[inline]
fn encodes(byte: u8) -> bool {
    ENCODES[usize::from(byte)]
}

/// The characters of the alphabets, since nearly every byte of a text that is looked at here is asked about.
static ENCODES: [bool; 256] = {
    let mut encodes = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        let character = byte as u8;
        encodes[byte] = character.is_ascii_alphanumeric() || matches!(character, b'+' | b'/' | b'-' | b'_');
        byte += 1;
    }
    encodes
};

#[cfg(test)]
mod tests {
    use super::texts;

    fn found(text: &str) -> Vec<String> {
        texts(text, |_| {}).filter_map(|(_, decoded)| decoded.text().map(str::to_string)).collect()
    }

    #[test]
    fn base64_of_text_is_found_in_both_alphabets_padded_or_not() {
        // RFC 4648's own letters, and a sentence with the two characters in which the alphabets differ.
        for encoded in [
            "Zm9vYmFyIGZvb2JhciBmb29iYXIh",
            "Pz8/Pj4+IGFuZCBzbyBvbiBhbmQgc28gb24=",
            "Pz8_Pj4-IGFuZCBzbyBvbiBhbmQgc28gb24",
        ] {
            assert_eq!(found(&format!("a: \"{encoded}\".")).len(), 1, "{encoded}");
        }
    }

    #[test]
    fn hexadecimal_of_text_is_found() {
        assert_eq!(found("x=68656c6c6f2c20776f726c6421212121"), ["hello, world!!!!"]);
    }

    #[test]
    fn what_decodes_to_no_text_is_left_alone() {
        for text in [
            "src/scan/boundary/and/more/of/it",
            "0123456789abcdef0123456789abcdef",
            "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
            "short",
        ] {
            assert_eq!(found(text), Vec::<String>::new(), "{text}");
        }
    }
}
