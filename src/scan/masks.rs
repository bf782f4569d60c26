//! Which bytes of a block are letters, capitals and beginnings of escapes, as bits: the one place where the scanner looks at many
//! bytes at once.
//!
//! Eight bytes are a number, and a few sums say for all of them what they are. Tests compare that with one byte after the other.
//!
//! Rejected: the vector instructions of SSE2. To call them takes `unsafe` even where every processor has them, and the compiler makes
//! use of them for these sums.

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
            let differs = |byte: u8| {
                let other = bytes ^ each(byte);
                ((other & LOW) + LOW) | other
            };
            let escapes = !(differs(b'\\') & differs(b'%'));
            let at = eighth * 8;
            masks.letters |= bits(letters) << at;
            masks.capitals |= bits(capitals) << at;
            masks.escapes |= bits(escapes) << at;
        }
        masks
    }
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
}
