//! Discord bot tokens: the first part is the bot's account number in base64.
//!
//! The number is a snowflake, whose upper bits are the milliseconds since 2015
//! (<https://discord.com/developers/docs/reference#snowflakes>). No number, or one from the future, means that the text is
//! hardly a Discord token; since the form of the token itself is not documented, it is doubtful and not broken.

use super::Outcome;
use super::decoded::{Decoded, to_base64};
use super::fact::Fact;

/// 2015-01-01 in seconds, the first second of a snowflake.
const EPOCH: u64 = 1_420_070_400;
/// 2065-01-01: with an unknown clock, the end of sane dates.
const FAR: u64 = 2_997_907_200;
/// Clocks differ, and a bot may be a minute old.
const TOLERANCE: u64 = 86_400;

/// Judges a token of the form `account.time.signature`.
pub(super) fn check(token: &str, now: u64) -> Outcome {
    let Some(created) = created(token) else { return Outcome::Doubtful };
    let latest = if now == 0 { FAR } else { now.saturating_add(TOLERANCE) };
    if created <= latest { Outcome::Fits } else { Outcome::Doubtful }
}

/// When the bot's account was made.
pub(super) fn tells(token: &str, now: u64) -> Option<Fact> {
    (check(token, now) == Outcome::Fits).then_some(Fact::Created { at: created(token)? })
}

/// When the account was made, in seconds since 1970.
fn created(token: &str) -> Option<u64> {
    let (account, _) = token.split_once('.')?;
    let decoded = Decoded::from_base64(account)?;
    let digits = decoded
        .text()
        .filter(|digits| (17..=20).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit()))?;
    let snowflake: u64 = digits.parse().ok()?;
    Some(EPOCH + (snowflake >> 22) / 1000)
}

/// Puts an account number of about the sample's length into the first part.
pub(super) fn complete(token: &str, random: &mut impl FnMut() -> u64) -> Option<String> {
    let (account, rest) = token.split_once('.')?;
    // 17 digits were given out in 2015 and 2016, 18 until the middle of 2022, 19 since.
    let (first, count) = match account.len() {
        0..=23 => (50_000_000_000_000_000, 40_000_000_000_000_000),
        24..=25 => (100_000_000_000_000_000, 800_000_000_000_000_000),
        _ => (1_000_000_000_000_000_000, 300_000_000_000_000_000),
    };
    let snowflake: u64 = first + random() % count;
    Some(format!("{}.{rest}", to_base64(snowflake.to_string().as_bytes())))
}

#[cfg(test)]
mod tests {
    use super::super::random;
    use super::*;

    fn token(account: &str) -> String {
        format!("{}.Gabcde.{}", to_base64(account.as_bytes()), "x".repeat(38))
    }

    #[test]
    fn date_of_the_documented_snowflake() {
        // The reference explains this number; it was made on 2016-04-30 at 11:18:25.796 UTC.
        assert_eq!(created(&token("175928847299117063")), Some(1_462_015_105));
        assert_eq!(tells(&token("175928847299117063"), 0), Some(Fact::Created { at: 1_462_015_105 }));
        assert_eq!(tells(&token("175928847299117063"), 1_000_000_000), None, "a date in the future");
    }

    #[test]
    fn a_number_from_the_future_or_none_is_doubtful() {
        assert_eq!(check(&token("175928847299117063"), 0), Outcome::Fits);
        assert_eq!(check(&token("175928847299117063"), 1_462_015_105 - TOLERANCE), Outcome::Fits);
        assert_eq!(check(&token("175928847299117063"), 1_462_015_104 - TOLERANCE), Outcome::Doubtful);
        assert_eq!(check(&token("17592884729911706x"), 0), Outcome::Doubtful);
        assert_eq!(check(&token("99999999999999999999"), 0), Outcome::Doubtful);
        assert_eq!(check("x.y.z", 0), Outcome::Doubtful);
    }

    #[test]
    fn samples_keep_the_length_of_the_first_part() {
        let mut random = random::fixed(23);
        for (length, expected) in [(23, 23), (24, 24), (25, 24), (26, 26), (28, 26)] {
            let made =
                complete(&format!("{}.Gabcde.{}", "M".repeat(length), "x".repeat(38)), &mut random).unwrap_or_default();
            assert_eq!(made.find('.'), Some(expected));
            assert_eq!(check(&made, 1_780_000_000), Outcome::Fits, "{made}");
        }
    }
}
