//! The edge to JavaScript, called by the extension's background only.
//!
//! Everything that comes in is taken over and wiped, and everything that goes out is a [`Judgement`](crate::judgement), which
//! cannot hold a secret. Bad input gives an error value; nothing here panics on it.

mod text;

use std::cell::RefCell;

use js_sys::{Array, Object, Reflect};
use serde::Serialize;
use wasm_bindgen::prelude::*;
use zeroizing_alloc::ZeroAlloc;

#[cfg(feature = "company")]
use crate::catalog::{Entry, entry};
use crate::judgement;
use crate::own::{OwnSecrets, Registered, Unregistered};
use crate::policy::{Destination, Settings, Value};
use crate::practice;
use crate::redact::Secret;
use crate::rules::Rule;
#[cfg(feature = "company")]
use crate::rules::{CustomRules, Refused};
use crate::scan::Scanner;
use text::text_of;

/// Overwrites whatever is freed. Linear memory lives as long as the instance, and much that touches a text is not this crate's to wipe:
/// the glue's buffers, which move as they grow, and what libraries copy.
#[global_allocator]
static ALLOCATOR: ZeroAlloc<std::alloc::System> = ZeroAlloc(std::alloc::System);

#[wasm_bindgen]
extern "C" {
    /// Where the text would go, as the browser told the background.
    type Frame;

    /// URL of the frame, or its origin where the URL says nothing (`about:blank`, `blob:`).
    #[wasm_bindgen(method, getter, structural, catch)]
    fn origin(this: &Frame) -> Result<JsValue, JsValue>;

    /// URL of the page in the address bar.
    #[wasm_bindgen(method, getter, structural, catch)]
    fn page(this: &Frame) -> Result<JsValue, JsValue>;
}

#[derive(Serialize)]
struct Problem {
    key: String,
    expected: &'static str,
}

#[derive(Serialize)]
struct Check {
    problems: Vec<Problem>,
    asked: bool,
}

#[derive(Serialize)]
struct About {
    version: &'static str,
    rules: usize,
}

#[cfg(feature = "company")]
#[derive(Serialize)]
struct Compiled<'r> {
    kinds: Vec<Entry<'r>>,
    refused: Vec<Refused>,
}

#[derive(Serialize)]
struct Store<'a> {
    store: String,
    registered: Vec<Registered<'a>>,
    refused: Vec<NotRegistered>,
}

#[derive(Serialize)]
struct NotRegistered {
    label: String,
    reason: &'static str,
}

thread_local! {
    /// The scanner of this instance, with what the background has told it.
    static SCANNER: RefCell<Scanner> = RefCell::new(Scanner::new());
}

/// Runs once when the module is loaded: panics become readable messages on the console. They name a line, never a text.
#[wasm_bindgen(start)]
pub fn start() {
    console_error_panic_hook::set_once();
}

/// Judges a practice key ahead of the first text. Browsers compile each function when it is first called, which takes the first
/// judgement a hundred times as long as any other.
#[wasm_bindgen(js_name = warmUp)]
pub fn warm_up() {
    let text = format!("key = \"{}\"", practice::practice_key(&[0; 64]).unwrap_or_default());
    let (destination, settings) = (Destination::default(), Settings::default());
    SCANNER.with_borrow(|scanner| {
        let _ = judgement::judge(scanner, &[Secret::new(text)], &destination, &settings, 0);
    });
}

/// Judges the flavours of a held event; see `extension/shared/messages.ts` for the shape of the answer.
///
/// # Errors
/// When the flavours are not strings or the destination lacks a field: the caller's fault, named in the message.
#[wasm_bindgen]
pub fn judge(
    #[wasm_bindgen(unchecked_param_type = "string[]")] flavours: Vec<JsValue>,
    destination: JsValue,
    settings: JsValue,
) -> Result<JsValue, JsError> {
    wiping(|| {
        let flavours: Option<Vec<Secret>> = flavours.iter().map(|one| Some(Secret::new(text_of(one)?))).collect();
        let flavours = flavours.ok_or_else(|| JsError::new("the flavours must be strings"))?;
        let destination = self::destination(destination.unchecked_ref())
            .ok_or_else(|| JsError::new("the destination needs the strings origin and page"))?;
        let (settings, _) = Settings::read(values(&settings));
        let now = (js_sys::Date::now() / 1000.0) as u64;
        SCANNER.with_borrow(|scanner| out(&judgement::judge(scanner, &flavours, &destination, &settings, now)))
    })
}

