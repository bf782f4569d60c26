//! The proofs against published examples, and against any text.
//!
//! The examples are in a folder beside the repository, which is never copied into it. Without the folder the test says that
//! it is skipped.

use std::collections::BTreeMap;
use std::path::Path;

use keystay::proof::{Outcome, Proof};
use proptest::prelude::*;
use regex::Regex;
use serde_json::Value;

const FILES: [&str; 5] = ["synth_valid", "gitleaks", "noseyparker", "secretlint", "detect-secrets"];
/// In November 2026: no claim of an example was made to end then.
const NOW: u64 = 1_795_000_000;

/// The corpora's name of a checksum, the proof, and where its tokens are in a text.
const CHECKSUMS: [(&str, Proof, &str); 14] = [
    ("github-crc32-base62", Proof::Crc32Base62, r"gh[pousr]_(?:[A-Za-z0-9]{76}|[A-Za-z0-9]{36})"),
    ("npm-crc32-base62", Proof::Crc32Base62, "npm_[A-Za-z0-9]{36}"),
    ("vercel-crc32-base62", Proof::Crc32Base62, r"vc[piark]_[\w-]{40,56}"),
    ("github-pat-sha256-base32", Proof::GithubFineGrained, "github_pat_[A-Za-z0-9]{22}_[A-Za-z0-9]{59}"),
    ("gitlab-routable-crc32-base36", Proof::GitlabRoutable, r"gl[a-z]+-[\w-]{20,}\.01\.[0-9a-z]{9}"),
    ("gitlab-routable-unversioned-crc32-base36", Proof::GitlabRoutable, r"gl[a-z]+-[\w-]{20,}\.[0-9a-z]{9}"),
    ("atlassian-crc32-hex", Proof::AtlassianCrc32, r"AT[AC]TT3[\w=-]+=[A-F0-9]{8}"),
    ("atlassian-crc32-hex", Proof::BitbucketAppPassword, "ATBB[A-Za-z0-9]{32}"),
    ("grafana-crc32le-hex", Proof::GrafanaCrc32, "glsa_[A-Za-z0-9]{32}_[A-Fa-f0-9]{8}"),
    ("cloudflare-crc32-hex", Proof::CloudflareCrc32, "cf(?:k|ut|at)_[A-Za-z0-9]{48}"),
    ("zuplo-crc32-hex", Proof::ZuploCrc32, "zpka_[a-z0-9]{32}_[a-f0-9]{8}"),
    ("confluent-crc32le-base64", Proof::ConfluentCrc32, "cflt[A-Za-z0-9+/]{60}"),
    ("azure-marvin32", Proof::AzureIdentifiable, r"[A-Za-z0-9+/]{76}\+ASt[A-Za-z0-9+/]{6}=="),
    ("azure-cask-marvin32", Proof::AzureCask, "[A-Za-z0-9]{52}JQQJ99[A-Za-z0-9]{26}"),
];
const ENTRA: (&str, Proof, &str) =
    ("entra-marvin32-base66", Proof::EntraSecret, r"[A-Za-z0-9_.~-]{3}[78]Q~[A-Za-z0-9_.~-]{34}");

/// What the proof said about the rows of one checksum.
#[derive(Default)]
struct Count {
    accepted: usize,
    refused: usize,
    other_length: usize,
}

/// The rows of the corpora, or a word that they are not there.
fn rows(test: &str) -> Option<Vec<(&'static str, Value)>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpora");
    if !folder.is_dir() {
        eprintln!("skipped: {test} needs ../shared/corpora");
        return None;
    }
    let read = |file: &'static str| {
        let text = std::fs::read_to_string(folder.join(format!("{file}.jsonl"))).expect("the folder has all files");
        let rows = text.lines().map(|line| serde_json::from_str(line).expect("each line is an object"));
        rows.map(|row| (file, row)).collect::<Vec<_>>()
    };
    Some(FILES.into_iter().flat_map(read).collect())
}

