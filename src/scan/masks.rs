//! Which bytes of a block are letters, capitals, beginnings of escapes and characters of base64, as bits: the one place where the
//! scanner looks at many bytes at once.
//!
//! `wide` does that with the vector instructions of the processor or of WebAssembly (`build.sh` turns them on there), so that nothing
//! here is `unsafe`, and with arrays where there are none. Tests compare it with one byte after the other.
//!
//! Rejected: sums of eight bytes as one number, without vector instructions, which took two to three times as long.

use wide::u8x64;

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

impl Masks {
    /// The masks of a block.
    #[must_use]
    #[inline]
    pub fn of(block: &[u8; BLOCK]) -> Self {
        let bytes = u8x64::from(*block);
        let letters = letters(bytes);
        let capitals = letters & bytes.simd_lt(u8x64::splat(b'a'));
        let escapes = is(bytes, b'\\') | is(bytes, b'%');
        Self { letters: letters.to_bitmask(), capitals: capitals.to_bitmask(), escapes: escapes.to_bitmask() }
    }
}

/// Which bytes of a block are characters of base64, in either alphabet, but its padding.
#[must_use]
#[inline]
pub fn encoding(block: &[u8; BLOCK]) -> u64 {
    let bytes = u8x64::from(*block);
    let digits = within(bytes, b'0', 10);
    let marks = is(bytes, b'-') | is(bytes, b'/') | is(bytes, b'+') | is(bytes, b'_');
    (letters(bytes) | digits | marks).to_bitmask()
}

#[inline]
fn letters(bytes: u8x64) -> u8x64 {
    within(bytes | u8x64::splat(0x20), b'a', 26)
}

#[inline]
fn is(bytes: u8x64, byte: u8) -> u8x64 {
    bytes.simd_eq(u8x64::splat(byte))
}

/// Which are among so many bytes from the first one on: what is less becomes large, because differences wrap.
#[inline]
fn within(bytes: u8x64, first: u8, count: u8) -> u8x64 {
    (bytes - u8x64::splat(first)).simd_lt(u8x64::splat(count))
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
    fn many_bytes_at_once_encode_where_one_after_the_other_does() {
        for byte in 0..=u8::MAX {
            for at in 0..BLOCK {
                let mut block = [b' '; BLOCK];
                block[at] = byte;
                let encodes = byte.is_ascii_alphanumeric() || b"+/-_".contains(&byte);
                assert_eq!(encoding(&block), u64::from(encodes) << at, "{byte} at {at}");
            }
        }
        assert_eq!(encoding(&std::array::from_fn(|byte| byte as u8)), 0x03ff_a800_0000_0000);
        assert_eq!(encoding(&std::array::from_fn(|byte| byte as u8 + 64)), 0x07ff_fffe_87ff_fffe);
    }
}