/// Tells of everything that is found in a text and what would follow, also where nothing would: `[{ …finding, verdict }]`.
///
/// # Errors
/// Only when the answer itself cannot be made.
#[wasm_bindgen]
pub fn explain(text: String, settings: JsValue) -> Result<JsValue, JsError> {
    wiping(|| {
        let text = Secret::new(text);
        let (settings, _) = Settings::read(values(&settings));
        let now = (js_sys::Date::now() / 1000.0) as u64;
        SCANNER.with_borrow(|scanner| out(&judgement::explain(scanner, &text, &settings, now)))
    })
}

/// Tells which settings cannot be used, and whether what is usually noted is asked about: `{ problems: [{ key, expected }], asked }`.
///
/// # Errors
/// Never for any value; only when the answer itself cannot be made.
#[wasm_bindgen(js_name = checkSettings)]
pub fn check_settings(raw: JsValue) -> Result<JsValue, JsError> {
    let (settings, problems) = Settings::read(values(&raw));
    let problems: Vec<Problem> =
        problems.into_iter().map(|problem| Problem { key: problem.key, expected: problem.expected }).collect();
    out(&Check { problems, asked: settings.asks_about_notes() })
}

/// Takes over a company's rules, as an object of file names and texts; they replace the ones before. Gives those that are used, as
/// [`catalog`] does, and what was refused: `{ kinds, refused: [{ file, rule, reason }] }`.
///
/// # Errors
/// Only when the answer itself cannot be made. What is no text is refused like any other file that cannot be read.
#[cfg(feature = "company")]
#[wasm_bindgen(js_name = setCompanyRules)]
pub fn set_company_rules(files: JsValue) -> Result<JsValue, JsError> {
    let files: Vec<(String, String)> = values(&files)
        .into_iter()
        .map(|(name, value)| match value {
            Value::Text(text) => (name, text),
            Value::List(_) | Value::Other => (name, String::new()),
        })
        .collect();
    let (custom, refused) = CustomRules::compile(&files);
    SCANNER.with_borrow_mut(|scanner| {
        scanner.set_custom(custom);
        out(&Compiled { kinds: scanner.custom().rules().iter().map(entry).collect(), refused })
    })
}

/// Takes over the store of own secrets that [`register_secrets`] or [`forget_secret`] gave, or none for an empty text.
///
/// # Errors
/// When it is no such store; what was there before stays.
#[wasm_bindgen(js_name = setOwnSecrets)]
pub fn set_own_secrets(store: &str) -> Result<(), JsError> {
    let own = match store {
        "" => None,
        store => Some(OwnSecrets::from_json(store).map_err(|problem| JsError::new(&problem))?),
    };
    SCANNER.with_borrow_mut(|scanner| *scanner.own_mut() = own);
    Ok(())
}

/// Registers the values in a text of the form of a `.env` file, which is wiped. The salt is 32 random bytes, and is used where there is no
/// store yet. Gives the store to keep, what is registered, and what was refused:
/// `{ store, registered: [{ id, label, length }], refused: [{ label, reason }] }`. The reason is one word
/// (`Reason` in `src/own.rs`).
///
/// # Errors
/// When the salt has another length.
#[wasm_bindgen(js_name = registerSecrets)]
pub fn register_secrets(env: String, salt: Vec<u8>) -> Result<JsValue, JsError> {
    wiping(|| {
        let env = Secret::new(env);
        register(salt, |own| own.add_env(env.text()))
    })
}

