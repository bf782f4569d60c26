//! Which bytes of a block are letters, capitals, beginnings of escapes and characters of base64, as bits: the one place where the
//! scanner looks at many bytes at once.
//!
//! In WebAssembly, vector instructions do that (`build.sh` turns them on); calling them takes no `unsafe` there. Elsewhere sums do it.
//! Tests compare the sums with one byte after the other, and what both find in the same texts (`tests/unit/scanner.test.mjs`).
//!
//! Rejected: to call the vector instructions of SSE2. They take `unsafe` even where every processor has them, and the compiler makes
//! use of them for the sums.

#[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
mod sums;
#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
mod vectors;

#[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
pub use sums::encoding;
#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
pub use vectors::encoding;

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