#[test]
fn every_example_with_a_right_checksum_is_accepted_and_every_other_refused() {
    let Some(rows) = rows("every_example_with_a_right_checksum_is_accepted_and_every_other_refused") else { return };
    let mut counts: BTreeMap<(&str, &str, &str, &str), Count> = BTreeMap::new();
    let mut wrong = Vec::new();
    let shapes: Vec<(&str, Proof, Regex)> = CHECKSUMS
        .into_iter()
        .chain([ENTRA])
        .map(|(name, proof, shape)| (name, proof, Regex::new(shape).expect("it parses")))
        .collect();
    for (file, row) in &rows {
        let Some(claims) = row["checksum"].as_object() else { continue };
        let text = row["text"].as_str().unwrap_or_default();
        for (name, claim) in claims {
            let claim = if claim == "ok" { "ok" } else { "bad" };
            let outcomes: Vec<(Proof, Outcome)> = shapes
                .iter()
                .filter(|(known, ..)| known == name)
                .flat_map(|(_, proof, shape)| {
                    shape.find_iter(text).map(|token| (*proof, proof.check(token.as_str(), NOW)))
                })
                .collect();
            let Some((proof, _)) = outcomes.first() else {
                wrong.push(format!("{}: no token of {name}", row["id"]));
                continue;
            };
            let known = shapes.iter().map(|(known, ..)| *known).find(|known| known == name).unwrap_or_default();
            let count = counts.entry((file, known, proof.name(), claim)).or_default();
            let holds = outcomes.iter().any(|(_, outcome)| *outcome == Outcome::Holds);
            let breaks = outcomes.iter().all(|(_, outcome)| *outcome == Outcome::Breaks);
            match (holds, breaks) {
                (true, _) => count.accepted += 1,
                (false, true) => count.refused += 1,
                (false, false) => count.other_length += 1,
            }
            if holds != (claim == "ok") {
                wrong.push(format!("{}: {name} is {claim}, and the proof said {:?}", row["id"], outcomes[0].1));
            }
        }
    }
    for ((file, checksum, proof, claim), count) in &counts {
        let Count { accepted, refused, other_length } = count;
        println!(
            "{file}: {checksum} {claim} → {proof}: {accepted} accepted, {refused} refused, {other_length} of another length"
        );
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(counts.len() > 30, "the corpora have shrunk");
}

proptest! {
    #[test]
    fn every_proof_answers_to_any_text_and_cuts_no_character(text in texts(), now: u64, seed: u64) {
        for proof in Proof::ALL {
            proof.check(&text, now);
            prop_assert!(text.get(proof.secret(&text)).is_some());
            proof.tells(&text, 0..text.len(), now);
            proof.tells(&text, text.len()..text.len() + 1, now);
            let mut random = fastrand::Rng::with_seed(seed);
            let completed = proof.complete(&text, &mut || random.u64(..));
            prop_assert!(completed.get(proof.secret(&completed)).is_some());
        }
    }
}

/// Any text, and texts of pieces on which proofs decide.
fn texts() -> impl Strategy<Value = String> {
    const PIECES: &[&str] = &[
        "ghp_",
        "github_pat_",
        "ghs_1_",
        "glpat-",
        ".01.",
        "ATATT3",
        "ATBB",
        "cfk_",
        "glsa_",
        "zpka_",
        "cflt",
        "+ASt",
        "JQQJ99",
        "8Q~",
        "AKIA",
        "AKCp",
        "cmVmdGtu",
        "SU",
        "5H",
        "sk.eyJ",
        "ABSK",
        "bedrock-api-key-",
        "eyJ",
        ".",
        "=",
        "==",
        "pypi-",
        "AgEI",
        "-----BEGIN ",
        "PRIVATE KEY-----",
        "RSA ",
        "PGP ",
        "-----END ",
        "MIIE",
        "\n",
        "\\n",
        "\\",
        "AGE-SECRET-KEY-1",
        "://",
        ":",
        "@",
        "/",
        "%",
        "%4",
        "Basic ",
        "Bearer ",
        "${",
        "\u{e9}",
        "\u{1f511}",
        "\u{0}",
        "0",
        "A",
        "\"",
        "+",
    ];
    let piece = prop_oneof![
        4 => proptest::sample::select(PIECES).prop_map(str::to_owned),
        2 => "[A-Za-z0-9+/_-]{0,90}",
        1 => ".{0,20}",
    ];
    prop_oneof![proptest::collection::vec(piece, 0..16).prop_map(|pieces| pieces.concat()), any::<String>()]
}
