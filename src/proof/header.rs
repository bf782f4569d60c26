//! HTTP Authorization headers: Basic and Bearer.
//!
//! Basic carries base64 of a user, a colon and a password (RFC 7617, <https://www.rfc-editor.org/rfc/rfc7617>), and Bearer a
//! token of any kind (RFC 6750). What follows Basic must decode to that form, or it is an English word or an invented value.
//! Both break if the secret part is a placeholder. Nothing here is a checksum, so Basic fits at best, and Bearer says
//! nothing unless its token is a JWT.

use std::ops::Range;

use super::decoded::{Decoded, to_base64};
use super::fact::{Fact, Name};
use super::placeholder::{is_guessable, is_placeholder};
use super::{Outcome, jwt, random};

/// A user without a password is the secret itself if it is at least this long, as with keys sent as the name.
const LONG_USER: usize = 16;
/// Shorter bearer tokens are hardly secrets.
const SHORT: usize = 8;

/// Judges a Basic header, or its value alone.
pub(super) fn check_basic(token: &str) -> Outcome {
    let decoded = secret(token).and_then(|at| token.get(at)).and_then(Decoded::from_base64);
    let Some((user, password)) = decoded.as_ref().and_then(Decoded::text).and_then(|text| text.split_once(':')) else {
        return Outcome::Breaks;
    };
    // The example of RFC 7617 stands in every tutorial.
    let is_documented = user == "Aladdin" && password == "open sesame";
    // A JSON object has colons too, and is then the header of a token that somebody took for a Basic value.
    let is_text = !user.chars().chain(password.chars()).any(char::is_control) && !user.starts_with('{');
    let is_secret = match password {
        "" => user.len() >= LONG_USER && !is_placeholder(user),
        password => !is_placeholder(password) && password != user,
    };
    match () {
        () if !is_text || !is_secret || is_documented => Outcome::Breaks,
        () if user.len() + password.len() < SHORT || is_guessable(password) => Outcome::Doubtful,
        () => Outcome::Fits,
    }
}

/// Judges a Bearer header, or its value alone.
pub(super) fn check_bearer(token: &str, now: u64) -> Outcome {
    let Some(value) = secret(token).and_then(|at| token.get(at)) else { return Outcome::Breaks };
    // `Bearer <your token>` ends at the space.
    if is_placeholder(value) || value.starts_with('<') {
        return Outcome::Breaks;
    }
    if value.starts_with("eyJ") && value.split('.').count() == 3 {
        return jwt::check(value, now);
    }
    if value.len() < SHORT || is_guessable(value) { Outcome::Doubtful } else { Outcome::Silent }
}

/// What the token says, if it is a JWT.
pub(super) fn tells_bearer(token: &str, now: u64) -> Vec<Fact> {
    let value = secret(token).and_then(|at| token.get(at));
    value.filter(|value| value.starts_with("eyJ")).map(|value| jwt::tells(value, now)).unwrap_or_default()
}

/// Who logs in. A name without a password is the secret itself.
pub(super) fn tells_basic(token: &str) -> Option<Fact> {
    let decoded = secret(token).and_then(|at| token.get(at)).and_then(Decoded::from_base64)?;
    let (user, password) = decoded.text()?.split_once(':')?;
    (!password.is_empty()).then(|| Name::new(user)).flatten().map(|name| Fact::User { name })
}

/// The value: what follows the last white space, without the quotation marks of the code around it.
pub(super) fn secret(token: &str) -> Option<Range<usize>> {
    let is_mark = |character: char| matches!(character, '"' | '\'' | '`' | ',' | ';');
    let trimmed = token.trim_end_matches(|character: char| character.is_whitespace() || is_mark(character));
    let start = trimmed
        .rfind(char::is_whitespace)
        .map_or(Some(0), |at| Some(at + trimmed.get(at..)?.chars().next()?.len_utf8()))?;
    let value = trimmed.get(start..)?;
    let start = start + value.len() - value.trim_start_matches(is_mark).len();
    (start < trimmed.len()).then_some(start..trimmed.len())
}

