//! Microsoft's keys: the identifiable family, the common annotated form (CASK) and Entra client secrets.
//!
//! An identifiable key is base64 in which four characters name the service and the last four bytes are the Marvin32 hash of
//! all before them, under a seed of that service. Signatures and seeds are those of
//! <https://github.com/microsoft/security-utilities>. Storage, Cosmos DB and Redis are verified on published keys, so there a
//! failure means an invented key. For the others only generated samples were found: success proves as much, failure
//! lowers confidence by one level.
//!
//! CASK keys and Entra secrets end in a hash too, but only one of the published examples of each agrees. There a
//! success proves the key and a failure proves nothing.

use std::ops::Range;

use super::Outcome;
use super::checksum::{BASE62, Digits, digits, padded};
use super::decoded::{Decoded, to_base64};
use super::fact::Fact;
use super::marvin::{marvin32, seed};

struct Service {
    signature: &'static str,
    /// As Microsoft calls it.
    name: &'static str,
    /// Length of the decoded key, where it is known.
    length: Option<usize>,
    seeds: &'static [&'static [u8; 8]],
    /// Whether published real keys agree, so that a failure means an invented one.
    verified: bool,
}

const SERVICES: &[Service] = &[
    service("+ASt", "Storage", 64, &[b"Default0"]).verified(),
    service(
        "ACDb",
        "Cosmos DB",
        64,
        &[b"SysAll00", b"Resour00", b"MastRO00", b"SystRO00", b"Encryp00", b"MastRW00", b"SystRW00"],
    )
    .verified(),
    service("AzCa", "Cache for Redis", 32, &[b"Access00"]).verified(),
    service("+ASb", "Service Bus", 32, BUS),
    service("+AEh", "Event Hubs", 32, BUS),
    service("+ARm", "Relay", 32, BUS),
    service("AzFu", "Functions", 40, &[b"Master00", b"System00", b"Functi00"]),
    service("AzSe", "AI Search", 39, &[b"Query000", b"PAdmin00"]),
    service("+ACR", "Container Registry", 39, &[b"ACRDflt0"]),
    service("+ABa", "Batch", 64, &[b"AbAcct00"]),
    service("AIoT", "IoT Hub", 32, &[b"IoTHub00", b"DpsKey00", b"Device00"]),
    service("APIM", "API Management", 64, &[b"Tenant00", b"IoTHub00", b"Gatewy00", b"GitKey00"]),
    service("+AMC", "Machine Learning", 64, &[b"Classic0"]),
    Service { signature: "+SQL", name: "SQL", length: None, seeds: &[b"UsrPwd00"], verified: false },
];

/// Service Bus, Event Hubs and Relay share their seeds.
const BUS: &[&[u8; 8]] = &[b"System00", b"Unknown0", b"Send0000", b"Manage00", b"Listen00"];

const fn service(
    signature: &'static str,
    name: &'static str,
    length: usize,
    seeds: &'static [&'static [u8; 8]],
) -> Service {
    Service { signature, name, length: Some(length), seeds, verified: false }
}

impl Service {
    const fn verified(self) -> Service {
        Service { verified: true, ..self }
    }
}

/// An identifiable key taken apart.
struct Key {
    /// Where the unpadded base64 stands in the token.
    at: Range<usize>,
    bytes: Decoded,
    service: &'static Service,
}

impl Key {
    /// The key at the end of the token: rules may match a name and an `=` before it, and padding after it.
    fn parse(token: &str) -> Option<Key> {
        let at = base64_run(token);
        let text = token.get(at.clone())?;
        let signature = text.get(text.len().checked_sub(10)?..text.len() - 6)?.replace('-', "+").replace('_', "/");
        let service = SERVICES.iter().find(|service| service.signature == signature)?;
        let bytes = Decoded::from_base64(text)?;
        let known_length = service.length.is_none_or(|length| length == bytes.bytes().len());
        known_length.then_some(Key { at, bytes, service })
    }
}

/// Judges an identifiable key.
pub(super) fn check_identifiable(token: &str) -> Outcome {
    let Some(key) = Key::parse(token) else { return Outcome::Silent };
    let Some((body, checksum)) = key.bytes.bytes().split_last_chunk::<4>() else { return Outcome::Silent };
    let checksum = u32::from_le_bytes(*checksum);
    if key.service.seeds.iter().any(|name| marvin32(seed(name), body) == checksum) {
        Outcome::Holds
    } else if key.service.verified {
        Outcome::Breaks
    } else {
        Outcome::Doubtful
    }
}

/// The service that the key is for.
pub(super) fn tells_service(token: &str) -> Option<Fact> {
    Key::parse(token).map(|key| Fact::Service { name: key.service.name })
}

/// The key without the name that a rule may have matched before it.
pub(super) fn secret(token: &str) -> Option<Range<usize>> {
    let at = base64_run(token);
    (!at.is_empty()).then_some(at.start..token.len())
}

/// Puts the hash under the service's first seed into the last bytes.
pub(super) fn complete_identifiable(token: &str) -> Option<String> {
    let Key { at, .. } = Key::parse(token)?;
    let hashed = with_hash(token)?;
    let special =
        |text: &str, part: Range<usize>| text.get(part).is_some_and(|part| part.contains(['+', '/', '-', '_']));
    let hash = at.end - 6..at.end;
    if special(token, at.start..at.end - 10) || !special(&hashed, hash.clone()) {
        return Some(hashed);
    }
    // The sample does not tell which of the two alphabets its pattern allows, so other first characters are tried until
    // the hash is written without those in which they differ.
    let with_first = |&first: &u8| {
        with_hash(&format!("{}{}{}", token.get(..at.start)?, char::from(first), token.get(at.start + 1..)?))
    };
    BASE62.iter().filter_map(with_first).find(|other| !special(other, hash.clone())).or(Some(hashed))
}

