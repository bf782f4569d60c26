//! Texts that stand inside a text as base64 or hexadecimal: a header, an element of JSON, a value that somebody thought hidden.
//!
//! Only what decodes to text is worth a look, and it is taken at its first bytes whether it does: nearly everything that has
//! the letters of base64 is a path, a hash, a picture or a name, and decodes to control characters at once.

use std::ops::Range;

use super::masks::{BLOCK, encoding};
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

/// Stretches of characters of either alphabet, with their padding.
fn runs(text: &str) -> impl Iterator<Item = Range<usize>> {
    let bytes = text.as_bytes();
    let mut from = 0;
    std::iter::from_fn(move || {
        let start = next_run(bytes, from)?;
        let end = end_of_run(bytes, start + SHORTEST_RUN);
        let padding = bytes[end..].iter().take(2).take_while(|&&byte| byte == b'=').count();
        from = end + padding;
        Some(start..from)
    })
}

/// Where the next run begins, from a place on before which none goes on.
fn next_run(bytes: &[u8], from: usize) -> Option<usize> {
    let mut before = 0;
    for (at, mask) in masks(bytes, from) {
        if before + mask.trailing_ones() as usize >= SHORTEST_RUN {
            return Some(at - before);
        }
        let inside = begins_run(mask);
        if inside != 0 {
            return Some(at + inside.trailing_zeros() as usize);
        }
        before = mask.leading_ones() as usize;
    }
    None
}

/// The places where as many bits follow each other as the shortest run has bytes.
fn begins_run(mask: u64) -> u64 {
    let two = mask & mask >> 1;
    let four = two & two >> 2;
    let eight = four & four >> 4;
    eight & eight >> 8 & eight >> 16
}

fn end_of_run(bytes: &[u8], from: usize) -> usize {
    let end = masks(bytes, from).find(|&(_, mask)| mask != u64::MAX);
    end.map_or(bytes.len(), |(at, mask)| at + mask.trailing_ones() as usize)
}

/// Block by block which characters are of an alphabet.
fn masks(bytes: &[u8], from: usize) -> impl Iterator<Item = (usize, u64)> {
    let (blocks, rest) = bytes[from..].as_chunks::<BLOCK>();
    let mut last = [0; BLOCK];
    last[..rest.len()].copy_from_slice(rest);
    // Behind the end of the text stand zeros, which encode nothing.
    let last = (!rest.is_empty()).then(|| encoding(&last));
    let masks = blocks.iter().map(encoding).chain(last);
    (from..).step_by(BLOCK).zip(masks)
}

#[cfg(test)]
mod tests {
    use super::{SHORTEST_RUN, runs, texts};

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

    #[test]
    fn a_run_is_found_wherever_it_stands_and_however_long_it_is() {
        let mut random = fastrand::Rng::with_seed(3);
        let encodes = |byte: u8| byte.is_ascii_alphanumeric() || b"+/-_".contains(&byte);
        for _ in 0..4000 {
            let text: String = (0..random.usize(1..12))
                .map(|_| {
                    let length = [random.usize(0..4), random.usize(20..28), random.usize(0..200)][random.usize(..3)];
                    "aZ0_-+/"
                        .chars()
                        .cycle()
                        .take(length)
                        .chain(std::iter::once(['=', '.', ' ', 'é'][random.usize(..4)]))
                })
                .flat_map(Iterator::collect::<Vec<char>>)
                .collect();
            let bytes = text.as_bytes();
            let mut slowly = Vec::new();
            let mut at = 0;
            while at < bytes.len() {
                let length = bytes[at..].iter().take_while(|&&byte| encodes(byte)).count();
                let padding = bytes[at + length..].iter().take(2).take_while(|&&byte| byte == b'=').count();
                if length >= SHORTEST_RUN {
                    slowly.push(at..at + length + padding);
                }
                at += length + padding.max(1);
            }
            assert_eq!(runs(&text).collect::<Vec<_>>(), slowly, "{text:?}");
        }
    }
}
