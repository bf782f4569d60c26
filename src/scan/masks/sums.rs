//! Eight bytes at once: they are a number, and a few sums say for all of them what they are.

use super::{BLOCK, Masks};

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

/// Which bytes of a block are characters of base64, in either alphabet, but its padding.
#[must_use]
#[inline]
pub fn encoding(block: &[u8; BLOCK]) -> u64 {
    let (eights, _) = block.as_chunks::<8>();
    eights.iter().enumerate().fold(0, |mask, (eighth, eight)| {
        let bytes = u64::from_le_bytes(*eight);
        let folded = (bytes | each(0x20)) & LOW;
        let letters = (folded + each(0x80 - b'a')) & !(folded + each(0x7f - b'z'));
        // From `-` to `9` there is nothing else but `.`.
        let low = bytes & LOW;
        let digits = (low + each(0x80 - b'-')) & !(low + each(0x7f - b'9')) & !among(bytes, [b'.']);
        let all = (letters | digits | among(bytes, [b'+', b'_'])) & !bytes;
        mask | bits(all) << (eighth * 8)
    })
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
