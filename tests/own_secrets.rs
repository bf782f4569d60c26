//! What own secrets promise: only fingerprints are kept, every registered value is found, and nothing else is.

#![cfg(feature = "sample")]

use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use keystay::judgement;
use keystay::own::{ID, LONGEST_VALUE, MOST_SECRETS, OwnSecrets, Reason, SALT};
use keystay::policy::{Destination, Settings};
use keystay::redact::Secret;
use keystay::rules::{Confidence, CustomRules};
use keystay::scan::Scanner;

fn random(seed: u64) -> fastrand::Rng {
    fastrand::Rng::with_seed(seed)
}

fn salt(seed: u64) -> [u8; SALT] {
    let mut random = random(seed);
    std::array::from_fn(|_| random.u8(..))
}

/// Characters of an alphabet, with a digit and two cases of letters where the alphabet has them, as the values of generators have.
fn value(alphabet: &[u8], length: usize, random: &mut fastrand::Rng) -> String {
    loop {
        let value: String = (0..length).map(|_| char::from(alphabet[random.usize(..alphabet.len())])).collect();
        if OwnSecrets::new(salt(1)).add("X", &value).is_ok() {
            return value;
        }
    }
}

const HEX: &[u8] = b"0123456789abcdef";
const BASE62: &[u8] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const SIGNS: &[u8] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&*+-.=?@^_~\"\\<";

fn values(seed: u64) -> Vec<String> {
    let mut random = random(seed);
    let kinds: [(&[u8], usize); 6] = [(HEX, 32), (HEX, 64), (BASE62, 16), (BASE62, 40), (SIGNS, 24), (BASE62, 120)];
    kinds.iter().map(|&(alphabet, length)| value(alphabet, length, &mut random)).collect()
}

fn store(values: &[String]) -> OwnSecrets {
    let mut own = OwnSecrets::new(salt(2));
    for (index, value) in values.iter().enumerate() {
        assert_eq!(own.add(&format!("SECRET_{index}"), value), Ok(()));
    }
    own
}

fn scanner(own: OwnSecrets) -> Scanner {
    Scanner::with(CustomRules::default(), Some(own))
}

/// Labels and texts of the own secrets in a text.
fn found<'a>(scanner: &Scanner, text: &'a str) -> Vec<(String, &'a str)> {
    let findings = scanner.scan(text, 0).findings;
    let own = findings.into_iter().filter(|finding| finding.rule.id == ID);
    own.map(|finding| (finding.rule.env.to_string(), &text[finding.secret])).collect()
}

#[test]
fn the_store_holds_no_value_and_no_piece_of_one_in_any_encoding() {
    let values = values(3);
    let json = store(&values).to_json();
    let lower = json.to_lowercase();
    for value in &values {
        let bytes = value.as_bytes();
        let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        let reversed: String = value.chars().rev().collect();
        let encodings = [
            value.to_string(),
            reversed,
            hex,
            BASE64.encode(bytes),
            BASE64.encode(&bytes[1..]),
            BASE64.encode(&bytes[2..]),
        ];
        for encoded in encodings {
            // Pieces of eight characters: two stores in a million would hold one by chance.
            for at in 0..encoded.len() - 8 {
                let piece = encoded[at..at + 8].to_lowercase();
                assert!(!lower.contains(&piece), "the store holds a piece of a value");
            }
        }
    }
    assert!(json.contains("SECRET_0"), "labels stand there in clear, as is documented");
}

#[test]
fn every_registered_value_is_found_at_any_place_of_a_large_text() {
    let values = values(4);
    let scanner = scanner(store(&values));
    let filler = "The quick brown fox; jumps over {the} lazy dog.\n".repeat(40_000);
    let mut random = random(5);
    for (index, value) in values.iter().enumerate() {
        let chunks = [0, 1, 4095, 4096, 65_535, 65_536, 65_530, 1 << 20, filler.len()];
        for at in chunks.into_iter().chain((0..8).map(|_| random.usize(..filler.len()))) {
            let text = format!("{}{value}{}", &filler[..at], &filler[at..]);
            let expected = vec![(format!("SECRET_{index}"), value.as_str())];
            assert_eq!(found(&scanner, &text), expected, "at {at}");
        }
    }
}

