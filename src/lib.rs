//! Keystay finds API keys and other secrets in text, proves them where that is possible, and says what to do about them.
//!
//! A browser extension holds what a person pastes into a page until this crate, compiled to WebAssembly and running in the
//! extension's background, has judged it. The same crate is a library and the command line tool `keystay`.
//!
//! # The flow
//!
//! ```text
//! paste event in a frame
//!   → tripwire     JavaScript generated from the rules, in the frame: could this hold a secret?   (no: the page gets it, untouched)
//!   → hold         the event is stopped before the page sees it
//!   → scan         rules' literals → shape → proof → plausibility                                 → Findings
//!   → policy       Finding × Destination × Settings                                               → Verdict
//!   → judgement    names, masks, placeholders: nothing that could hold a secret                   → the frame
//!   → replay, or the warning and a person's choice
//! ```
//!
//! # The nouns
//!
//! - [`Rule`](rules::Rule): a kind of token. All rules come from `src/rules/*.toml`; the pattern there is the only statement
//!   of the shape, and the words that lead to it, the matchers, the tripwire and the samples are derived from it.
//! - [`CustomRules`](rules::CustomRules): a company's own rules, with the same schema, compiled at run time.
//! - [`OwnSecrets`](own::OwnSecrets): fingerprints of values that a person or company registered.
//! - [`Finding`](scan::Finding): a place in a text where a rule matched.
//! - [`Proof`](proof::Proof): evidence in the token itself, such as a checksum.
//! - [`Destination`](policy::Destination): the frame and page that would get the text.
//! - [`Settings`](policy::Settings), [`Verdict`](policy::Verdict): what was set, and what follows.
//! - [`Judgement`](judgement::Judgement): the answer that the frame gets.
//! - [`Secret`](redact::Secret): a text that may hold a secret. It is wiped and cannot be printed.
//!
//! # What holds everywhere
//!
//! - Time is linear in the text, whatever the text and the rule; limits are named constants, and reaching one makes a scan
//!   `partial`, which is shown.
//! - No input reaches a panic. In WebAssembly a panic kills the instance; the background then starts a new one and asks again.
//! - The engine knows no browser. Only the `web` module does, and it exists only in WebAssembly builds.

#[cfg(feature = "company")]
pub mod catalog;
pub mod context;
pub mod edits;
pub mod judgement;
pub mod own;
pub mod placeholder;
pub mod policy;
pub mod practice;
pub mod proof;
pub mod redact;
pub mod rules;
#[cfg(feature = "sample")]
pub mod sample;
pub mod scan;
#[cfg(feature = "sample")]
pub mod tripwire;
#[cfg(target_arch = "wasm32")]
mod web;
