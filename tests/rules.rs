//! What every rule promises, tried with keys made from the rules themselves.

#![cfg(feature = "sample")]

use keystay::policy::{Destination, Settings, Verdict, judge};
use keystay::proof::Outcome;
use keystay::rules::{Confidence, Kind, Near, Rule, Topic};
use keystay::scan::{Finding, Scanner};

const SAMPLES: usize = 60;

/// Randomness of a rule's own, so that its samples do not depend on which other rules there are.
fn random(rule: &Rule, test: u64) -> fastrand::Rng {
    let id = rule.id.bytes().fold(test, |seed, byte| seed.wrapping_mul(31).wrapping_add(u64::from(byte)));
    fastrand::Rng::with_seed(id)
}

fn scan(text: &str) -> Vec<Finding<'static>> {
    Scanner::shared().scan(text, 0).findings
}

/// A finding that covers `token`, by this rule or by a surer one.
fn covers(findings: &[Finding], text: &str, token: &str) -> bool {
    let start = text.find(token).expect("the token stands in the text");
    findings.iter().any(|finding| finding.span.start <= start && finding.span.end >= start + token.len())
}

/// A rule for which a token alone is enough, or one with words: then the text brings a word.
fn texts(rule: &Rule, token: &str) -> Vec<String> {
    let mut texts = vec![rule.in_context(token)];
    texts.extend(rule.examples.iter().map(|example| example.replace("{}", token)));
    if !rule.needs_context() {
        texts.extend([
            format!("Here it is: {token}, please keep it."),
            format!("(\"{token}\")"),
            format!("x={token}\ny=1"),
        ]);
    }
    texts
}

#[test]
fn every_rule_finds_its_samples_in_every_example() {
    let mut missed = Vec::new();
    for rule in Rule::all() {
        let mut random = random(rule, 1);
        let mut found = 0;
        let mut tried = 0;
        for _ in 0..SAMPLES {
            let token = rule.sample(&mut random);
            for text in texts(rule, &token) {
                tried += 1;
                found += usize::from(covers(&scan(&text), &text, &token));
            }
        }
        // One in sixteen random values of 16 characters has no digit and passes for a word; a rule that is wrong misses nearly all.
        if found * 20 < tried * 17 {
            missed.push(format!("{}: {found} of {tried}", rule.id));
        }
    }
    assert!(missed.is_empty(), "{missed:#?}");
}