#[test]
fn a_value_with_one_disguised_character_is_found_in_a_large_text() {
    let mut values = values(21);
    values.push(value(BASE62, LONGEST_VALUE, &mut random(22)));
    let scanner = scanner(store(&values));
    let filler = "The quick brown fox jumps over the lazy dog.\n".repeat(200);
    for (index, value) in values.iter().enumerate() {
        for at in [0, 1, value.len() / 2, value.len() - 1] {
            let byte = value.as_bytes()[at];
            let disguises = [format!("%{byte:02X}"), format!("&#{byte};"), format!("\u{200b}{}", char::from(byte))];
            for disguise in disguises {
                let text = format!("{filler}it is {}{disguise}{} {filler}", &value[..at], &value[at + 1..]);
                let labels: Vec<_> = found(&scanner, &text).into_iter().map(|(label, _)| label).collect();
                assert_eq!(labels, [format!("SECRET_{index}")], "{disguise} at {at} of {}", value.len());
            }
        }
    }
}

#[test]
fn a_value_is_found_in_whatever_stands_around_it() {
    let values = values(6);
    let scanner = scanner(store(&values));
    let json =
        |value: &str| serde_json::to_string(&serde_json::json!({ "password": value })).expect("a string is JSON");
    let percent = |value: &str| value.bytes().map(|byte| format!("%{byte:02X}")).collect::<String>();
    let html = |value: &str| value.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;");
    for (index, value) in values.iter().enumerate() {
        let contexts = [
            value.to_string(),
            format!("PASSWORD={value}"),
            format!("export PASSWORD='{value}'\n"),
            format!("postgres://app:{value}@db.internal:5432/app"),
            format!("Server=db;User=app;Password={value};Encrypt=true"),
            format!("my password is {value}, does it work?"),
            format!("ключ🔑{value}🔑"),
            json(value),
            format!("<input value=\"{}\">", html(value)),
            format!("https://x.test/?password={}&x=1", percent(value)),
            format!("Authorization: Basic {}", BASE64.encode(format!("application:{value}"))),
            format!("abc{value}xyz"),
            value.chars().map(|c| format!("{c}\u{200b}")).collect(),
        ];
        for text in contexts {
            let labels: Vec<_> = found(&scanner, &text).into_iter().map(|(label, _)| label).collect();
            assert_eq!(labels, [format!("SECRET_{index}")], "{text}");
        }
    }
}

#[test]
fn a_found_value_warns_and_names_its_label_and_nothing_of_the_value() {
    let values = values(7);
    let scanner = scanner(store(&values));
    let flavours = [Secret::new(format!("password = {}", values[3]))];
    let judgement = judgement::judge(&scanner, &flavours, &Destination::default(), &Settings::default(), 0);
    let [shown] = judgement.findings.as_slice() else { panic!("{judgement:?}") };
    assert_eq!((judgement.verdict, shown.rule, shown.certainty), ("warn", ID, "certain"));
    assert_eq!(shown.name, "secret that you registered (SECRET_3)");
    assert_eq!(shown.replacement.as_ref().map(|replacement| replacement.text.as_str()), Some("$SECRET_3"));
    assert!((0..36).all(|at| !shown.masked.contains(&values[3][at..at + 4])));
    assert_eq!(scanner.scan(flavours[0].text(), 0).findings[0].confidence, Confidence::Certain);
}

#[test]
fn a_value_that_differs_in_one_character_is_not_found() {
    let values = values(8);
    let scanner = scanner(store(&values));
    for value in &values {
        for at in 0..value.len() {
            let other = if value.as_bytes()[at] == b'q' { "w" } else { "q" };
            let near = format!("{}{other}{}", &value[..at], &value[at + 1..]);
            assert_eq!(found(&scanner, &near), []);
        }
    }
}

