//! Random letters and bytes for samples, from whatever source of numbers the caller has.

/// `count` characters of the alphabet.
pub(super) fn text(alphabet: &[u8], count: usize, random: &mut impl FnMut() -> u64) -> String {
    (0..count).map(|_| char::from(alphabet.get(below(alphabet.len(), random)).copied().unwrap_or(b'a'))).collect()
}

/// `count` bytes.
pub(super) fn bytes(count: usize, random: &mut impl FnMut() -> u64) -> Vec<u8> {
    (0..count).map(|_| random().to_le_bytes()[3]).collect()
}

/// A number from zero up to and without `bound`; zero if the bound is zero.
pub(super) fn below(bound: usize, random: &mut impl FnMut() -> u64) -> usize {
    let bound = u64::try_from(bound).unwrap_or(u64::MAX).max(1);
    // The high bits: simple generators are weakest in their lowest ones.
    usize::try_from((random() >> 11) % bound).unwrap_or(0)
}

/// The letters and digits.
pub(super) const ALPHANUMERIC: &[u8] = super::checksum::BASE62;

/// A repeatable source of numbers for tests (SplitMix64).
#[cfg(test)]
pub(super) fn fixed(seed: u64) -> impl FnMut() -> u64 {
    let mut state = seed;
    move || {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut word = state;
        word = (word ^ (word >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        word = (word ^ (word >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        word ^ (word >> 31)
    }
}
