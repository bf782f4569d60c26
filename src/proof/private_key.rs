//! Private keys in PEM, OpenSSH and OpenPGP armour.
//!
//! The body must decode and be a whole key: DER of a known kind, OpenSSH's form, or an OpenPGP packet with its checksum. Then the
//! text is a private key beyond doubt. A body that is an ellipsis, asterisks or any other filling, or is much shorter
//! than it says, is documentation, and breaks. One that lost little is doubtful, since it was a key: a line that was
//! damaged, or, where there is no END line, anything up to half of it that was not copied.
//!
//! Keys encrypted in the old way (RFC 1421 headers) hide their structure: they only fit.

use super::decoded::{to_base64, to_padded_base64};
use super::der::build;
use super::fact::Fact;
use super::pem::{Block, Body, lines};
use super::{Outcome, der, openssh, pgp};

/// The line end that samples get.
pub(super) const NEWLINE: &str = "\n";
/// The smallest private keys, Ed25519 in PKCS#8, have 48 bytes.
const SMALLEST: usize = 40;
/// Bits of the largest numbers that keys are made of.
const LARGEST: u32 = 1 << 16;

/// Judges a text that holds a private key block.
pub(super) fn check(text: &str) -> Outcome {
    let Some(block) = Block::find(text) else { return Outcome::Silent };
    let Some(body) = Body::read(block.body, !block.closed) else { return Outcome::Breaks };
    let decoded = body.decode();
    let Some(decoded) = decoded.filter(|decoded| decoded.bytes().len() >= SMALLEST) else { return Outcome::Breaks };
    let bytes = decoded.bytes();
    if block.label.contains("PGP") {
        return pgp::check(bytes, body.checksum.as_deref());
    }
    if body.encrypted {
        // Block ciphers give multiples of eight bytes.
        return if bytes.len().is_multiple_of(8) { Outcome::Fits } else { Outcome::Breaks };
    }
    let cut = |whole: usize| {
        // In percent. Documentation keeps a line or two; a closed block that lost little was damaged on its way.
        let least = if block.closed { 90 } else { 50 };
        if bytes.len() * 100 >= whole.saturating_mul(least) { Outcome::Doubtful } else { Outcome::Breaks }
    };
    match openssh::shape(bytes) {
        openssh::Shape::Key => return Outcome::Holds,
        openssh::Shape::Cut(whole) => return cut(whole),
        openssh::Shape::Wrong => return Outcome::Breaks,
        openssh::Shape::Other => {}
    }
    // Words of ordinary text may follow an open block and read like base64.
    match der::shape(if block.closed { bytes } else { der::first_element(bytes) }) {
        der::Shape::Key => Outcome::Holds,
        der::Shape::Sequence => Outcome::Fits,
        der::Shape::Cut(whole) => cut(whole),
        der::Shape::Other => Outcome::Breaks,
    }
}

/// The key's kind and size, and whether a password protects it. A key that is not whole tells nothing.
pub(super) fn tells(text: &str) -> Vec<Fact> {
    if !matches!(check(text), Outcome::Holds | Outcome::Fits) {
        return Vec::new();
    }
    let Some(Kind { algorithm, bits, encrypted }) = kind(text) else { return Vec::new() };
    let key = algorithm.map(|algorithm| Fact::Key { algorithm, bits });
    key.into_iter().chain([Fact::Password { needed: encrypted }]).collect()
}

fn kind(text: &str) -> Option<Kind> {
    let block = Block::find(text)?;
    let body = Body::read(block.body, !block.closed)?;
    let decoded = body.decode()?;
    let bytes = decoded.bytes();
    if block.label.contains("PGP") {
        return pgp::kind(bytes);
    }
    if body.encrypted {
        // Nothing but the label is readable.
        let algorithm = ["RSA", "DSA", "EC"].into_iter().find(|&name| block.label.split(' ').next() == Some(name));
        return Some(Kind { algorithm, ..Kind::encrypted() });
    }
    openssh::kind(bytes).or_else(|| der::kind(der::first_element(bytes)))
}

