//! Takes texts over from JavaScript.
//!
//! What the glue does for a `String` parameter copies a text character by character while it is ASCII. The browser's own encoder, which
//! writes straight into linear memory, takes a fifth of the time; `web-sys` has it for a source that is Rust's already.

use js_sys::JsString;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    type TextEncoder;
    type Progress;

    #[wasm_bindgen(constructor)]
    fn new() -> TextEncoder;

    #[wasm_bindgen(method, js_name = encodeInto)]
    fn encode_into(this: &TextEncoder, source: &JsString, destination: &mut [u8]) -> Progress;

    /// UTF-16 units of the source.
    #[wasm_bindgen(method, getter)]
    fn read(this: &Progress) -> u32;

    /// Bytes of the destination.
    #[wasm_bindgen(method, getter)]
    fn written(this: &Progress) -> u32;
}

/// Bytes of UTF-8 that one UTF-16 unit needs at most.
const MOST_BYTES: usize = 3;

/// A text in UTF-8; half a surrogate pair becomes U+FFFD, as everywhere in the browser. None for what is no string.
pub fn text_of(value: &JsValue) -> Option<String> {
    let source: &JsString = value.dyn_ref()?;
    let encoder = TextEncoder::new();
    let units = source.length();
    // Room for a text that is nearly all ASCII. What does not fit is encoded in a second step.
    let mut bytes = vec![0; units as usize + units as usize / 16 + MOST_BYTES];
    let first = encoder.encode_into(source, &mut bytes);
    let mut written = first.written() as usize;
    let left = units - first.read();
    if left > 0 {
        bytes.resize(written + left as usize * MOST_BYTES, 0);
        written += encoder.encode_into(&source.slice(first.read(), units), &mut bytes[written..]).written() as usize;
    }
    bytes.truncate(written);
    Some(String::from_utf8(bytes).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned()))
}
