//! JSON Web Tokens: three parts of base64url, of which the first two are JSON objects.
//!
//! The form is that of RFC 7519 (<https://www.rfc-editor.org/rfc/rfc7519>) over RFC 7515; the header must name its algorithm,
//! and `exp` says when the token ends. A token that does not decode is no token, one that has expired opens nothing, and a
//! few are printed in every tutorial: all of these break. So does a Supabase token of the role `anon`, which is meant to be
//! public (<https://supabase.com/docs/guides/api/api-keys>). A signature whose length does not belong to its algorithm
//! (RFC 7518, section 3) is doubtful: invented or cut. The signature itself cannot be checked, since its key is elsewhere, so
//! the best outcome is that the token fits.

use serde_json::Value;

use super::decoded::{Decoded, Object, object_of, to_base64_url};
use super::fact::{Fact, Name};
use super::{Outcome, random};

/// Judges a token of the form `header.payload.signature`.
pub(super) fn check(token: &str, now: u64) -> Outcome {
    let Some(Token { algorithm, claims, signature }) = Token::read(token) else { return Outcome::Breaks };
    if has_expired(&claims, now) || is_documented(&claims) || is_public(&claims) {
        return Outcome::Breaks;
    }
    if signature_fits(&algorithm, signature) { Outcome::Fits } else { Outcome::Doubtful }
}

