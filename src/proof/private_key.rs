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
use super::pem::{Block, Body, lines};
use super::{Outcome, der, openssh, pgp};

/// The line end that samples get.
pub(super) const NEWLINE: &str = "\n";
/// The smallest private keys, Ed25519 in PKCS#8, have 48 bytes.
const SMALLEST: usize = 40;

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
