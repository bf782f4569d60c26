//! Sixteen bytes at once, by the vector instructions of WebAssembly.

use std::arch::wasm32::{
    u8x16_bitmask, u8x16_eq, u8x16_lt, u8x16_splat, u8x16_sub, u64x2, v128, v128_and, v128_andnot, v128_or,
};

use super::{BLOCK, Masks};

impl Masks {
    /// The masks of a block.
    #[must_use]
    #[inline]
    pub fn of(block: &[u8; BLOCK]) -> Self {
        let mut masks = Self::default();
        let (sixteens, _) = block.as_chunks::<16>();
        for (sixteenth, sixteen) in sixteens.iter().enumerate() {
            let bytes = vector(sixteen);
            let folded = v128_or(bytes, u8x16_splat(0x20));
            let letters = u8x16_lt(u8x16_sub(folded, u8x16_splat(b'a')), u8x16_splat(26));
            let capitals = v128_and(letters, u8x16_lt(bytes, u8x16_splat(b'a')));
            let escapes = v128_or(u8x16_eq(bytes, u8x16_splat(b'\\')), u8x16_eq(bytes, u8x16_splat(b'%')));
            let at = sixteenth * 16;
            masks.letters |= u64::from(u8x16_bitmask(letters)) << at;
            masks.capitals |= u64::from(u8x16_bitmask(capitals)) << at;
            masks.escapes |= u64::from(u8x16_bitmask(escapes)) << at;
        }
        masks
    }
}

/// Which bytes of a block are characters of base64, in either alphabet, but its padding.
#[must_use]
#[inline]
pub fn encoding(block: &[u8; BLOCK]) -> u64 {
    let (sixteens, _) = block.as_chunks::<16>();
    sixteens.iter().enumerate().fold(0, |mask, (sixteenth, sixteen)| {
        let bytes = vector(sixteen);
        let is = |byte| u8x16_eq(bytes, u8x16_splat(byte));
        let within = |bytes, first, length| u8x16_lt(u8x16_sub(bytes, u8x16_splat(first)), u8x16_splat(length));
        let letters = within(v128_or(bytes, u8x16_splat(0x20)), b'a', 26);
        // From `-` to `9` there is nothing else but `.`.
        let digits = v128_andnot(within(bytes, b'-', 13), is(b'.'));
        let all = v128_or(v128_or(letters, digits), v128_or(is(b'+'), is(b'_')));
        mask | u64::from(u8x16_bitmask(all)) << (sixteenth * 16)
    })
}

fn vector(sixteen: &[u8; 16]) -> v128 {
    let half = |at: usize| u64::from_le_bytes(std::array::from_fn(|byte| sixteen[at + byte]));
    u64x2(half(0), half(8))
}
