//! Which bytes of a block are letters, capitals and beginnings of escapes, as bits: the one place where the scanner looks at many
//! bytes at once.
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
pub use sums::position;
#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
pub use vectors::position;

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