/// What a key says about itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Kind {
    pub(super) algorithm: Option<&'static str>,
    pub(super) bits: Option<u32>,
    pub(super) encrypted: bool,
}

impl Kind {
    /// A key that no password protects.
    pub(super) const fn new(algorithm: &'static str, bits: Option<u32>) -> Kind {
        Kind { algorithm: Some(algorithm), bits, encrypted: false }
    }

    /// A key of which nothing can be read.
    pub(super) const fn encrypted() -> Kind {
        Kind { algorithm: None, bits: None, encrypted: true }
    }
}

/// The size of a big-endian number. A size that no key has is none.
pub(super) fn bits(number: &[u8]) -> Option<u32> {
    let first = number.iter().position(|&byte| byte != 0)?;
    let (&leading, rest) = number.get(first..)?.split_first()?;
    let bits = u32::try_from(rest.len()).ok()?.checked_mul(8)?.checked_add(u8::BITS - leading.leading_zeros())?;
    (bits <= LARGEST).then_some(bits)
}

/// Puts a key of the kind that the label names between the sample's BEGIN and END lines, in lines that end in `newline`
/// unless the sample's own are the two characters `\n`.
pub(super) fn complete(text: &str, newline: &str, random: &mut impl FnMut() -> u64) -> Option<String> {
    let block = Block::find(text)?;
    let newline = if block.body.contains("\\n") { "\\n" } else { newline };
    let (before, after) = (text.get(..block.at.start)?, text.get(block.at.end..)?);
    let label = block.label;
    let body = if label.contains("PGP") {
        let bytes = pgp::key(random);
        let checksum = to_base64(pgp::crc24(&bytes).to_be_bytes().get(1..)?);
        format!("{newline}{}={checksum}{newline}", lines(&to_padded_base64(&bytes), 64, newline))
    } else if label.contains("OPENSSH") {
        lines(&to_padded_base64(&openssh::key(random)), 70, newline)
    } else {
        let kind = match label {
            label if label.contains("ENCRYPTED") => build::Kind::Encrypted,
            label if label.contains("RSA") => build::Kind::Rsa,
            label if label.contains("DSA") => build::Kind::Dsa,
            label if label.contains("EC") => build::Kind::Ec,
            _ => build::Kind::Pkcs8,
        };
        lines(&to_padded_base64(&build::key(kind, random)), 64, newline)
    };
    // A pattern that asks for no END line may allow none.
    let end = if block.closed || text.ends_with("-----") { format!("-----END {label}-----") } else { String::new() };
    Some(format!("{before}-----BEGIN {label}-----{body}{end}{after}"))
}

#[cfg(test)]
mod tests {
    use super::super::random;
    use super::*;

    const LABELS: [&str; 7] = ["RSA", "EC", "DSA", "ENCRYPTED", "OPENSSH", "PGP", ""];

    fn block(kind: &str, body: &str) -> String {
        let tail = if kind == "PGP" { " BLOCK" } else { "" };
        let label = format!("{kind} PRIVATE KEY{tail}");
        let label = label.trim_start();
        format!("-----BEGIN {label}-----{body}-----END {label}-----")
    }

    fn sample(kind: &str, newline: &str, seed: u64) -> String {
        complete(&block(kind, "filling"), newline, &mut random::fixed(seed)).unwrap_or_default()
    }

    #[test]
    fn every_kind_holds_however_its_lines_end() {
        for kind in LABELS {
            for newline in ["\n", "\r\n", "\\n", "\\r\\n", "\n    ", " ", "\\n\" +\n\"", "\n> "] {
                let text = sample(kind, newline, 43);
                assert_eq!(check(&text), Outcome::Holds, "{kind} {newline:?}");
            }
        }
    }

