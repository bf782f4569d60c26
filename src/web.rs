//! The edge to JavaScript, called by the extension's background only.
//!
//! Everything that comes in is taken over and wiped, and everything that goes out is a [`Judgement`](crate::judgement), which
//! cannot hold a secret. Bad input gives an error value; nothing here panics on it.

use js_sys::{Array, Object, Reflect};
use serde::{Deserialize, Serialize};
use wasm_bindgen::prelude::*;

use crate::catalog::catalog as entries;
use crate::judgement;
use crate::policy::{Destination, Settings, Value};
use crate::practice;
use crate::redact::Secret;
use crate::rules::Rule;
use crate::scan::Scanner;

/// Where the text would go, as the browser told the background.
#[derive(Deserialize)]
struct Frame {
    /// URL of the frame, or its origin where the URL says nothing (`about:blank`, `blob:`).
    origin: String,
    /// URL of the page in the address bar.
    page: String,
}

#[derive(Serialize)]
struct Problem {
    key: String,
    expected: &'static str,
}

#[derive(Serialize)]
struct Check {
    problems: Vec<Problem>,
}

#[derive(Serialize)]
struct About {
    version: &'static str,
    rules: usize,
}

/// Runs once when the module is loaded: panics become readable messages on the console. They name a line, never a text.
#[wasm_bindgen(start)]
pub fn start() {
    console_error_panic_hook::set_once();
}

/// Builds the scanner ahead of the first text.
#[wasm_bindgen(js_name = warmUp)]
pub fn warm_up() {
    let _ = Scanner::shared();
}

/// Judges the flavours of a held event; see `extension/shared/messages.ts` for the shape of the answer.
///
/// # Errors
/// When the flavours are not strings or the destination lacks a field: the caller's fault, named in the message.
#[wasm_bindgen]
pub fn judge(flavours: Vec<String>, destination: JsValue, settings: JsValue) -> Result<JsValue, JsError> {
    let flavours: Vec<Secret> = flavours.into_iter().map(Secret::new).collect();
    let frame: Frame = serde_wasm_bindgen::from_value(destination)
        .map_err(|error| JsError::new(&format!("the destination needs the strings origin and page: {error}")))?;
    let (settings, _) = Settings::read(values(&settings));
    let now = (js_sys::Date::now() / 1000.0) as u64;
    let destination = Destination::new(&frame.origin, &frame.page);
    out(&judgement::judge(Scanner::shared(), &flavours, &destination, &settings, now))
}

/// Tells which settings cannot be used: `{ problems: [{ key, expected }] }`.
///
/// # Errors
/// Never for any value; only when the answer itself cannot be made.
#[wasm_bindgen(js_name = checkSettings)]
pub fn check_settings(raw: JsValue) -> Result<JsValue, JsError> {
    let (_, problems) = Settings::read(values(&raw));
    let problems: Vec<Problem> =
        problems.into_iter().map(|problem| Problem { key: problem.key, expected: problem.expected }).collect();
    out(&Check { problems })
}

/// Version of the engine and the number of its rules.
///
/// # Errors
/// Only when the answer itself cannot be made.
#[wasm_bindgen]
pub fn about() -> Result<JsValue, JsError> {
    out(&About { version: env!("CARGO_PKG_VERSION"), rules: Rule::all().len() })
}

/// All rules as a person may read them; see `extension/shared/generated.d.ts` for the shape.
///
/// # Errors
/// Only when the answer itself cannot be made.
#[wasm_bindgen]
pub fn catalog() -> Result<JsValue, JsError> {
    out(&entries())
}

/// A key to practise with, made from random bytes; nothing when they are too few.
#[wasm_bindgen(js_name = practiceKey)]
#[must_use]
pub fn practice_key(random: &[u8]) -> Option<String> {
    practice::practice_key(random)
}

fn out(value: &impl Serialize) -> Result<JsValue, JsError> {
    value
        .serialize(&serde_wasm_bindgen::Serializer::json_compatible())
        .map_err(|error| JsError::new(&error.to_string()))
}

/// The own properties of an object, with what the engine can use of each value. Anything but an object has none.
fn values(raw: &JsValue) -> Vec<(String, Value)> {
    let Some(object) = raw.dyn_ref::<Object>() else { return Vec::new() };
    Object::keys(object)
        .iter()
        .filter_map(|key| {
            let value = Reflect::get(object, &key).ok()?;
            Some((key.as_string()?, self::value(&value)))
        })
        .collect()
}

fn value(raw: &JsValue) -> Value {
    if let Some(text) = raw.as_string() {
        return Value::Text(text);
    }
    let Some(list) = raw.dyn_ref::<Array>() else { return Value::Other };
    list.iter().map(|item| item.as_string()).collect::<Option<Vec<_>>>().map_or(Value::Other, Value::List)
}
