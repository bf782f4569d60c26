//! Which bytes of a block are letters, capitals and beginnings of escapes, as bits: the one place where the scanner looks at many
//! bytes at once.
//!
//! Eight bytes are a number, and a few sums say for all of them what they are. Tests compare that with one byte after the other.
//!
//! Rejected: to call vector instructions. Those of SSE2 take `unsafe` even where every processor has them, and the compiler makes use of
//! them for these sums, natively and in WebAssembly (`build.sh` turns them on: a third faster on source code).

/// Bytes of a block.
pub const BLOCK: usize = 64;

/// What the bytes of a block are: the lowest bit is the first byte.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Masks {
    /// `a` to `z` and `A` to `Z`.
    pub letters: u64,
    /// `A` to `Z`.
    pub capitals: u64,
    /// `\` and `%`.
    pub escapes: u64,
}

/// The highest bit of each of eight bytes, by which each says yes or no.
const HIGH: u64 = each(0x80);
const LOW: u64 = each(0x7f);

const fn each(byte: u8) -> u64 {
    u64::from_le_bytes([byte; 8])
}

impl Masks {
    /// The masks of a block.
    #[must_use]
    #[inline]
    pub fn of(block: &[u8; BLOCK]) -> Self {
        let mut masks = Self::default();
        let (eights, _) = block.as_chunks::<8>();
        for (eighth, eight) in eights.iter().enumerate() {
            let bytes = u64::from_le_bytes(*eight);
            // Sums reach the highest bit from `a` on, and behind `z`; none goes beyond its byte.
            let folded = (bytes | each(0x20)) & LOW;
            let letters = (folded + each(0x80 - b'a')) & !(folded + each(0x7f - b'z')) & !bytes;
            // The bit that small letters have, moved to the highest.
            let capitals = letters & !(bytes << 2);
            let escapes = among(bytes, [b'\\', b'%']);
            let at = eighth * 8;
            masks.letters |= bits(letters) << at;
            masks.capitals |= bits(capitals) << at;
            masks.escapes |= bits(escapes) << at;
        }
        masks
    }
}

/// The first place from another one on at which one of a few bytes stands.
#[inline]
pub fn position<const FEW: usize>(text: &[u8], from: usize, few: [u8; FEW]) -> Option<usize> {
    let (eights, rest) = text.get(from..)?.as_chunks::<8>();
    for (eighth, eight) in eights.iter().enumerate() {
        let found = among(u64::from_le_bytes(*eight), few) & HIGH;
        if found != 0 {
            return Some(from + eighth * 8 + found.trailing_zeros() as usize / 8);
        }
    }
    let here = rest.iter().position(|byte| few.contains(byte))?;
    Some(text.len() - rest.len() + here)
}

/// Which of eight bytes are one of a few, by their highest bits.
#[inline]
fn among<const FEW: usize>(bytes: u64, few: [u8; FEW]) -> u64 {
    let differs = |byte: u8| {
        let other = bytes ^ each(byte);
        ((other & LOW) + LOW) | other
    };
    !few.into_iter().fold(u64::MAX, |all, byte| all & differs(byte))
}

/// The highest bits of the bytes, side by side.
#[inline]
fn bits(bytes: u64) -> u64 {
    ((bytes & HIGH) >> 7).wrapping_mul(0x0102_0408_1020_4080) >> 56
}

#[cfg(all(test, feature = "sample"))]
mod tests {
    use super::*;

    fn one_by_one(block: &[u8; BLOCK]) -> Masks {
        block.iter().enumerate().fold(Masks::default(), |masks, (at, byte)| Masks {
            letters: masks.letters | u64::from(byte.is_ascii_alphabetic()) << at,
            capitals: masks.capitals | u64::from(byte.is_ascii_uppercase()) << at,
            escapes: masks.escapes | u64::from(matches!(byte, b'\\' | b'%')) << at,
        })
    }

    #[test]
    fn many_bytes_at_once_give_what_one_after_the_other_gives() {
        let mut random = fastrand::Rng::with_seed(8);
        for byte in 0..=u8::MAX {
            for at in 0..BLOCK {
                let mut block = [0; BLOCK];
                block[at] = byte;
                assert_eq!(Masks::of(&block), one_by_one(&block), "{byte} at {at}");
            }
        }
        for _ in 0..2000 {
            let block = std::array::from_fn(|_| random.u8(..));
            assert_eq!(Masks::of(&block), one_by_one(&block), "{block:?}");
        }
    }

    #[test]
    fn a_byte_is_found_where_one_after_the_other_finds_it() {
        let mut random = fastrand::Rng::with_seed(9);
        for length in 0..40 {
            for _ in 0..60 {
                let text: Vec<u8> =
                    (0..length).map(|_| if random.u8(..9) == 0 { random.u8(..) } else { b'a' }).collect();
                let few = [random.u8(..), b'%', 0];
                for from in 0..=length {
                    let slowly = (from..length).find(|&at| few.contains(&text[at]));
                    assert_eq!(position(&text, from, few), slowly, "{few:?} in {text:?} from {from}");
                }
            }
        }
        assert_eq!(position(b"abc", 4, [b'c']), None);
    }
}