    #[test]
    fn a_key_tells_its_kind_and_whether_a_password_protects_it() {
        let needed = |needed| Fact::Password { needed };
        let rsa = |bits| Fact::Key { algorithm: "RSA", bits };
        for (label, expected) in [
            ("RSA", vec![rsa(Some(2048)), needed(false)]),
            ("", vec![rsa(Some(2048)), needed(false)]),
            ("PGP", vec![rsa(Some(2048)), needed(false)]),
            ("EC", vec![Fact::Key { algorithm: "EC", bits: Some(256) }, needed(false)]),
            ("DSA", vec![Fact::Key { algorithm: "DSA", bits: Some(2048) }, needed(false)]),
            ("OPENSSH", vec![Fact::Key { algorithm: "Ed25519", bits: None }, needed(false)]),
            ("ENCRYPTED", vec![needed(true)]),
        ] {
            assert_eq!(tells(&sample(label, "\n", 103)), expected, "{label}");
        }
        let headers = "\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,0123456789ABCDEF\n\n";
        let body = to_padded_base64(&random::bytes(1200, &mut random::fixed(61)));
        assert_eq!(tells(&block("RSA", &format!("{headers}{body}\n"))), [rsa(None), needed(true)]);
        assert_eq!(tells(&block("RSA", "\n...\n")), []);
        let public = sample("RSA", "\n", 103).replace("PRIVATE", "PUBLIC");
        assert_eq!((check(&public), tells(&public)), (Outcome::Silent, vec![]));
    }

    #[test]
    fn fillings_and_cut_bodies_break() {
        for filling in [
            "\n...\n",
            "\n***\n",
            "\nxxx\n",
            "\nMIIE...\n",
            "\\n...\\n",
            "",
            "\nYWJjZGVmZ2hpamtsbW5vcHFyc3R1dnd4eXo=\n",
        ] {
            assert_eq!(check(&block("RSA", filling)), Outcome::Breaks, "{filling:?}");
        }
        for kind in LABELS {
            let text = sample(kind, "\n", 47);
            let lines: Vec<&str> = text.lines().collect();
            let (first, last) = (&lines[..2], &lines[lines.len() - 2..]);
            assert_eq!(check(&[first, last].concat().join("\n")), Outcome::Breaks, "{kind}");
        }
        assert_eq!(check("no key at all"), Outcome::Silent);
    }

    #[test]
    fn a_key_that_lost_one_line_of_many_is_doubtful() {
        for kind in ["RSA", "ENCRYPTED", "DSA", ""] {
            let text = sample(kind, "\n", 101);
            let mut lines: Vec<&str> = text.lines().collect();
            lines.remove(lines.len() / 2);
            assert_eq!(check(&lines.join("\n")), Outcome::Doubtful, "{kind}");
        }
    }

    #[test]
    fn a_key_copied_without_its_last_line_is_doubtful_and_its_beginning_alone_is_not_a_key() {
        for kind in ["RSA", "OPENSSH", ""] {
            let text = sample(kind, "\n", 53);
            let lines: Vec<&str> = text.lines().collect();
            assert_eq!(
                check(&lines[..lines.len() - 1].join("\n")),
                Outcome::Holds,
                "{kind}: only the END line is missing"
            );
            assert_eq!(check(&lines[..lines.len() - 2].join("\n")), Outcome::Doubtful, "{kind}");
        }
        for kind in ["RSA", "EC", ""] {
            let text = sample(kind, "\n", 53);
            let open = text.get(..text.rfind("-----END").unwrap_or_default()).unwrap_or_default();
            assert_eq!(check(&format!("{open}please use this key\nit works")), Outcome::Holds, "{kind}: words follow");
        }
        assert_eq!(check("if (pem.startsWith(\"-----BEGIN PRIVATE KEY-----\")) { parse(pem) }"), Outcome::Breaks);
        assert_eq!(check(&sample("RSA", "\n", 59)[..120]), Outcome::Breaks);
    }

    #[test]
    fn keys_encrypted_in_the_old_way_fit() {
        let headers = "\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,0123456789ABCDEF\n\n";
        let body = to_padded_base64(&random::bytes(1200, &mut random::fixed(61)));
        assert_eq!(check(&block("RSA", &format!("{headers}{body}\n"))), Outcome::Fits);
        assert_eq!(check(&block("RSA", &format!("{headers}{}\n", &body[4..]))), Outcome::Breaks);
    }
}
