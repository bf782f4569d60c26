//! What a finding tells about its token, and that nothing of the secret is in it.

#![cfg(feature = "sample")]

use keystay::policy::{Destination, Settings, Verdict, judge};
use keystay::proof::{Fact, Outcome, Proof};
use keystay::rules::Rule;
use keystay::scan::{Finding, Scanner};
use proptest::prelude::*;

/// In November 2026.
const NOW: u64 = 1_795_000_000;
/// Characters in a row that a fact and a secret must not have in common.
const COMMON: usize = 6;

fn rule(id: &str) -> &'static Rule {
    Rule::named(id).unwrap_or_else(|| panic!("there is a rule {id}"))
}

fn sample(id: &str, seed: u64) -> String {
    rule(id).sample(&mut fastrand::Rng::with_seed(seed))
}

fn base64(text: impl AsRef<[u8]>) -> String {
    use base64::Engine;
    base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(text)
}

fn web_token(claims: &str) -> String {
    format!("{}.{}.{}", base64(r#"{"typ":"JWT","alg":"HS256"}"#), base64(claims), base64([7; 32]))
}

fn told(text: &str) -> Vec<String> {
    let findings = Scanner::shared().scan(text, NOW).findings;
    findings.iter().flat_map(|finding| &finding.facts).map(Fact::to_string).collect()
}

fn verdicts(text: &str) -> Vec<Verdict> {
    let (destination, settings) = (Destination::new("https://chat.example/", ""), Settings::default());
    Scanner::shared().scan(text, NOW).findings.iter().map(|found| judge(found, &destination, &settings)).collect()
}

/// The texts of a fact that are not its kind.
fn texts(fact: &Fact) -> Vec<String> {
    let value = serde_json::to_value(fact).expect("facts are made of numbers and texts");
    let members = value.as_object().expect("a fact is an object").iter().filter(|(name, _)| *name != "fact");
    members.filter_map(|(_, value)| value.as_str().map(str::to_owned)).collect()
}

fn shows_nothing_of(secret: &str, facts: &[Fact]) -> bool {
    let secret = secret.to_ascii_lowercase();
    facts.iter().flat_map(texts).all(|text| {
        let text: Vec<char> = text.to_ascii_lowercase().chars().collect();
        !text.windows(COMMON).any(|piece| secret.contains(&piece.iter().collect::<String>()))
    })
}

#[test]
fn an_expired_token_says_so_and_is_only_noted() {
    let text = format!("token: {}", web_token(r#"{"iss":"https://login.example.com","exp":1300819380}"#));
    assert_eq!(told(&text), ["expired on 2011-03-22", "issued by login.example.com"]);
    assert_eq!(verdicts(&text), [Verdict::Note]);
    let live = format!("token: {}", web_token(r#"{"iss":"https://login.example.com","exp":4102444800}"#));
    assert_eq!(told(&live), ["expires on 2100-01-01", "issued by login.example.com"]);
    assert_eq!(verdicts(&live), [Verdict::Warn]);
}

#[test]
fn a_supabase_token_tells_whether_it_may_be_published() {
    let of = |role: &str| web_token(&format!(r#"{{"iss":"supabase","ref":"abcdefghijkl","role":"{role}"}}"#));
    let (public, secret) = (of("anon"), of("service_role"));
    assert!(told(&public).contains(&"meant to be public".to_owned()));
    assert!(verdicts(&public).iter().all(|verdict| *verdict < Verdict::Warn));
    assert!(told(&secret).contains(&"has the role service_role".to_owned()));
    assert_eq!(verdicts(&secret), [Verdict::Warn]);
}

#[test]
fn an_access_key_id_tells_its_account_in_a_mask() {
    let id = sample("aws-access-key-id", 5);
    let number = keystay::proof::account(&id).expect("samples have an account");
    let expected = format!("belongs to the AWS account {}••••••{}", &number[..4], &number[10..]);
    assert_eq!(told(&format!("AWS_ACCESS_KEY_ID={id}")), [expected]);
}

#[test]
fn a_service_account_file_tells_its_project_and_the_domain_of_its_account() {
    let member = sample("gcp-service-account-json", 7);
    let account = "robot@demo-123.iam.gserviceaccount.com";
    let file =
        format!(r#"{{"type": "service_account", "project_id": "demo-123", {member}, "client_email": "{account}"}}"#);
    assert_eq!(
        told(&file),
        [
            "RSA key of 2048 bits",
            "not protected by a password",
            "belongs to the project demo-123",
            "belongs to an account at demo-123.iam.gserviceaccount.com"
        ]
    );
}

#[test]
fn facts_are_told_of_what_is_hidden_in_an_encoding_too() {
    let token = sample("github-pat-classic", 11);
    assert_eq!(
        told(&format!("{{\"data\": \"{}\"}}", base64(format!("GITHUB_TOKEN={token}")))),
        ["its checksum is right"]
    );
    let halves = format!("'{}' + '{}'", &token[..20], &token[20..]);
    assert_eq!(told(&halves), ["its checksum is right"]);
}

#[test]
fn public_keys_and_certificates_are_nothing() {
    let key = sample("pem-private-key", 13);
    let label = key.split("-----").nth(1).and_then(|begin| begin.strip_prefix("BEGIN ")).expect("it has a BEGIN line");
    for public in ["PUBLIC KEY", "RSA PUBLIC KEY", "CERTIFICATE", "CERTIFICATE REQUEST", "X509 CRL"] {
        let text = key.replace(label, public);
        assert_eq!(Scanner::shared().scan(&text, NOW).findings, [], "{public}");
    }
    let line = format!("ssh-rsa {} someone@somewhere", base64([7; 279]).replace(['-', '_'], "A"));
    assert!(verdicts(&line).iter().all(|verdict| *verdict < Verdict::Warn));
}

#[test]
fn no_rules_finding_tells_anything_of_its_secret() {
    for rule in Rule::all() {
        let mut random = fastrand::Rng::with_seed(17);
        for _ in 0..5 {
            let text = rule.in_context(&rule.sample(&mut random));
            for Finding { secret, facts, .. } in Scanner::shared().scan(&text, NOW).findings {
                assert!(shows_nothing_of(&text[secret], &facts), "{}: {facts:?}", rule.id);
            }
        }
    }
}

/// Proofs of which a wrong character must break every token.
const STRONG: [Proof; 13] = [
    Proof::Crc32Base62,
    Proof::GithubFineGrained,
    Proof::GitlabRoutable,
    Proof::AtlassianCrc32,
    Proof::BitbucketAppPassword,
    Proof::CloudflareCrc32,
    Proof::GrafanaCrc32,
    Proof::ZuploCrc32,
    Proof::ConfluentCrc32,
    Proof::AgeBech32,
    Proof::BitcoinWif,
    Proof::AzureIdentifiable,
    Proof::GithubStateless,
];

/// Characters at the end of a token that its checksum does not cover, or that carry fewer bits than they have.
fn unchecked(proof: Proof) -> usize {
    match proof {
        Proof::GithubFineGrained => 8,
        Proof::AzureIdentifiable => 1,
        _ => 0,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn one_wrong_character_never_holds(
        which: prop::sample::Index, seed: u64, place: prop::sample::Index, other in "[A-Za-z0-9]",
    ) {
        let rules: Vec<&Rule> =
            Rule::all().iter().filter(|rule| rule.proof.is_some_and(|proof| STRONG.contains(&proof))).collect();
        let rule = which.get(&rules);
        let proof = rule.proof.expect("the others were filtered out");
        let token = rule.sample(&mut fastrand::Rng::with_seed(seed));
        // Few of the sums cover the prefix: with another one of the family the same token holds.
        let prefix = if proof == Proof::Crc32Base62 { token.rfind('_') } else { None };
        let prefix = prefix.map_or(rule.public_prefix(&token).len(), |underscore| underscore + 1);
        let start = proof.secret(&token).start.max(prefix);
        let place = start + place.index(token.trim_end_matches('=').len() - start - unchecked(proof));
        prop_assume!(!token[place..=place].eq_ignore_ascii_case(&other));
        let wrong = format!("{}{other}{}", &token[..place], &token[place + 1..]);
        prop_assert_ne!(proof.check(&wrong, 0), Outcome::Holds, "{} at {}", rule.id, place);
    }

    #[test]
    fn a_token_that_quotes_itself_in_its_claims_tells_nothing_of_itself(
        name in "[a-z]{1,12}", from: prop::sample::Index, length in 1_usize..80, now: u64,
    ) {
        let inner = web_token(&format!(r#"{{"sub":"{name}"}}"#));
        let start = from.index(inner.len());
        let quoted = &inner[start..inner.len().min(start + length)];
        for claims in [
            format!(r#"{{"iss":"{quoted}","aud":"https://{quoted}.example.com","role":"{quoted}"}}"#),
            format!(r#"{{"iss":"{quoted}@{quoted}.com","aud":["{quoted}"]}}"#),
        ] {
            // The token whose header is quoted, and one that is quoted as a whole.
            let token = web_token(&claims);
            for text in [token.clone(), format!("{token}{quoted}")] {
                let facts = Proof::Jwt.tells(&text, 0..text.len(), now);
                prop_assert!(shows_nothing_of(&text, &facts), "{facts:?}");
            }
        }
    }

    #[test]
    fn every_fact_is_one_line_of_bounded_length(claims in ".{0,200}", now: u64) {
        let claims = serde_json::json!({ "iss": claims, "aud": [claims], "role": claims, "exp": 5 }).to_string();
        let token = web_token(&claims);
        for fact in Proof::Jwt.tells(&token, 0..token.len(), now) {
            let line = fact.to_string();
            prop_assert!(line.chars().count() < 128 && !line.contains(char::is_control), "{line:?}");
        }
    }
}
