//! GitHub's two newer formats: fine-grained personal tokens and stateless installation tokens.
//!
//! A fine-grained token is `github_pat_` + 22 + `_` + 59, in which eight characters are base32 of a SHA-256 of all before
//! them. GitHub does not document it: it was found by computing, holds for published real tokens, and an accident has
//! probability 2⁻⁴⁰. A failure means an invented or mistyped token.
//!
//! A stateless installation token is `ghs_` + app id + `_` + a JSON Web Token, see the changelog of 2026-04-24 at
//! <https://github.blog/changelog/>. A failure means that the JWT does not decode or has expired. The older form
//! with 40 characters belongs to the CRC-32 proof, and any other is left to its shape.

use sha2::{Digest, Sha256};

use super::checksum::Digits;
use super::fact::Fact;
use super::{Outcome, jwt};

const BASE32: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
/// `github_pat_` + 22 + `_` + 43.
const SUMMED: usize = 77;
const LENGTH: usize = 93;

/// The eight check characters of a fine-grained token. Eight more follow that nobody outside can check.
pub(super) fn fine_grained(token: &str) -> Option<Digits> {
    token.strip_prefix("github_pat_")?;
    if token.len() != LENGTH || !token.is_ascii() || token.as_bytes().get(33) != Some(&b'_') {
        return None;
    }
    let digest = Sha256::digest(token.get(..SUMMED)?);
    // Eight characters of base32 are forty bits, so five bytes.
    let bits = digest.iter().take(5).fold(0_u64, |bits, &byte| bits << 8 | u64::from(byte));
    let expected = (0..8).rev().map(|place| char::from(BASE32[(bits >> (5 * place) & 31) as usize])).collect();
    Some(Digits::new(SUMMED..SUMMED + 8, expected))
}

/// Judges `ghs_<app>_<JWT>`.
pub(super) fn check_stateless(token: &str, now: u64) -> Outcome {
    match web_token(token) {
        Some(web_token) => jwt::check(web_token, now),
        None => Outcome::Silent,
    }
}

/// What the JWT says.
pub(super) fn tells_stateless(token: &str, now: u64) -> Vec<Fact> {
    web_token(token).map(|web_token| jwt::tells(web_token, now)).unwrap_or_default()
}

/// Puts a real JWT behind the app id.
pub(super) fn complete_stateless(token: &str, random: &mut impl FnMut() -> u64) -> Option<String> {
    let web_token = web_token(token)?;
    let before = token.get(..token.len() - web_token.len())?;
    Some(format!("{before}{}", jwt::complete(web_token, random)?))
}

fn web_token(token: &str) -> Option<&str> {
    let (app, web_token) = token.strip_prefix("ghs_")?.split_once('_')?;
    let numbered = !app.is_empty() && app.bytes().all(|byte| byte.is_ascii_digit());
    (numbered && web_token.contains('.')).then_some(web_token)
}
