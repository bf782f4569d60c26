//! Amazon's keys: the account number in an access key id, and the text in a Bedrock key.
//!
//! The sixteen characters after `AKIA` or `ASIA` are base32; forty bits of them are the number of the account
//! (<https://medium.com/@TalBeerySec/a-short-note-on-aws-key-id-f88cc4317489>). Account numbers have twelve digits, so a larger
//! value means an invented id: doubtful, since the fact is not documented by Amazon. A sane value is no evidence, as nine in ten
//! invented ids have one.
//!
//! A long-lived Bedrock key is `ABSK` + base64 of a service user, a colon and a password; a short-lived one is
//! `bedrock-api-key-` + base64 of a pre-signed request (<https://docs.aws.amazon.com/bedrock/latest/userguide/api-keys.html>).

use super::date;
use super::decoded::{Decoded, to_base64, to_padded_base64};
use super::fact::Fact;
use super::{Outcome, random};

const BASE32: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
/// Account numbers have twelve digits.
const ACCOUNTS: u64 = 1_000_000_000_000;
/// The account number stands in these bits of the first eighty.
const ACCOUNT_SHIFT: u32 = 39;
const ACCOUNT_MASK: u128 = (1 << 40) - 1;

/// Judges an access key id.
pub(super) fn check_account(token: &str) -> Outcome {
    match (token.len(), account(token)) {
        (20, None) => Outcome::Doubtful,
        _ => Outcome::Silent,
    }
}

/// The account number as twelve digits, if it is one.
pub(super) fn account(token: &str) -> Option<String> {
    let number = account_bits(token)?;
    (number < ACCOUNTS).then(|| format!("{number:012}"))
}

fn account_bits(token: &str) -> Option<u64> {
    u64::try_from(number(token)? >> ACCOUNT_SHIFT & ACCOUNT_MASK).ok()
}

/// The eighty bits after the first four characters.
fn number(token: &str) -> Option<u128> {
    let digits = token.as_bytes().get(4..).filter(|digits| digits.len() == 16)?;
    digits.iter().try_fold(0_u128, |number, digit| {
        let value = BASE32.iter().position(|candidate| candidate == digit)?;
        Some(number << 5 | u128::try_from(value).ok()?)
    })
}

/// Gives the id digits of base32 and an account number of twelve digits.
pub(super) fn complete_account(token: &str, random: &mut impl FnMut() -> u64) -> Option<String> {
    let (prefix, digits) = token.split_at_checked(4).filter(|(_, digits)| digits.len() == 16)?;
    let account = u128::from(random() % ACCOUNTS);
    let number = number(token).unwrap_or_else(|| u128::from(random()) << 16);
    let number = number & !(ACCOUNT_MASK << ACCOUNT_SHIFT) | account << ACCOUNT_SHIFT;
    let digits: String =
        (0..digits.len()).rev().map(|place| char::from(BASE32[(number >> (5 * place) & 31) as usize])).collect();
    Some(format!("{prefix}{digits}"))
}

/// The account of an access key id.
pub(super) fn tells_account(token: &str) -> Option<Fact> {
    Fact::aws_account(&account(token)?)
}

/// Judges a Bedrock key of either kind.
pub(super) fn check_bedrock(token: &str, now: u64) -> Outcome {
    match Bedrock::read(token) {
        Some(Bedrock::Other) => Outcome::Doubtful,
        Some(Bedrock::Request { expiry: Some(expiry) }) if now != 0 && expiry < now => Outcome::Breaks,
        Some(_) => Outcome::Fits,
        None => Outcome::Silent,
    }
}

/// The account of a long-lived Bedrock key, or the end of a short-lived one.
pub(super) fn tells_bedrock(token: &str, now: u64) -> Option<Fact> {
    match Bedrock::read(token)? {
        Bedrock::User { account } => Fact::aws_account(&account?),
        Bedrock::Request { expiry } => Fact::expiry(expiry?, now),
        Bedrock::Other => None,
    }
}

/// What a Bedrock key decodes to.
enum Bedrock {
    /// A service user and a password. The user's name ends in the number of the account.
    User { account: Option<String> },
    /// A pre-signed request.
    Request { expiry: Option<u64> },
    /// Neither, behind a prefix that promises one.
    Other,
}

impl Bedrock {
    fn read(token: &str) -> Option<Bedrock> {
        if let Some(encoded) = token.strip_prefix(LONG_LIVED) {
            let decoded = Decoded::from_base64(encoded);
            let login = decoded.as_ref().and_then(Decoded::text).and_then(|text| text.split_once(':'));
            let (user, _) = match login {
                Some((user, password)) if !password.is_empty() => (user, password),
                _ => return Some(Bedrock::Other),
            };
            let account = user.rsplit_once("-at-").map(|(_, account)| account.to_owned());
            let named = user.starts_with(SERVICE_USER) || account.is_some();
            return Some(if named { Bedrock::User { account } } else { Bedrock::Other });
        }
        let decoded = token.strip_prefix(SHORT_LIVED).map(Decoded::from_base64)?;
        let request = decoded.as_ref().map(Decoded::bytes).filter(|request| request.starts_with(REQUEST.as_bytes()));
        Some(request.map_or(Bedrock::Other, |request| Bedrock::Request { expiry: expiry(request) }))
    }
}