/// Puts base64 of a user and a random password where the sample has its value. Its length is a multiple of four, so that
/// it needs no padding, which a pattern may not allow.
pub(super) fn complete_basic(token: &str, random: &mut impl FnMut() -> u64) -> Option<String> {
    let at = secret(token)?;
    let bytes = at.len().div_ceil(4) * 3;
    let user = "deploy:";
    let password = random::text(random::ALPHANUMERIC, bytes.max(18) - user.len(), random);
    let value = to_base64(format!("{user}{password}").as_bytes());
    Some(format!("{}{value}{}", token.get(..at.start)?, token.get(at.end..)?))
}

/// Replaces a value that is a placeholder or short by random characters.
pub(super) fn complete_bearer(token: &str, random: &mut impl FnMut() -> u64) -> Option<String> {
    let at = secret(token)?;
    if matches!(check_bearer(token, 0), Outcome::Silent | Outcome::Fits) {
        return None;
    }
    let value = random::text(random::ALPHANUMERIC, at.len().max(SHORT), random);
    Some(format!("{}{value}{}", token.get(..at.start)?, token.get(at.end..)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn basic(login: &str) -> Outcome {
        check_basic(&format!("Authorization: Basic {}", to_base64(login.as_bytes())))
    }

    #[test]
    fn the_value_is_the_last_word() {
        for token in
            ["Authorization: Bearer abc", "Bearer\tabc", "abc", "\"Bearer abc\"", "Bearer 'abc',", "Bearer\u{a0}abc "]
        {
            assert_eq!(secret(token).and_then(|at| token.get(at)), Some("abc"), "{token:?}");
        }
        assert_eq!(secret(""), None);
        assert_eq!(secret(" \" "), None);
    }

    #[test]
    fn basic_needs_a_user_and_a_password() {
        assert_eq!(basic("someone:kP9vQ2mX7"), Outcome::Fits);
        assert_eq!(basic(":kP9vQ2mX7"), Outcome::Fits, "a token as the password");
        assert_eq!(basic(&format!("{}:", "k9".repeat(12))), Outcome::Fits, "a key as the user");
        assert_eq!(basic("a:k9z"), Outcome::Doubtful);
        for login in [
            "Aladdin:open sesame",
            "user:password",
            "user:<token>",
            "admin:admin",
            "someone:",
            "no colon at all",
            "a\u{0}b:c\u{1}defgh",
        ] {
            assert_eq!(basic(login), Outcome::Breaks, "{login:?}");
        }
        assert_eq!(check_basic("Basic authentication"), Outcome::Breaks);
        assert_eq!(check_basic("Basic $CREDENTIALS"), Outcome::Breaks);
    }

    #[test]
    fn bearer_breaks_on_placeholders_and_on_expired_tokens() {
        for value in
            ["<token>", "<your", "$TOKEN", "${TOKEN}", "YOUR_TOKEN", "token", "{{token}}", "your-token-here", "***"]
        {
            assert_eq!(check_bearer(&format!("Authorization: Bearer {value}"), 0), Outcome::Breaks, "{value}");
        }
        assert_eq!(check_bearer(&format!("Bearer {}", "kP9v".repeat(6)), 0), Outcome::Silent);
        assert_eq!(check_bearer("Bearer kP9v", 0), Outcome::Doubtful);
        let token = jwt::complete("eyJ", &mut random::fixed(71)).unwrap_or_default();
        assert_eq!(check_bearer(&format!("Bearer {token}"), 1_780_000_000), Outcome::Fits);
        assert_eq!(check_bearer(&format!("Bearer {token}"), 4_102_444_801), Outcome::Breaks);
    }

    #[test]
    fn basic_samples_need_no_padding() {
        let mut random = random::fixed(73);
        for length in [8, 9, 10, 11, 24, 41] {
            let made = complete_basic(&format!("Basic {}", "x".repeat(length)), &mut random).unwrap_or_default();
            assert!(!made.contains('='));
            assert_eq!(check_basic(&made), Outcome::Fits, "{made}");
        }
    }
}
