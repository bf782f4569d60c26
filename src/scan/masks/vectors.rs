//! Sixteen bytes at once, by the vector instructions of WebAssembly.

use std::arch::wasm32::{
    u8x16_bitmask, u8x16_eq, u8x16_lt, u8x16_splat, u8x16_sub, u64x2, v128, v128_and, v128_any_true, v128_or,
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

/// The first place from another one on at which one of a few bytes stands.
#[inline]
pub fn position<const FEW: usize>(text: &[u8], from: usize, few: [u8; FEW]) -> Option<usize> {
    let rest = text.get(from..)?;
    let (sixteens, _) = rest.as_chunks::<16>();
    for (sixteenth, sixteen) in sixteens.iter().enumerate() {
        let bytes = vector(sixteen);
        let found = few.into_iter().fold(u64x2(0, 0), |any, byte| v128_or(any, u8x16_eq(bytes, u8x16_splat(byte))));
        if v128_any_true(found) {
            return Some(from + sixteenth * 16 + u8x16_bitmask(found).trailing_zeros() as usize);
        }
    }
    let behind = sixteens.len() * 16;
    let here = rest[behind..].iter().position(|byte| few.contains(byte))?;
    Some(from + behind + here)
}

fn vector(sixteen: &[u8; 16]) -> v128 {
    let half = |at: usize| u64::from_le_bytes(std::array::from_fn(|byte| sixteen[at + byte]));
    u64x2(half(0), half(8))
}
