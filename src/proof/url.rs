//! URLs that carry a password: `scheme://user:password@host`.
//!
//! The authority is that of RFC 3986, section 3.2 (<https://www.rfc-editor.org/rfc/rfc3986#section-3.2>), read the way that
//! people write it: a password may hold an unescaped `@`, `/` or `#`. There is no checksum, so the best outcome is that the
//! URL fits. It breaks if there is no password, or if the password is a placeholder, equals the user's name, or is a default that
//! everybody knows. The host is not asked: a database on localhost can have a strong password that is used elsewhere too.

use std::ops::Range;

use super::fact::{Fact, Name};
use super::placeholder::{is_guessable, is_placeholder};
use super::{Outcome, random};

/// Shorter passwords are hardly secrets, and hardly found by guessing what was meant.
const SHORT: usize = 4;
const SAMPLE_LENGTH: usize = 16;

/// Judges a URL.
pub(super) fn check(token: &str) -> Outcome {
    let Some(login) = Login::find(token) else { return Outcome::Breaks };
    let (Some(user), Some(password)) = (token.get(login.user), token.get(login.password)) else {
        return Outcome::Breaks;
    };
    let decoded = percent_decoded(password);
    if is_placeholder(password) || is_placeholder(&decoded) || decoded.eq_ignore_ascii_case(user) {
        Outcome::Breaks
    } else if password.len() < SHORT || is_guessable(&decoded) {
        Outcome::Doubtful
    } else {
        Outcome::Fits
    }
}

/// The password.
pub(super) fn secret(token: &str) -> Option<Range<usize>> {
    Login::find(token).map(|login| login.password)
}

/// Who logs in, and where.
pub(super) fn tells(token: &str) -> Vec<Fact> {
    let Some(login) = Login::find(token) else { return Vec::new() };
    let user = token.get(login.user).and_then(Name::new).map(|name| Fact::User { name });
    let host = token.get(login.password.end + 1..).and_then(|rest| {
        let host = rest.split(['/', '?', '#', ':', ',', ' ', '"', '\'', '`', '\\']).next()?;
        Name::new(host).map(|name| Fact::Host { name })
    });
    user.into_iter().chain(host).collect()
}

/// Replaces the password by a random one that is not shorter, and a name that no URL could have by letters.
pub(super) fn complete(token: &str, random: &mut impl FnMut() -> u64) -> Option<String> {
    let (scheme, rest) = token.split_once("://")?;
    let (login, host) = rest.split_once('@')?;
    let (user, password) = login.split_once(':')?;
    let is_plain = user.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'~' | b'-'));
    let letters =
        if is_plain { user.to_owned() } else { random::text(b"abcdefghijklmnopqrstuvwxyz", user.len(), random) };
    let password = random::text(random::ALPHANUMERIC, password.len().max(SAMPLE_LENGTH), random);
    Some(format!("{scheme}://{letters}:{password}@{host}"))
}

/// Where name and password stand.
struct Login {
    user: Range<usize>,
    password: Range<usize>,
}

impl Login {
    fn find(token: &str) -> Option<Login> {
        let start = token.find("://")? + 3;
        let rest = token.get(start..)?;
        let authority = rest.get(..rest.find(['/', '?', '#', ' ', '\n']).unwrap_or(rest.len()))?;
        let login = match authority.rfind('@') {
            Some(end) => authority.get(..end)?,
            None => Login::unescaped(rest, authority)?,
        };
        let colon = login.find(':')?;
        let user = start..start + colon;
        Some(Login { password: user.end + 1..start + login.len(), user })
    }

    /// A password that itself holds the character at which the authority seemed to end. What follows the first colon must
    /// not be a port: then the `@` belongs to the path.
    fn unescaped<'a>(rest: &'a str, authority: &str) -> Option<&'a str> {
        let (_, port) = authority.split_once(':')?;
        let is_port = port.bytes().all(|byte| byte.is_ascii_digit());
        let line = rest.get(..rest.find([' ', '\n']).unwrap_or(rest.len()))?;
        if is_port { None } else { line.get(..line.find('@')?) }
    }
}

