//! The text around a private key: BEGIN and END lines, base64 between them, and what pasting does to it.
//!
//! The form is that of RFC 7468 (<https://www.rfc-editor.org/rfc/rfc7468>), with the headers of RFC 1421 and the checksum line
//! of OpenPGP armour. Keys travel through source code, JSON, YAML and mail, so lines may be separated by the two characters
//! `\n`, indented, quoted, concatenated with `+`, or marked with `>`; none of that belongs to base64, and all of it is
//! removed. Anything else that is not base64 shows that a person took the body out.

use super::decoded::Decoded;

/// The parts of a block, as ranges of one text.
pub(super) struct Block<'a> {
    /// What stands between BEGIN and the dashes after it.
    pub(super) label: &'a str,
    /// From the dashes of BEGIN to the last of END, or to the end of the text if there is no END.
    pub(super) at: std::ops::Range<usize>,
    /// What stands between the two lines.
    pub(super) body: &'a str,
    /// Whether an END line closes the block.
    pub(super) closed: bool,
}

const BEGIN: &str = "-----BEGIN ";
const END: &str = "-----END ";
const DASHES: &str = "-----";

impl<'a> Block<'a> {
    /// The first block of a private key in the text.
    pub(super) fn find(text: &'a str) -> Option<Block<'a>> {
        let (start, label) = text.match_indices(BEGIN).find_map(|(start, _)| {
            let after_begin = text.get(start + BEGIN.len()..)?;
            let label = after_begin.get(..after_begin.find(DASHES)?)?;
            label.contains("PRIVATE KEY").then_some((start, label))
        })?;
        let label_at = start + BEGIN.len();
        let body_at = label_at + label.len() + DASHES.len();
        let rest = text.get(body_at..)?;
        let Some(body) = rest.find(END).and_then(|end| rest.get(..end)) else {
            return Some(Block { label, at: start..text.len(), body: rest, closed: false });
        };
        let end_label = rest.get(body.len() + END.len()..)?;
        let (end_label, closed) =
            end_label.find(DASHES).map_or((end_label.len(), false), |end| (end + DASHES.len(), true));
        let end = body_at + body.len() + END.len() + end_label;
        Some(Block { label, at: start..end, body, closed })
    }
}

/// What is left of a body when its lines are cleaned.
pub(super) struct Body {
    /// The base64 characters of all lines, without padding.
    base64: String,
    /// The four characters of an OpenPGP checksum.
    pub(super) checksum: Option<String>,
    /// Whether a header says that the DER is encrypted.
    pub(super) encrypted: bool,
}

impl Body {
    /// Reads a body. Nothing if a line is neither base64 nor a header. Without an END line, `open`, what follows the first
    /// such line is ordinary text and is left out.
    pub(super) fn read(text: &str, open: bool) -> Option<Body> {
        let mut body = Body { base64: String::with_capacity(text.len()), checksum: None, encrypted: false };
        let real = unescaped(text);
        for line in std::str::from_utf8(real.bytes()).ok()?.split(['\n', '\r']).map(bare) {
            match body.take(line) {
                true => {}
                false if open => break,
                false => return None,
            }
        }
        Some(body)
    }

    fn take(&mut self, line: &str) -> bool {
        if line.contains(':') {
            self.encrypted |= line.contains("ENCRYPTED");
            return true;
        }
        let is_body = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=' | b' ' | b'\t');
        if !line.bytes().all(is_body) {
            return false;
        }
        // A block on one line has spaces for line ends.
        for word in line.split([' ', '\t']) {
            match word.strip_prefix('=') {
                Some(checksum) if checksum.len() == 4 => self.checksum = Some(checksum.to_owned()),
                _ => self.base64.extend(word.chars().filter(|&character| character != '=')),
            }
        }
        true
    }