/// A store as full as it can be.
fn full(seed: u64) -> OwnSecrets {
    let mut random = random(seed);
    let alphabets = [HEX, BASE62, SIGNS];
    let values: Vec<String> =
        (0..MOST_SECRETS).map(|index| value(alphabets[index % 3], 20 + index % 60, &mut random)).collect();
    store(&values)
}

#[test]
fn a_full_store_finds_nothing_in_ten_megabytes_of_random_base64() {
    let scanner = scanner(full(9));
    let mut random = random(10);
    for _ in 0..10 {
        let bytes: Vec<u8> = (0..786_432).map(|_| random.u8(..)).collect();
        let text = BASE64.encode(bytes);
        assert_eq!(text.len(), 1 << 20);
        let scan = scanner.scan(&text, 0);
        assert!(!scan.partial);
        assert!(!scan.findings.iter().any(|finding| finding.rule.id == ID));
    }
}

#[test]
fn a_full_store_finds_nothing_in_harmless_texts_or_is_skipped_without_the_corpora() {
    let Ok(corpus) = std::fs::read_to_string(Path::new("../shared/corpora/benign_synth.jsonl")) else {
        eprintln!("skipped: needs ../shared/corpora");
        return;
    };
    let scanner = scanner(full(11));
    let mut texts = 0;
    for line in corpus.lines().filter(|line| !line.is_empty()) {
        let row: serde_json::Value = serde_json::from_str(line).expect("the corpus is JSON lines");
        let text = row["text"].as_str().expect("a row has a text");
        let scan = scanner.scan(text, 0);
        assert!(!scan.partial && !scan.findings.iter().any(|finding| finding.rule.id == ID), "{text}");
        texts += 1;
    }
    assert!(texts > 100, "{texts}");
}

#[test]
fn an_env_file_is_registered_by_what_is_secret_in_it() {
    let mut random = random(12);
    let [a, b, c, d, line] = [16, 24, 40, 20, 64].map(|length| value(BASE62, length, &mut random));
    let env = format!(
        "# comment={a}\nexport API_KEY={a}\nTOKEN=\"{b}\" # ours\nDATABASE_URL=postgres://app:{c}@db.internal/app\n\
         EMPTY=\nCOPY=${{API_KEY}}\nPORT=8080\nDEBUG=true\nHOME_PAGE=https://acme.test/en/start\nNAME='Acme Incorporated'\n\
         PLACEHOLDER=your-api-key-here\nPIN=4711\nPASSWORD={}\nSHORT={}\nSAME={a}\nSINGLE='{d}'\n\
         KEY=\"-----BEGIN SOMETHING-----\n{line}\n-----END SOMETHING-----\"\n",
        ["Summer", "2024!"].concat(),
        &d[..10]
    );
    let (own, refused) = OwnSecrets::from_env(&env, salt(13));
    let labels: Vec<_> = own.list().iter().map(|registered| registered.label.to_string()).collect();
    assert_eq!(labels, ["API_KEY", "TOKEN", "DATABASE_URL", "SINGLE", "KEY"]);
    let refused: Vec<_> = refused.iter().map(|one| (one.label.as_str(), one.reason)).collect();
    use Reason::{Guessable, Known, Placeholder};
    let guessable = ["PORT", "DEBUG", "HOME_PAGE", "NAME", "PIN", "PASSWORD", "SHORT"];
    for label in guessable {
        assert!(
            refused.iter().any(|&(other, reason)| other == label && matches!(reason, Guessable | Placeholder)),
            "{label}"
        );
    }
    assert!(refused.contains(&("PLACEHOLDER", Placeholder)) && refused.contains(&("SAME", Known)), "{refused:?}");
    assert_eq!(refused.len(), guessable.len() + 2, "{refused:?}");
    let scanner = scanner(own);
    for (label, value) in [("API_KEY", &a), ("TOKEN", &b), ("DATABASE_URL", &c), ("SINGLE", &d), ("KEY", &line)] {
        assert_eq!(found(&scanner, &format!("x {value} y")), [(label.to_string(), value.as_str())]);
    }
}

