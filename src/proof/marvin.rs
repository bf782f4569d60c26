//! Marvin32, the keyed hash that Microsoft puts into its identifiable keys as a checksum.
//!
//! The algorithm is that of .NET's string hash:
//! <https://github.com/dotnet/runtime/blob/main/src/libraries/System.Private.CoreLib/src/System/Marvin.cs>. The key formats
//! that use it are described in <https://github.com/microsoft/security-utilities>. The seeds are public, so this is a
//! checksum and not a signature: it tells a real key from an invented one, nothing more.

/// The hash of `data` under a 64-bit seed.
pub(super) fn marvin32(seed: u64, data: &[u8]) -> u32 {
    let mut state = State { low: seed as u32, high: (seed >> 32) as u32 };
    let (words, rest) = data.as_chunks::<4>();
    for &word in words {
        state.absorb(u32::from_le_bytes(word));
    }
    let mut tail = [0; 4];
    for (place, byte) in tail.iter_mut().zip(rest.iter().chain(&[0x80])) {
        *place = *byte;
    }
    state.absorb(u32::from_le_bytes(tail));
    state.absorb(0);
    state.low ^ state.high
}

/// The seed that eight ASCII characters stand for: read as one big-endian number.
pub(super) const fn seed(name: &[u8; 8]) -> u64 {
    u64::from_be_bytes(*name)
}

struct State {
    low: u32,
    high: u32,
}

impl State {
    fn absorb(&mut self, word: u32) {
        self.low = self.low.wrapping_add(word);
        self.high ^= self.low;
        self.low = self.low.rotate_left(20).wrapping_add(self.high);
        self.high = self.high.rotate_left(9) ^ self.low;
        self.low = self.low.rotate_left(27).wrapping_add(self.high);
        self.high = self.high.rotate_left(19);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// From the tests of .NET's implementation.
    const SEED: u64 = 0xd53c_d9ce_cd08_93b7;

    #[test]
    fn published_vector() {
        assert_eq!(marvin32(SEED, b"abc"), 0x6be0_2a86);
    }

    #[test]
    fn every_length_of_the_last_word_is_distinct() {
        let hashes: std::collections::BTreeSet<u32> =
            [&b""[..], b"\0", b"\0\0", b"\0\0\0", b"\0\0\0\0"].iter().map(|data| marvin32(SEED, data)).collect();
        assert_eq!(hashes.len(), 5);
    }
}
