//! Base64, read the way that people paste it, and a buffer that forgets what it held.

use base64::Engine;
use base64::alphabet::{STANDARD, URL_SAFE};
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use serde_json::{Map, Value};

const LENIENT: GeneralPurposeConfig = GeneralPurposeConfig::new()
    .with_encode_padding(false)
    .with_decode_padding_mode(DecodePaddingMode::Indifferent)
    // Examples and some encoders leave junk in the bits that no byte uses; the bytes are the same.
    .with_decode_allow_trailing_bits(true);
const PLAIN: GeneralPurpose = GeneralPurpose::new(&STANDARD, LENIENT);
const URL: GeneralPurpose = GeneralPurpose::new(&URL_SAFE, LENIENT);

/// A JSON object.
pub(super) type Object = Map<String, Value>;

/// The JSON object that bytes are. Read as any value first: what would be said about another one is not built into the program so.
pub(super) fn object_of(bytes: &[u8]) -> Option<Object> {
    match serde_json::from_slice(bytes).ok()? {
        Value::Object(object) => Some(object),
        _ => None,
    }
}

/// Bytes taken out of a token. They may be the secret itself, so they are overwritten when they go out of use: freed
/// memory of a wasm instance stays readable for as long as the instance lives.
pub struct Decoded(Vec<u8>);

impl Decoded {
    /// Takes bytes over.
    pub(super) fn new(bytes: Vec<u8>) -> Decoded {
        Decoded(bytes)
    }

    /// Decodes base64 in the standard or the URL-safe alphabet, padded or not.
    #[must_use]
    pub fn from_base64(text: &str) -> Option<Decoded> {
        let text = text.trim_end_matches('=');
        let engine = if text.bytes().any(|byte| matches!(byte, b'-' | b'_')) { &URL } else { &PLAIN };
        engine.decode(text).ok().map(Decoded)
    }

    /// Decodes hexadecimal.
    #[must_use]
    pub fn from_hex(text: &str) -> Option<Decoded> {
        let digit = |byte: u8| match byte {
            b'0'..=b'9' => Some(byte - b'0'),
            b'a'..=b'f' => Some(byte - b'a' + 10),
            b'A'..=b'F' => Some(byte - b'A' + 10),
            _ => None,
        };
        let mut decoded = Decoded(Vec::with_capacity(text.len() / 2));
        let (pairs, rest) = text.as_bytes().as_chunks::<2>();
        for &[high, low] in pairs {
            decoded.0.push(digit(high)? << 4 | digit(low)?);
        }
        rest.is_empty().then_some(decoded)
    }

    /// The bytes.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }

    /// The bytes as text, if they are UTF-8.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        std::str::from_utf8(&self.0).ok()
    }
}

impl Drop for Decoded {
    fn drop(&mut self) {
        self.0.fill(0);
        // Without this the compiler may drop the writes, since nothing reads them.
        std::hint::black_box(&mut self.0);
    }
}

/// Base64 in the standard alphabet, without padding.
pub(super) fn to_base64(bytes: &[u8]) -> String {
    PLAIN.encode(bytes)
}

/// Base64 in the standard alphabet, padded to a multiple of four characters.
pub(super) fn to_padded_base64(bytes: &[u8]) -> String {
    let mut text = PLAIN.encode(bytes);
    while !text.len().is_multiple_of(4) {
        text.push('=');
    }
    text
}

/// Base64 in the URL-safe alphabet, without padding.
pub(super) fn to_base64_url(bytes: &[u8]) -> String {
    URL.encode(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(text: &str) -> Option<Vec<u8>> {
        Decoded::from_base64(text).map(|decoded| decoded.bytes().to_vec())
    }

    #[test]
    fn vectors_of_rfc_4648() {
        let vectors =
            [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE=")];
        for (plain, encoded) in vectors {
            assert_eq!(decoded(encoded), Some(plain.as_bytes().to_vec()));
            assert_eq!(decoded(encoded.trim_end_matches('=')), Some(plain.as_bytes().to_vec()));
            assert_eq!(to_padded_base64(plain.as_bytes()), encoded);
        }
    }

    #[test]
    fn both_alphabets_are_read_but_not_mixed() {
        assert_eq!(decoded("++//"), decoded("--__"));
        assert_eq!(decoded("+-/_"), None);
        assert_eq!(decoded("Zg*"), None);
        assert_eq!(decoded("Z"), None);
        assert_eq!(decoded("Zh"), decoded("Zg"), "bits that no byte uses");
    }
}