    /// The bytes of the body. It may be cut anywhere, and then a single character at the end is no byte.
    pub(super) fn decode(&self) -> Option<Decoded> {
        let length = self.base64.len();
        Decoded::from_base64(self.base64.get(..length - usize::from(length % 4 == 1))?)
    }
}

impl Drop for Body {
    fn drop(&mut self) {
        drop(Decoded::new(std::mem::take(&mut self.base64).into_bytes()));
    }
}

/// The text with `\n`, `\r` and `\t` as two characters made into line ends and spaces, and `\/` into `/`. Escapes of escapes
/// lose one backslash after another. What is left of a backslash stands at the end of a line, where [`bare`] removes it.
fn unescaped(text: &str) -> Decoded {
    let mut bytes = Vec::with_capacity(text.len());
    let mut escaped = false;
    for byte in text.bytes() {
        match (escaped, byte) {
            (_, b'\\') => escaped = true,
            (true, b'n' | b'r') => {
                bytes.push(b'\n');
                escaped = false;
            }
            (true, b't') => {
                bytes.push(b' ');
                escaped = false;
            }
            // A continued line, an escaped quote or slash: the backslash carries nothing.
            (true, b'\n' | b'\r' | b'/' | b'"' | b'\'' | b'=' | b' ') | (false, _) => {
                bytes.push(byte);
                escaped = false;
            }
            (true, _) => {
                // No escape that a key passes through: keep it, so that the line is not taken for base64.
                bytes.extend([b'\\', byte]);
                escaped = false;
            }
        }
    }
    Decoded::new(bytes)
}

/// A line without indentation, quotation marks and the signs that put quoted lines together or mark them as quoted.
fn bare(line: &str) -> &str {
    let mut line = line.trim();
    for mark in ["> ", "# ", "// ", "* ", "- ", "+ "] {
        line = line.strip_prefix(mark).unwrap_or(line).trim_start();
    }
    line = line.trim_start_matches(['>', '|']).trim_start();
    // Base64 may end in a plus, so one is an operator only behind a quotation mark or a space.
    if let Some(before) = line.strip_suffix('+').filter(|before| before.ends_with(['"', '\'', '`', ' '])) {
        line = before.trim_end();
    }
    line.trim_matches(|character: char| matches!(character, '"' | '\'' | '`' | ',' | ';' | ' ' | '\t'))
}

/// Armour for a sample: lines of `width` characters between `newline`s.
pub(super) fn lines(base64: &str, width: usize, newline: &str) -> String {
    let mut text = String::from(newline);
    for (place, character) in base64.chars().enumerate() {
        if place > 0 && place % width == 0 {
            text.push_str(newline);
        }
        text.push(character);
    }
    text.push_str(newline);
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<String> {
        Body::read(text, false).map(|body| body.base64.clone())
    }

    #[test]
    fn a_body_survives_what_pasting_does_to_it() {
        for text in [
            "\nAb+/\nCd+=\n",
            "\r\n  Ab+/\r\n  Cd+=\r\n",
            "\\nAb+/\\nCd+=\\n",
            "\\\\nAb+/\\\\nCd+=\\\\n",
            "\\r\\nAb+\\/\\r\\nCd+=\\r\\n",
            "\" +\n\"Ab+/\" +\n    \"Cd+=\" +\n\"",
            "\\n\" +\n\"Ab+/\\n\" +\n\"Cd+=\\n\" +\n\"",
            "\n> Ab+/\n> Cd+=\n> ",
            "\\\nAb+/\\\nCd+=\\\n",
            " Ab+/ Cd+= ",
            "\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\nAb+/\nCd+=\n",
        ] {
            assert_eq!(read(text).as_deref(), Some("Ab+/Cd+"), "{text:?}");
        }
    }

    #[test]
    fn a_body_that_a_person_took_out_is_none() {
        for text in [
            "\n...\n",
            "\nMIIE...\n",
            "\nMIIE\u{2026}\n",
            "\n***\n",
            "\n<key>\n",
            "\n${KEY}\n",
            "\n[redacted]\n",
            "\\q\n",
        ] {
            assert_eq!(read(text), None, "{text:?}");
        }
    }

    #[test]
    fn a_block_without_end_line_stops_at_ordinary_text() {
        let text = "-----BEGIN PRIVATE KEY-----\nAb+/\nCd+=\nis it, yes?";
        let block =
            Block::find(text).map(|block| (block.closed, Body::read(block.body, true).map(|body| body.base64.clone())));
        assert_eq!(block, Some((false, Some("Ab+/Cd+".to_owned()))));
    }

    #[test]
    fn a_block_ends_with_its_end_line() {
        let text = "x -----BEGIN RSA PRIVATE KEY-----\nAb\n-----END RSA PRIVATE KEY----- y";
        let block = Block::find(text).map(|block| (block.label, block.body, &text[block.at]));
        assert_eq!(block, Some(("RSA PRIVATE KEY", "\nAb\n", text.trim_start_matches("x ").trim_end_matches(" y"))));
        let second = format!("-----BEGIN CERTIFICATE-----\nAb\n-----END CERTIFICATE-----\n{text}");
        assert_eq!(Block::find(&second).map(|block| block.body), Some("\nAb\n"));
        assert!(Block::find("-----BEGIN PUBLIC KEY-----").is_none());
        assert!(Block::find("-----BEGIN PRIVATE KEY").is_none());
    }
}