/// Registers one value under a name, and wipes it; gives what [`register_secrets`] gives.
///
/// # Errors
/// When the salt has another length.
#[wasm_bindgen(js_name = registerSecret)]
pub fn register_secret(label: String, value: String, salt: Vec<u8>) -> Result<JsValue, JsError> {
    wiping(|| {
        let value = Secret::new(value);
        register(salt, |own| match own.add(&label, value.text()) {
            Ok(()) => Vec::new(),
            Err(reason) => vec![Unregistered { label, reason }],
        })
    })
}

fn register(salt: Vec<u8>, add: impl FnOnce(&mut OwnSecrets) -> Vec<Unregistered>) -> Result<JsValue, JsError> {
    let salt = salt.try_into().map_err(|_| JsError::new("the salt needs 32 bytes"))?;
    SCANNER.with_borrow_mut(|scanner| {
        let own = scanner.own_mut().get_or_insert_with(|| OwnSecrets::new(salt));
        let refused = add(own);
        let refused =
            refused.into_iter().map(|one| NotRegistered { label: one.label, reason: one.reason.word() }).collect();
        out(&Store { store: own.to_json(), registered: own.list(), refused })
    })
}

/// What is registered: `[{ id, label, length }]`.
///
/// # Errors
/// Only when the answer itself cannot be made.
#[wasm_bindgen(js_name = ownSecrets)]
pub fn own_secrets() -> Result<JsValue, JsError> {
    SCANNER.with_borrow(|scanner| out(&scanner.own().map(OwnSecrets::list).unwrap_or_default()))
}

/// Forgets a registered value. Gives the store to keep and what is still registered, as [`register_secrets`] does.
///
/// # Errors
/// Only when the answer itself cannot be made.
#[wasm_bindgen(js_name = forgetSecret)]
pub fn forget_secret(id: &str) -> Result<JsValue, JsError> {
    SCANNER.with_borrow_mut(|scanner| match scanner.own_mut() {
        Some(own) => {
            own.remove(id);
            out(&Store { store: own.to_json(), registered: own.list(), refused: Vec::new() })
        }
        None => out(&Store { store: String::new(), registered: Vec::new(), refused: Vec::new() }),
    })
}

/// What each frame's tripwire must be told by its `add`: `{ leads, run }`.
///
/// # Errors
/// Only when the answer itself cannot be made.
#[wasm_bindgen(js_name = tripwireAdditions)]
pub fn tripwire_additions() -> Result<JsValue, JsError> {
    SCANNER.with_borrow(|scanner| out(&scanner.additions()))
}

/// Version of the engine and the number of its rules.
///
/// # Errors
/// Only when the answer itself cannot be made.
#[wasm_bindgen]
pub fn about() -> Result<JsValue, JsError> {
    out(&About { version: env!("CARGO_PKG_VERSION"), rules: Rule::all().len() })
}

/// A key to practise with, made from random bytes; nothing when they are too few.
#[wasm_bindgen(js_name = practiceKey)]
#[must_use]
pub fn practice_key(random: &[u8]) -> Option<String> {
    practice::practice_key(random)
}

/// Far more of the stack than any call uses.
const STACK: usize = 32 << 10;

/// Makes a call, then overwrites the stack that it has used: hashes and decoders keep blocks of a text there.
fn wiping<T>(call: impl FnOnce() -> T) -> T {
    // Neither may be inlined: they have to begin at the same place of the stack.
    #[inline(never)]
    fn made<T>(call: impl FnOnce() -> T) -> T {
        call()
    }
    #[inline(never)]
    fn wipe() {
        std::hint::black_box(&mut [0_u8; STACK]);
    }
    let answer = made(call);
    wipe();
    answer
}

fn out(value: &impl Serialize) -> Result<JsValue, JsError> {
    value
        .serialize(&serde_wasm_bindgen::Serializer::json_compatible())
        .map_err(|error| JsError::new(&error.to_string()))
}

fn destination(frame: &Frame) -> Option<Destination> {
    let text = |value: Result<JsValue, JsValue>| value.ok()?.as_string();
    Some(Destination::new(&text(frame.origin())?, &text(frame.page())?))
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