/// The text with `%XX` resolved; what is no UTF-8 then becomes the replacement character.
fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let value = after.first_chunk::<2>().filter(|_| first == b'%').and_then(|[high, low]| {
            let digit = |byte: &u8| char::from(*byte).to_digit(16);
            u8::try_from(digit(high)? * 16 + digit(low)?).ok()
        });
        bytes.push(value.unwrap_or(first));
        rest = if value.is_some() { after.get(2..).unwrap_or_default() } else { after };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn password(token: &str) -> Option<&str> {
        token.get(secret(token)?)
    }

    #[test]
    fn it_tells_who_logs_in_and_where() {
        let told = |token: &str| tells(token).iter().map(ToString::to_string).collect::<Vec<_>>();
        let (user, password) = ("app", "kP9vQ2");
        let token = format!("postgres://{user}:{password}@db.corp.example:5432/shop");
        assert_eq!(told(&token), ["logs in as app", "used at db.corp.example"]);
        assert_eq!(told(&format!("redis://:{password}@localhost:6379")), ["used at localhost"]);
        assert!(told("https://host.example").is_empty());
    }

    #[test]
    fn the_password_is_found_where_people_put_it() {
        // Scheme and rest are put together here, so that no URL with a password stands in this file.
        for (scheme, rest, expected) in [
            ("https", "someone:kP9vQ2@host.example/path", Some("kP9vQ2")),
            ("postgres", "someone:kP9vQ2@[2001:db8::1]:5432/db", Some("kP9vQ2")),
            ("redis", ":kP9vQ2@localhost:6379", Some("kP9vQ2")),
            ("mongodb+srv", "someone:k@P9:vQ2@host/db?a=b@c", Some("k@P9:vQ2")),
            ("amqp", "someone:kP/9v#Q2@host/vhost", Some("kP/9v#Q2")),
            ("postgres", "someone:kP9vQ2@", Some("kP9vQ2")),
            ("https", "host.example:8080/@someone", None),
            ("https", "host.example:8080/path?mail=a@b", None),
            ("https", "host.example/a:b@c", None),
            ("https", "someone@host.example", None),
            ("https", "host.example", None),
            ("https", "someone:kP9 is not@url", None),
        ] {
            let token = format!("{scheme}://{rest}");
            assert_eq!(password(&token), expected, "{token}");
        }
        assert_eq!(password("someone:kP9vQ2@host"), None);
    }

    #[test]
    fn placeholders_break_short_passwords_are_doubtful_others_fit() {
        let of = |password: &str| check(&format!("postgres://someone:{password}@host/db"));
        for placeholder in [
            "",
            "${PASSWORD}",
            "$PASSWORD",
            "{{x}}",
            "<password>",
            "%PASS%",
            "***",
            "xxxx",
            "password",
            "changeme",
            "someone",
        ] {
            assert_eq!(of(placeholder), Outcome::Breaks, "{placeholder}");
        }
        assert_eq!(of("%3Cyour%20password%3E"), Outcome::Breaks);
        assert_eq!(of("k9z"), Outcome::Doubtful);
        assert_eq!(of("mySecret2024"), Outcome::Doubtful);
        assert_eq!(of("kP9vQ2"), Outcome::Fits);
        assert_eq!(of("k%409v%Q2"), Outcome::Fits);
        assert_eq!(check("no url"), Outcome::Breaks);
    }

    #[test]
    fn percent_signs_are_resolved_where_two_digits_follow() {
        assert_eq!(percent_decoded("a%41%4a%"), "aAJ%");
        assert_eq!(percent_decoded("%zz%4"), "%zz%4");
        assert_eq!(percent_decoded("%ff"), "\u{fffd}");
    }
}