fn with_hash(token: &str) -> Option<String> {
    let key = Key::parse(token)?;
    let (body, _) = key.bytes.bytes().split_last_chunk::<4>()?;
    let checksum = marvin32(seed(key.service.seeds.first()?), body);
    let encoded = to_base64(&[body, &checksum.to_le_bytes()].concat());
    let url_safe = token.get(key.at.clone())?.bytes().any(|byte| matches!(byte, b'-' | b'_'));
    let encoded = if url_safe { encoded.replace('+', "-").replace('/', "_") } else { encoded };
    Some(format!("{}{encoded}{}", token.get(..key.at.start)?, token.get(key.at.end..)?))
}

/// The last run of base64 characters, its padding left out.
fn base64_run(token: &str) -> Range<usize> {
    let unpadded = token.trim_end_matches('=');
    let is_base64 = |character: char| character.is_ascii_alphanumeric() || matches!(character, '+' | '/' | '-' | '_');
    unpadded.trim_end_matches(is_base64).len()..unpadded.len()
}

/// The check digits of a common annotated key: base62 of the hash's bytes read big-endian, filled up on the right.
pub(super) fn cask(token: &str) -> Option<Digits> {
    let unpadded = token.strip_suffix("==").unwrap_or(token);
    let tail = match (unpadded.len(), token.len()) {
        (84, 84) => 4,
        (86, 86 | 88) => 6,
        _ => return None,
    };
    if token.get(52..58)? != "JQQJ99" {
        return None;
    }
    let hashed = Decoded::from_base64(token.get(..80)?)?;
    let checksum = marvin32(seed(b"Default0"), hashed.bytes()).swap_bytes();
    let expected = format!("{:0<6}", digits(checksum, BASE62)).get(..tail)?.to_owned();
    Some(Digits::new(80..80 + tail, expected))
}

/// The last three characters of an Entra client secret: the first three of the six digits, in base 66, of the hash of the rest.
pub(super) fn entra(token: &str) -> Option<Digits> {
    const BASE66: &[u8] = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ1234567890.-_~";
    let marked = matches!(token.get(3..6)?, "8Q~" | "7Q~") && token.len() == 40 && token.is_ascii();
    let checksum = marvin32(seed(b"AadPwd00"), token.get(..37)?.as_bytes());
    let expected = padded(checksum, BASE66, 6).get(..3)?.to_owned();
    marked.then_some(Digits::new(37..40, expected))
}

#[cfg(test)]
mod tests {
    use super::super::random;
    use super::*;

    /// A key whose random part is letters, for every service.
    fn keys() -> Vec<String> {
        let mut random = random::fixed(79);
        let text = |length: usize| (length * 4).div_ceil(3) - 10;
        SERVICES
            .iter()
            .map(|service| {
                let random_part = random::text(BASE62, text(service.length.unwrap_or(64)), &mut random);
                format!("{random_part}{}AAAAAA", service.signature)
            })
            .collect()
    }

    #[test]
    fn every_service_has_keys_that_hold_and_only_verified_ones_break() {
        for (key, service) in keys().iter().zip(SERVICES) {
            let whole = complete_identifiable(key).unwrap_or_default();
            assert_eq!(whole.len(), key.len());
            assert_eq!(check_identifiable(&whole), Outcome::Holds, "{}", service.signature);
            assert_eq!(tells_service(&whole), Some(Fact::Service { name: service.name }));
            let broken = if service.verified { Outcome::Breaks } else { Outcome::Doubtful };
            let other = if whole.starts_with('A') { "B" } else { "A" };
            assert_eq!(check_identifiable(&format!("{other}{}", &whole[1..])), broken, "{}", service.signature);
            assert_eq!(
                check_identifiable(&whole[4..]),
                if service.length.is_some() { Outcome::Silent } else { broken }
            );
        }
    }

    #[test]
    fn the_name_before_a_key_is_no_part_of_the_secret() {
        let key = keys().first().and_then(|key| complete_identifiable(key)).unwrap_or_default();
        let token = format!("AccountKey={key}==");
        assert_eq!(check_identifiable(&token), Outcome::Holds);
        assert_eq!(secret(&token), Some(11..token.len()));
    }

    #[test]
    fn every_seed_of_a_service_is_accepted() {
        let mut random = random::fixed(83);
        for service in SERVICES {
            let length = service.length.unwrap_or(64);
            let characters = (length * 4).div_ceil(3);
            let text = format!("{}{}AAAAAA", random::text(BASE62, characters - 10, &mut random), service.signature);
            let decoded = Decoded::from_base64(&text).map(|decoded| decoded.bytes().to_vec()).unwrap_or_default();
            for name in service.seeds {
                let body = &decoded[..length - 4];
                let key = to_base64(&[body, &marvin32(seed(name), body).to_le_bytes()].concat());
                assert_eq!(check_identifiable(&key), Outcome::Holds, "{}", service.signature);
                assert_eq!(check_identifiable(&key.replace('+', "-").replace('/', "_")), Outcome::Holds);
            }
        }
    }
}