/// What the claims say: who issued the token for what, what it allows, and when it ends.
pub(super) fn tells(token: &str, now: u64) -> Vec<Fact> {
    let Some(Token { algorithm, claims, .. }) = Token::read(token) else { return Vec::new() };
    // A list of audiences begins with the one that matters.
    let text = |name: &str| claims.get(name).and_then(|value| value.get(0).unwrap_or(value).as_str());
    let name = |claim: &str| text(claim).and_then(Name::new);
    let seconds = |name: &str| claims.get(name).and_then(Value::as_f64).filter(|at| *at >= 0.0).map(|at| at as u64);
    [
        seconds("exp").and_then(|at| Fact::expiry(at, now)),
        name("iss").map(|name| Fact::Issuer { name }),
        name("aud").map(|name| Fact::Audience { name }),
        name("role").map(|name| Fact::Role { name }),
        is_unsigned(&algorithm).then_some(Fact::Unsigned),
        is_public(&claims).then_some(Fact::Public),
        is_documented(&claims).then_some(Fact::Documented),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// A token taken apart.
struct Token<'a> {
    algorithm: String,
    claims: Object,
    signature: &'a str,
}

impl<'a> Token<'a> {
    fn read(token: &'a str) -> Option<Token<'a>> {
        let mut parts = token.splitn(3, '.');
        let (header, claims, signature) = (object(parts.next()?)?, object(parts.next()?)?, parts.next()?);
        let algorithm = header.get("alg")?.as_str()?.to_owned();
        Some(Token { algorithm, claims, signature })
    }
}

fn object(part: &str) -> Option<Object> {
    let decoded = Decoded::from_base64(part)?;
    object_of(decoded.bytes())
}

fn has_expired(claims: &Object, now: u64) -> bool {
    // RFC 7519 allows fractions of a second.
    now != 0 && claims.get("exp").and_then(Value::as_f64).is_some_and(|expiry| expiry < now as f64)
}

/// The samples of jwt.io, of RFC 7519 and of the Supabase documentation. Their signing keys are public.
fn is_documented(claims: &Object) -> bool {
    let is = |name: &str, expected: &str| claims.get(name).and_then(Value::as_str) == Some(expected);
    is("sub", "1234567890")
        && (is("name", "John Doe") || claims.get("iat").and_then(Value::as_u64) == Some(1_516_239_022))
        || is("iss", "joe") && claims.contains_key("http://example.com/is_root")
        || is("iss", "supabase-demo")
}

/// By RFC 7518, section 3.6; libraries that take a token for signed here accept the word in any case.
fn is_unsigned(algorithm: &str) -> bool {
    algorithm.eq_ignore_ascii_case("none")
}

fn is_public(claims: &Object) -> bool {
    let is = |name: &str, expected: &str| claims.get(name).and_then(Value::as_str) == Some(expected);
    is("iss", "supabase") && is("role", "anon")
}

fn signature_fits(algorithm: &str, signature: &str) -> bool {
    let length = Decoded::from_base64(signature).map(|signature| signature.bytes().len());
    match (algorithm, length) {
        (_, None) => false,
        ("none", Some(_)) => true,
        ("HS256", Some(length)) => length == 32,
        ("HS384", Some(length)) => length == 48,
        ("HS512" | "ES256" | "ES256K" | "EdDSA" | "Ed25519", Some(length)) => length == 64,
        ("ES384", Some(length)) => length == 96,
        ("ES512", Some(length)) => length == 132,
        ("RS256" | "RS384" | "RS512" | "PS256" | "PS384" | "PS512", Some(length)) => length >= 128,
        (_, Some(length)) => length > 0,
    }
}

/// A token from whose header the sample's first characters follow, so that patterns that fix them still match.
pub(super) fn complete(token: &str, random: &mut impl FnMut() -> u64) -> Option<String> {
    let start = token.find("eyJ").or_else(|| token.find("ey")).or_else(|| token.contains('.').then_some(0))?;
    let (before, sample) = token.split_at_checked(start)?;
    let (header_sample, payload_sample) = sample.split_once('.').unwrap_or((sample, ""));
    let kid = random::text(b"0123456789abcdef", 32, random);
    let headers = [
        r#"{"alg":"HS256","typ":"JWT"}"#.to_owned(),
        r#"{"typ":"JWT","alg":"HS256"}"#.to_owned(),
        format!(r#"{{"alg":"RS256","kid":"{kid}","typ":"JWT"}}"#),
        format!(r#"{{"alg":"RS256","typ":"JWT","kid":"{kid}"}}"#),
        format!(r#"{{"kid":"{kid}","alg":"RS256"}}"#),
    ];
    let id = random::text(random::ALPHANUMERIC, 20, random);
    let issued = 1_750_000_000 + random() % 10_000_000;
    let payloads = [
        // 2100-01-01: samples must not expire while somebody works with them.
        format!(r#"{{"sub":"{id}","iat":{issued},"exp":4102444800}}"#),
        format!(r#"{{"iss":"supabase","ref":"{id}","role":"service_role","iat":{issued},"exp":4102444800}}"#),
        format!(r#"{{"iss":"kubernetes/serviceaccount","sub":"{id}","iat":{issued}}}"#),
        format!(r#"{{"iat":{issued},"sub":"{id}","exp":4102444800}}"#),
        format!(r#"{{"exp":4102444800,"iat":{issued},"jti":"{id}"}}"#),
    ];
    let header = closest(&headers, header_sample)?;
    let payload = closest(&payloads, payload_sample)?;
    let length = if header.contains("RS256") { 256 } else { 32 };
    let signature = to_base64_url(&random::bytes(length, random));
    Some(format!("{before}{}.{}.{signature}", to_base64_url(header.as_bytes()), to_base64_url(payload.as_bytes())))
}

/// The text whose base64 has the longest beginning in common with the sample; the first of equals.
pub(super) fn closest<'a>(texts: &'a [String], sample: &str) -> Option<&'a String> {
    let common = |text: &String| {
        let encoded = to_base64_url(text.as_bytes());
        encoded.bytes().zip(sample.bytes()).take_while(|(left, right)| left == right).count()
    };
    texts.iter().rev().max_by_key(|text| common(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn token(header: &str, payload: &str, signature: &[u8]) -> String {
        let encode = |part: &str| to_base64_url(part.as_bytes());
        format!("{}.{}.{}", encode(header), encode(payload), to_base64_url(signature))
    }

    const HS256: &str = r#"{"typ":"JWT","alg":"HS256"}"#;

    #[test]
    fn example_of_rfc_7519_is_recognised_and_is_known_to_be_public() {
        // The claims of section 3.1, put together here.
        let claims = r#"{"iss":"joe","exp":1300819380,"http://example.com/is_root":true}"#;
        let other = claims.replace("joe", "jim");
        assert_eq!(check(&token(HS256, claims, &[7; 32]), 0), Outcome::Breaks);
        assert_eq!(check(&token(HS256, &other, &[7; 32]), 0), Outcome::Fits);
        assert_eq!(check(&token(HS256, &other, &[7; 32]), 1_300_819_380), Outcome::Fits);
        assert_eq!(check(&token(HS256, &other, &[7; 32]), 1_300_819_381), Outcome::Breaks);
    }

    #[test]
    fn what_does_not_decode_breaks() {
        let whole = token(HS256, r#"{"sub":"a"}"#, &[7; 32]);
        assert_eq!(check(&whole, 1), Outcome::Fits);
        assert_eq!(check(&whole.replace('.', "!"), 1), Outcome::Breaks);
        assert_eq!(check(&token(r#"{"typ":"JWT"}"#, "{}", &[7; 32]), 1), Outcome::Breaks, "no algorithm");
        assert_eq!(check(&token(HS256, "[]", &[7; 32]), 1), Outcome::Breaks, "payload is no object");
        assert_eq!(check(&token(HS256, "{", &[7; 32]), 1), Outcome::Breaks, "payload is cut");
        assert_eq!(check("eyJ.eyJ.x", 1), Outcome::Breaks);
    }

    #[test]
    fn samples_of_documentation_and_public_roles_break() {
        for claims in [
            r#"{"sub":"1234567890","name":"John Doe","iat":1516239022}"#,
            r#"{"sub":"1234567890","name":"John Doe","admin":true}"#,
            r#"{"iss":"supabase-demo","role":"service_role","exp":4102444800}"#,
            r#"{"iss":"supabase","ref":"abc","role":"anon"}"#,
        ] {
            assert_eq!(check(&token(HS256, claims, &[7; 32]), 0), Outcome::Breaks, "{claims}");
        }
        let service = r#"{"iss":"supabase","ref":"abc","role":"service_role"}"#;
        assert_eq!(check(&token(HS256, service, &[7; 32]), 0), Outcome::Fits);
    }

    #[test]
    fn the_signature_has_the_length_of_its_algorithm() {
        let of = |algorithm: &str, length: usize| {
            check(&token(&format!(r#"{{"alg":"{algorithm}"}}"#), "{}", &vec![7; length]), 0)
        };
        assert_eq!(of("HS256", 32), Outcome::Fits);
        assert_eq!(of("HS256", 31), Outcome::Doubtful);
        assert_eq!(of("ES512", 132), Outcome::Fits);
        assert_eq!(of("RS256", 256), Outcome::Fits);
        assert_eq!(of("RS256", 32), Outcome::Doubtful);
        assert_eq!(of("none", 0), Outcome::Fits);
        assert_eq!(of("HS256", 0), Outcome::Doubtful);
        assert_eq!(of("private", 5), Outcome::Fits);
    }

    #[test]
    fn a_token_tells_its_issuer_its_role_and_its_end() {
        let claims = r#"{"iss":"https://login.example.com/tenant","aud":["api.example.com","b"],"role":"service_role",
            "exp":1300819380,"email":"somebody@example.com"}"#;
        let name = |text| Name::new(text).expect("it is a name");
        assert_eq!(
            tells(&token(HS256, claims, &[7; 32]), 1_400_000_000),
            [
                Fact::Expired { at: 1_300_819_380 },
                Fact::Issuer { name: name("login.example.com") },
                Fact::Audience { name: name("api.example.com") },
                Fact::Role { name: name("service_role") },
            ]
        );
        let of = |claims: &str| tells(&token(r#"{"alg":"None"}"#, claims, &[]), 1);
        assert_eq!(of(r#"{"exp":1300819380.5}"#), [Fact::Expires { at: 1_300_819_380 }, Fact::Unsigned]);
        for odd in [r#"{"exp":1e300}"#, r#"{"exp":-1}"#, r#"{"exp":"soon","iss":7,"aud":[],"role":{}}"#] {
            assert_eq!(of(odd), [Fact::Unsigned], "{odd}");
        }
        let public = of(r#"{"iss":"supabase","role":"anon"}"#);
        assert!(public.contains(&Fact::Public) && public.contains(&Fact::Role { name: name("anon") }));
        assert_eq!(tells("no token", 1), []);
    }

    #[test]
    fn samples_keep_the_beginning_that_a_pattern_fixes() {
        let mut random = random::fixed(13);
        for header in [r#"{"alg":"#, r#"{"typ":"#, r#"{"kid":"#] {
            // Three quarters of the bytes, so that the last character is whole.
            let start = to_base64_url(&header.as_bytes()[..6]);
            let made = complete(&format!("{start}zzz.eyJzzz.zzz"), &mut random).unwrap_or_default();
            assert!(made.starts_with(&start), "{made}");
            assert_eq!(check(&made, 2_000_000_000), Outcome::Fits);
        }
    }
}
