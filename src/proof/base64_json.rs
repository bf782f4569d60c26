//! Keys that are a base64 JSON object behind a prefix, perhaps with a signature after it.
//!
//! Sentry's organisation tokens (`sntrys_`, <https://github.com/getsentry/rfcs/blob/main/text/0091-ci-upload-tokens.md>),
//! Grafana Cloud's `glc_` and Grafana's older API keys, and 1Password's service account tokens (`ops_`). The object always begins
//! `{"`, so its base64 begins `eyJ`. Parsed data: a failure means an invented or cut key.

use serde_json::{Map, Value};

use super::decoded::{Decoded, to_base64_url, to_padded_base64};
use super::{Outcome, jwt, random};

/// Judges a key.
pub(super) fn check(token: &str) -> Outcome {
    // Without an object this is another format, and that is left to the shape.
    let Some(encoded) = encoded(token) else { return Outcome::Silent };
    // A signature follows an underscore, which is also a character of URL-safe base64: both readings are tried.
    let unsigned = encoded.rsplit_once('_').map(|(object, _)| object);
    if [Some(encoded), unsigned].into_iter().flatten().any(is_object) { Outcome::Fits } else { Outcome::Breaks }
}

fn encoded(token: &str) -> Option<&str> {
    token.get(token.find("eyJ")?..)
}

fn is_object(encoded: &str) -> bool {
    Decoded::from_base64(encoded).is_some_and(|decoded| {
        serde_json::from_slice::<Map<String, Value>>(decoded.bytes()).is_ok_and(|object| !object.is_empty())
    })
}

/// A key with the members that the sample's first characters call for.
pub(super) fn complete(token: &str, random: &mut impl FnMut() -> u64) -> Option<String> {
    let sample = encoded(token)?;
    let before = token.get(..token.len() - sample.len())?;
    let key = random::text(random::ALPHANUMERIC, 40, random);
    let name = random::text(b"abcdefghijklmnopqrstuvwxyz", 8, random);
    let number = 100_000 + random() % 900_000;
    let issued = format!("1750{number}.5");
    // By what stands before the object; an older Grafana key has nothing there.
    let objects = match before {
        "sntrys_" => vec![
            format!(
                r#"{{"iat":{issued},"url":"https://sentry.io","region_url":"https://us.sentry.io","org":"{name}"}}"#
            ),
            format!(
                r#"{{"iat": {issued}, "url": "https://sentry.io", "region_url": "https://us.sentry.io", "org": "{name}"}}"#
            ),
        ],
        "ops_" => vec![
            format!(
                r#"{{"signInAddress":"{name}.1password.com","userAuth":{{"method":"SRPg-4096"}},"secretKey":"{key}"}}"#
            ),
            format!(r#"{{"email":"{name}@1passwordserviceaccounts.com","muk":{{"alg":"A256GCM","k":"{key}"}}}}"#),
        ],
        "glc_" => vec![format!(r#"{{"o":"{number}","n":"{name}","k":"{key}","m":{{"r":"eu"}}}}"#)],
        _ => vec![format!(r#"{{"k":"{key}","n":"{name}","id":1}}"#)],
    };
    let object = jwt::closest(&objects, sample)?;
    if token.starts_with("sntrys_") {
        let signature = to_base64_url(&random::bytes(32, random)).replace('-', "+").replace('_', "/");
        return Some(format!("{before}{}_{signature}", to_padded_base64(object.as_bytes())));
    }
    let padded = sample.ends_with('=');
    let encoded = to_padded_base64(object.as_bytes());
    let encoded = if padded { &encoded } else { encoded.trim_end_matches('=') };
    Some(format!("{before}{encoded}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_object_behind_a_prefix_fits_with_and_without_a_signature() {
        let object = to_base64_url(br#"{"iat":1750000000.5,"url":"https://sentry.io","org":"a?~"}"#);
        assert_eq!(check(&format!("sntrys_{object}")), Outcome::Fits);
        assert_eq!(check(&format!("sntrys_{object}_{}", "A/+".repeat(14))), Outcome::Fits);
        assert_eq!(check(&format!("sntrys_{}", &object[..object.len() - 4])), Outcome::Breaks);
        assert_eq!(check("glc_eyJ"), Outcome::Breaks);
        assert_eq!(check("glc_0123456789"), Outcome::Silent);
    }

    #[test]
    fn samples_keep_their_prefix_and_fit() {
        let mut random = random::fixed(17);
        for prefix in
            ["glc_eyJvIjoi", "eyJrIjoi", "sntrys_eyJpYXQiO", "ops_eyJzaWduSW5BZGRyZXNzIjoi", "ops_eyJlbWFpbCI6I"]
        {
            let made = complete(&format!("{prefix}zzzz"), &mut random).unwrap_or_default();
            assert!(made.starts_with(prefix), "{made}");
            assert_eq!(check(&made), Outcome::Fits, "{made}");
        }
    }
}
