//! Keys that are a base64 JSON object behind a prefix, perhaps with a signature after it.
//!
//! Sentry's organisation tokens (`sntrys_`, <https://github.com/getsentry/rfcs/blob/main/text/0091-ci-upload-tokens.md>),
//! Grafana Cloud's `glc_` and Grafana's older API keys, 1Password's service account tokens (`ops_`), and Mapbox's tokens, whose
//! object has a dot and a signature behind it. The object always begins
//! `{"`, so its base64 begins `eyJ`. Parsed data: a failure means an invented or cut key.

use serde_json::Value;

use super::decoded::{Decoded, Object, object_of, to_base64_url, to_padded_base64};
use super::fact::{Fact, Name};
use super::{Outcome, jwt, random};

/// Judges a key.
pub(super) fn check(token: &str) -> Outcome {
    // Without an object this is another format, and that is left to the shape.
    let Some(encoded) = encoded(token) else { return Outcome::Silent };
    if object(encoded).is_some() { Outcome::Fits } else { Outcome::Breaks }
}

/// Where the key is used, and whose it is.
pub(super) fn tells(token: &str) -> Vec<Fact> {
    let Some(object) = encoded(token).and_then(object) else { return Vec::new() };
    let name = |member: &str| object.get(member).and_then(Value::as_str).and_then(Name::new);
    let host = name("region_url").or_else(|| name("url")).or_else(|| name("signInAddress"));
    let organization = name("org").map(|name| Fact::Organization { name });
    host.map(|name| Fact::Host { name }).into_iter().chain(organization).collect()
}

fn encoded(token: &str) -> Option<&str> {
    let encoded = token.get(token.find("eyJ")?..)?;
    // Mapbox writes its signature behind a dot.
    Some(encoded.split_once('.').map_or(encoded, |(object, _)| object))
}

fn object(encoded: &str) -> Option<Object> {
    // A signature follows an underscore, which is also a character of URL-safe base64: both readings are tried.
    let unsigned = encoded.rsplit_once('_').map(|(object, _)| object);
    [Some(encoded), unsigned].into_iter().flatten().find_map(|encoded| {
        let decoded = Decoded::from_base64(encoded)?;
        object_of(decoded.bytes()).filter(|object| !object.is_empty())
    })
}

/// A key with the members that the sample's first characters call for.
pub(super) fn complete(token: &str, random: &mut impl FnMut() -> u64) -> Option<String> {
    let sample = encoded(token)?;
    let (before, after) = token.split_once(sample)?;
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
        "sk." | "pk." => vec![format!(r#"{{"u":"{name}","a":"{}"}}"#, key.get(..25)?.to_ascii_lowercase())],
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
    Some(format!("{before}{encoded}{after}"))
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
    fn a_key_tells_where_it_is_used_and_whose_it_is() {
        let name = |text| Name::new(text).expect("it is a name");
        let of = |prefix: &str, object: &str| tells(&format!("{prefix}{}", to_base64_url(object.as_bytes())));
        assert_eq!(
            of(
                "sntrys_",
                r#"{"iat":1750000000.5,"url":"https://sentry.io","region_url":"https://de.sentry.io","org":"demo"}"#
            ),
            [Fact::Host { name: name("de.sentry.io") }, Fact::Organization { name: name("demo") }]
        );
        let team = of("ops_", r#"{"signInAddress":"team.1password.com","secretKey":"k"}"#);
        assert_eq!(team, [Fact::Host { name: name("team.1password.com") }]);
        assert_eq!(of("glc_", r#"{"o":"1","n":"a","k":"b"}"#), []);
        assert_eq!(tells("glc_eyJ"), []);
    }

    #[test]
    fn samples_keep_their_prefix_and_fit() {
        let mut random = random::fixed(17);
        for prefix in [
            "glc_eyJvIjoi",
            "sk.eyJ1Ijoi",
            "eyJrIjoi",
            "sntrys_eyJpYXQiO",
            "ops_eyJzaWduSW5BZGRyZXNzIjoi",
            "ops_eyJlbWFpbCI6I",
        ] {
            let made = complete(&format!("{prefix}zzzz"), &mut random).unwrap_or_default();
            assert!(made.starts_with(prefix), "{made}");
            assert_eq!(check(&made), Outcome::Fits, "{made}");
        }
    }
}