#[test]
fn a_store_is_read_again_as_it_was_written_and_its_secrets_can_be_removed() {
    let values = values(14);
    let json = store(&values).to_json();
    let mut own = OwnSecrets::from_json(&json).unwrap_or_else(|problem| panic!("{problem}"));
    assert_eq!(own.to_json(), json);
    assert_eq!(own.shortest_run(), Some(16));
    let id = own.list()[2].id.clone();
    assert!(own.remove(&id) && !own.remove(&id));
    assert_eq!(own.shortest_run(), Some(24));
    let scanner = scanner(own);
    let labels: Vec<_> = values.iter().map(|value| found(&scanner, value).len()).collect();
    assert_eq!(labels, [1, 1, 0, 1, 1, 1]);
}

#[test]
fn the_same_value_has_another_fingerprint_in_another_store() {
    let values = values(15);
    let [mut one, mut other] = [16, 17].map(|seed| OwnSecrets::new(salt(seed)));
    let added = values.iter().map(|value| (one.add("X", value), other.add("X", value)));
    assert!(added.into_iter().all(|added| added == (Ok(()), Ok(()))));
    let ids = |own: &OwnSecrets| own.list().into_iter().map(|registered| registered.id).collect::<Vec<_>>();
    assert!(ids(&one).iter().all(|id| !ids(&other).contains(id)));
}

#[test]
fn a_damaged_store_is_refused_with_a_reason_and_never_panics() {
    let json = store(&values(18)).to_json();
    for (from, to, expected) in [
        ("\"version\":1", "\"version\":2", "has version 2"),
        ("{\"version\"", "{\"x\":1,\"version\"", "no store of own secrets"),
        ("\"length\":32", "\"length\":3", "damaged"),
        ("\"length\":32", "\"length\":18446744073709551615", "damaged"),
        ("\"at\":", "\"at\":9", "damaged"),
        ("\"filter\":", "\"filter\":6", ""),
        ("\"hash\":\"", "\"hash\":\"!", "damaged"),
        ("\"salt\":\"", "\"salt\":\"AAAA", "salt"),
        ("SECRET_0", "", "damaged"),
    ] {
        let damaged = json.replacen(from, to, 1);
        assert_ne!(damaged, json);
        let problem = OwnSecrets::from_json(&damaged).err().unwrap_or_default();
        assert!(problem.contains(expected), "{from}: {problem}");
    }
    for cut in 0..json.len() {
        assert!(OwnSecrets::from_json(&json[..cut]).is_err());
    }
}

#[test]
fn limits_are_kept() {
    let mut random = random(19);
    let mut own = OwnSecrets::new(salt(20));
    assert_eq!(own.add("X", &value(BASE62, LONGEST_VALUE, &mut random)), Ok(()));
    let long: String = (0..=LONGEST_VALUE).map(|_| random.alphanumeric()).collect();
    assert_eq!(own.add("X", &long), Err(Reason::TooLong));
    for label in ["", "two\nlines", &"x".repeat(101)] {
        assert_eq!(own.add(label, &value(BASE62, 30, &mut random)), Err(Reason::Label));
    }
    let mut own = full(21);
    assert_eq!(own.add("X", &value(BASE62, 30, &mut random)), Err(Reason::Full));
}

#[test]
fn a_text_full_of_a_value_is_listed_as_far_as_a_list_goes_and_then_called_partial() {
    let values = values(22);
    let scanner = scanner(store(&values));
    let text = values[5].repeat(5000);
    let scan = scanner.scan(&text, 0);
    assert!(scan.findings.len() == keystay::scan::MOST_FINDINGS && scan.partial);
}