const LONG_LIVED: &str = "ABSK";
const SHORT_LIVED: &str = "bedrock-api-key-";
const SERVICE_USER: &str = "BedrockAPIKey-";
const REQUEST: &str = "bedrock.amazonaws.com";

/// When a pre-signed request ends: its date plus its validity.
fn expiry(request: &[u8]) -> Option<u64> {
    let parameters = std::str::from_utf8(request).ok()?.split(['?', '&']);
    let (mut signed, mut valid) = (None, None);
    for parameter in parameters {
        match parameter.split_once('=') {
            Some(("X-Amz-Date", date)) => signed = date::seconds(date),
            Some(("X-Amz-Expires", seconds)) => valid = seconds.parse::<u64>().ok(),
            _ => {}
        }
    }
    signed?.checked_add(valid?)
}

/// Puts a service user and a password, or the start of a pre-signed request, into the base64 part.
pub(super) fn complete_bedrock(token: &str, random: &mut impl FnMut() -> u64) -> Option<String> {
    if check_bedrock(token, 0) == Outcome::Fits {
        return None;
    }
    let prefix = if token.starts_with(LONG_LIVED) { LONG_LIVED } else { SHORT_LIVED };
    let sample = token.strip_prefix(prefix)?;
    let start = if prefix == LONG_LIVED {
        let name = random::text(b"0123456789abcdefghijklmnopqrstuvwxyz", 4, random);
        format!("{SERVICE_USER}{name}-at-{:012}:", random() % ACCOUNTS)
    } else {
        format!("{REQUEST}/?Action=CallWithBearerToken&X-Amz-Security-Token=")
    };
    let least = if prefix == LONG_LIVED { start.len() + 1 } else { REQUEST.len() };
    let length = (sample.trim_end_matches('=').len() * 3).div_ceil(4).max(least);
    let rest = random::text(random::ALPHANUMERIC, length.saturating_sub(start.len()), random);
    let text = start + &rest;
    let text = text.get(..length)?.as_bytes();
    let encoded = if sample.ends_with('=') { to_padded_base64(text) } else { to_base64(text) };
    Some(format!("{prefix}{encoded}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn account_of_the_id_that_the_source_explains() {
        // The value in the note that explains the encoding, put together here.
        let id = ["ASIA", "Y34FZKBO", "KMUTVV7A"].concat();
        assert_eq!(account(&id).as_deref(), Some("609629065308"));
        assert_eq!(tells_account(&id), Some(Fact::AwsAccount { masked: "6096••••••08".into() }));
    }

    #[test]
    fn numbers_with_thirteen_digits_are_doubtful() {
        let mut random = random::fixed(3);
        for _ in 0..200 {
            let made = format!("AKIA{}", random::text(BASE32, 16, &mut random));
            let completed = complete_account(&made, &mut random).unwrap_or_default();
            assert_eq!(check_account(&completed), Outcome::Silent);
            assert!(account(&completed).is_some());
        }
        assert_eq!(check_account(&format!("AKIA{}", "7".repeat(16))), Outcome::Doubtful);
        assert_eq!(check_account(&format!("AKIA{}", "0".repeat(16))), Outcome::Doubtful);
        assert_eq!(check_account("AKIA"), Outcome::Silent);
    }

    #[test]
    fn a_short_lived_key_breaks_when_it_has_expired() {
        let request = format!("{REQUEST}/?Action=CallWithBearerToken&X-Amz-Date=20000229T123456Z&X-Amz-Expires=43200");
        let key = format!("{SHORT_LIVED}{}", to_base64(request.as_bytes()));
        assert_eq!(check_bedrock(&key, 0), Outcome::Fits);
        assert_eq!(check_bedrock(&key, 951_827_696 + 43_200), Outcome::Fits);
        assert_eq!(check_bedrock(&key, 951_827_696 + 43_201), Outcome::Breaks);
        assert_eq!(tells_bedrock(&key, 0), Some(Fact::Expires { at: 951_827_696 + 43_200 }));
        assert_eq!(tells_bedrock(&key, u64::MAX), Some(Fact::Expired { at: 951_827_696 + 43_200 }));
    }

    #[test]
    fn a_long_lived_key_needs_its_service_user() {
        let mut random = random::fixed(5);
        let made = format!("{LONG_LIVED}{}", random::text(random::ALPHANUMERIC, 128, &mut random));
        assert_eq!(check_bedrock(&made, 0), Outcome::Doubtful);
        let completed = complete_bedrock(&made, &mut random).unwrap_or_default();
        assert_eq!(completed.len(), made.len());
        assert_eq!(check_bedrock(&completed, 0), Outcome::Fits);
        assert!(matches!(tells_bedrock(&completed, 0), Some(Fact::AwsAccount { .. })));
        let key = format!("{LONG_LIVED}{}", to_base64(b"BedrockAPIKey-ab12-at-123456789012:secret"));
        assert_eq!(tells_bedrock(&key, 0), Some(Fact::AwsAccount { masked: "1234••••••12".into() }));
    }
}