#[test]
fn a_sample_is_named_by_its_own_rule_or_by_one_of_the_same_provider() {
    let mut wrong = Vec::new();
    for rule in Rule::all().iter().filter(|rule| rule.confidence > Confidence::Low) {
        let mut random = random(rule, 2);
        let token = rule.sample(&mut random);
        let text = rule.in_context(&token);
        if let Some(finding) = scan(&text).first().filter(|finding| finding.rule.provider != rule.provider) {
            wrong.push(format!("{} is named {}", rule.id, finding.rule.id));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_live_rule_with_a_shape_of_its_own_warns() {
    let (destination, settings) =
        (Destination::new("https://chat.example/", "https://chat.example/"), Settings::default());
    for rule in Rule::all().iter().filter(|rule| rule.kind == Kind::Live && rule.confidence > Confidence::Low) {
        let mut random = random(rule, 3);
        let warns = (0..SAMPLES)
            .filter(|_| {
                let text = rule.in_context(&rule.sample(&mut random));
                scan(&text).iter().any(|finding| judge(finding, &destination, &settings) >= Verdict::Warn)
            })
            .count();
        assert!(warns * 20 >= SAMPLES * 17, "{}: {warns} of {SAMPLES} warn", rule.id);
    }
}

#[test]
fn test_keys_are_noted_and_publishable_keys_pass() {
    let (destination, settings) =
        (Destination::new("https://chat.example/", "https://chat.example/"), Settings::default());
    for rule in Rule::all().iter().filter(|rule| rule.kind != Kind::Live) {
        let mut random = random(rule, 4);
        let text = rule.in_context(&rule.sample(&mut random));
        let strongest = scan(&text).iter().map(|finding| judge(finding, &destination, &settings)).max();
        let allowed = if rule.kind == Kind::Test { Verdict::Note } else { Verdict::Allow };
        assert!(strongest.is_none_or(|verdict| verdict <= allowed), "{}: {strongest:?}", rule.id);
    }
}

#[test]
fn every_rule_is_silent_on_its_misses() {
    for rule in Rule::all() {
        for miss in rule.misses.iter() {
            assert!(!scan(miss).iter().any(|finding| finding.rule == rule), "{} finds {miss:?}", rule.id);
        }
    }
}

#[test]
fn a_character_that_the_shape_does_not_allow_silences_a_rule() {
    let mut loud = Vec::new();
    for rule in Rule::all() {
        let mut random = random(rule, 5);
        let token = rule.sample(&mut random);
        for miss in keystay::sample::near_misses(&token, &rule.pattern, &mut random) {
            let text = rule.in_context(&miss);
            let full = scan(&text).into_iter().find(|finding| {
                finding.rule == rule && finding.span.len() >= token.len() && finding.confidence > Confidence::Medium
            });
            loud.extend(full.map(|_| format!("{}: {} characters", rule.id, miss.len())));
        }
    }
    assert!(loud.is_empty(), "{loud:#?}");
}

#[test]
fn a_broken_proof_never_warns() {
    let (destination, settings) =
        (Destination::new("https://chat.example/", "https://chat.example/"), Settings::default());
    for rule in Rule::all().iter().filter(|rule| rule.proof.is_some()) {
        let mut random = random(rule, 6);
        let proof = rule.proof.expect("rules without one were filtered out");
        for _ in 0..SAMPLES {
            let token = rule.sample(&mut random);
            let middle = token.len() / 2;
            let Some(old) = token[middle..].chars().next() else { continue };
            let new = if old == 'k' { 'q' } else { 'k' };
            let broken = format!("{}{new}{}", &token[..middle], &token[middle + old.len_utf8()..]);
            if proof.check(&broken, 0) != Outcome::Breaks {
                continue;
            }
            let verdicts = scan(&broken).into_iter().filter(|finding| finding.rule == rule);
            for finding in verdicts {
                assert!(
                    judge(&finding, &destination, &settings) <= Verdict::Note,
                    "{} warns on a broken proof",
                    rule.id
                );
            }
        }
    }
}

#[test]
fn a_proof_that_holds_is_certain_even_when_the_token_is_glued_to_other_text() {
    let mut random = fastrand::Rng::with_seed(7);
    let rule = Rule::named("github-pat-classic").expect("the first set has GitHub's classic token");
    let token = rule.sample(&mut random);
    for text in [format!("abc{token}"), format!("{token}xyz"), format!("\\n{token}\\n"), format!("a%3D{token}%26b")] {
        let findings = scan(&text);
        assert!(covers(&findings, &text, &token), "{text}");
        assert_eq!(findings[0].confidence, Confidence::Certain);
    }
}

#[test]
fn rules_with_context_words_reach_a_value_on_either_side_and_not_further() {
    for rule in Rule::all().iter().filter(|rule| rule.needs_context() && rule.near == Near::Anywhere) {
        let mut random = random(rule, 8);
        let word = rule.context[0].as_ref();
        let tokens: Vec<String> = (0..SAMPLES).map(|_| rule.sample(&mut random)).collect();
        for place in ["my {word} key is {token}", "{token} is the one for {word}"] {
            let seen = |token: &&String| {
                let text = place.replace("{word}", word).replace("{token}", token);
                covers(&scan(&text), &text, token)
            };
            let seen = tokens.iter().filter(seen).count();
            assert!(
                seen * 20 >= SAMPLES * 17,
                "{}: {word} beside its value is seen {seen} of {SAMPLES} times",
                rule.id
            );
        }
        let token = &tokens[0];
        let far = format!("{word}{}{token}", " .".repeat(keystay::scan::REACH));
        assert!(!scan(&far).iter().any(|finding| finding.rule == rule), "{}: {word} reaches too far", rule.id);
    }
}

#[test]
fn beside_a_word_for_a_credential_a_value_is_found_however_it_is_said() {
    let said = [
        "my {word} key is {token}",
        "use this token for {word}: {token}",
        "{token} is the secret for {word}",
        "| {word} | API key | {token} |",
        "curl -u me:{token} https://{word}/v1",
        "https://{word}/v1?token={token}",
    ];
    for rule in Rule::all().iter().filter(|rule| rule.near == Near::Credential) {
        let mut random = random(rule, 9);
        let word = rule.context.iter().find(|word| !word.ends_with('_')).unwrap_or(&rule.context[0]);
        for place in said {
            let seen = (0..SAMPLES).filter(|_| {
                let token = rule.sample(&mut random);
                let text = place.replace("{word}", word).replace("{token}", &token);
                covers(&scan(&text), &text, &token)
            });
            let seen = seen.count();
            assert!(seen * 20 >= SAMPLES * 17, "{}: {place:?} is seen {seen} of {SAMPLES} times", rule.id);
        }
        let credential = ["key", "secret", "token", "auth"].iter().any(|noun| word.contains(noun));
        let token = rule.sample(&mut random);
        for text in [format!("{word} at {token}"), format!("https://git.example/{word}/commit/{token}")] {
            if credential {
                continue;
            }
            assert!(!scan(&text).iter().any(|finding| finding.rule == rule), "{} finds {text:?}", rule.id);
        }
    }
}

#[test]
fn ids_names_and_variables_are_well_formed() {
    for rule in Rule::all() {
        assert!(!rule.name.is_empty() && !rule.name.starts_with("a ") && !rule.name.starts_with("an "), "{}", rule.id);
        let variable = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_';
        assert!(!rule.env.is_empty() && rule.env.chars().all(variable), "{}: {}", rule.id, rule.env);
        assert!(rule.docs.starts_with("https://"), "{}: no page about its keys", rule.id);
        assert!(!rule.revoke.is_empty(), "{}: not said how it is revoked", rule.id);
        for site in rule.sites.iter() {
            assert!(!site.contains("://") && site.contains('.'), "{}: {site} is a host and a path", rule.id);
            // People write to each other on a provider's main host; only a page of it is the key's own.
            let below = site.contains('/') || site.matches('.').count() > 1;
            assert!(below, "{}: {site} is a whole domain", rule.id);
        }
    }
}

#[test]
fn there_are_more_than_four_hundred_and_fifty_types() {
    assert!(Rule::all().len() > 450, "{}", Rule::all().len());
}

#[test]
fn what_a_key_opens_is_said_by_its_rule_and_else_by_its_file() {
    let topic = |id| Rule::named(id).expect("it is a rule").topic;
    assert_eq!(topic("azure-cosmosdb-key"), Topic::Database);
    assert_eq!(topic("azure-storage-account-key"), Topic::Cloud);
    assert_eq!(topic("figma-token"), Topic::Service);
}
