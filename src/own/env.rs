//! `.env` files: names and values.
//!
//! There is no standard; this reads what shells, Docker and the dotenv libraries agree on. A line is `NAME=value`, perhaps behind
//! `export`; a value in single quotes is taken as it is, in double quotes with `\n`, `\r`, `\t`, `\"`, `\\` and `\$` undone, both
//! over several lines if need be; without quotes it ends at the line's end or at ` #`. A value that only names another
//! variable is none.

use zeroize::Zeroizing;

/// The assignments of a text in their order, without those that are empty or name another variable.
pub fn assignments(text: &str) -> Vec<(&str, Zeroizing<String>)> {
    let mut found = Vec::new();
    let mut rest = text.strip_prefix('\u{feff}').unwrap_or(text);
    while !rest.is_empty() {
        let (line, behind) = line(rest);
        rest = behind;
        let Some((name, value)) = assignment(line) else { continue };
        let offset = value.as_ptr() as usize - text.as_ptr() as usize;
        let value = match quoted(&text[offset..]) {
            Some((value, length)) => {
                let (_, behind) = self::line(&text[offset + length..]);
                rest = behind;
                value
            }
            None => unquoted(value),
        };
        if !value.trim().is_empty() && !is_reference(value.trim()) {
            found.push((name, value));
        }
    }
    found
}

fn line(text: &str) -> (&str, &str) {
    text.split_once('\n').unwrap_or((text, ""))
}

fn assignment(line: &str) -> Option<(&str, &str)> {
    let line = line.trim_start();
    let line = line.strip_prefix("export").filter(|rest| rest.starts_with([' ', '\t'])).unwrap_or(line);
    let (name, value) = line.split_once('=')?;
    let name = name.trim();
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b'-');
    (!name.is_empty() && name.bytes().all(plain)).then(|| (name, value.trim_start_matches([' ', '\t'])))
}

/// The value in quotes that a text begins with, and its length with its quotes; none when the quote is never closed.
fn quoted(text: &str) -> Option<(Zeroizing<String>, usize)> {
    let quote = text.chars().next().filter(|quote| matches!(quote, '"' | '\'' | '`'))?;
    let end = closing(text, quote)?;
    let inside = &text[1..end];
    let mut value = Zeroizing::new(String::with_capacity(inside.len()));
    let mut characters = inside.chars();
    while let Some(c) = characters.next() {
        match c {
            '\\' if quote == '"' => match characters.next() {
                Some('n') => value.push('\n'),
                Some('r') => value.push('\r'),
                Some('t') => value.push('\t'),
                Some(same @ ('"' | '\\' | '$')) => value.push(same),
                Some(other) => value.extend(['\\', other]),
                None => value.push('\\'),
            },
            _ => value.push(c),
        }
    }
    Some((value, end + 1))
}

fn closing(text: &str, quote: char) -> Option<usize> {
    let mut escaped = false;
    text.char_indices().skip(1).find_map(|(at, c)| {
        let closes = c == quote && !escaped;
        escaped = quote == '"' && c == '\\' && !escaped;
        closes.then_some(at)
    })
}

fn unquoted(line: &str) -> Zeroizing<String> {
    let end = line.find(" #").or_else(|| line.find("\t#")).unwrap_or(line.len());
    let value = if line.starts_with('#') { "" } else { line[..end].trim() };
    Zeroizing::new(value.to_string())
}

/// `$X`, `${X}`, `${X:-default}`, `$(command)`.
fn is_reference(value: &str) -> bool {
    let name = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    value.contains("${") || value.contains("$(") || value.strip_prefix('$').is_some_and(name)
}

#[cfg(test)]
mod tests {
    use super::assignments;

    fn read(text: &str) -> Vec<(&str, String)> {
        assignments(text).into_iter().map(|(name, value)| (name, value.to_string())).collect()
    }

    #[test]
    fn names_and_values_are_read_as_shells_and_libraries_read_them() {
        for (text, expected) in [
            ("A=one", vec![("A", "one")]),
            ("A = one  \r\nB=two", vec![("A", "one"), ("B", "two")]),
            ("export A=one\n  export\tB=two", vec![("A", "one"), ("B", "two")]),
            ("exported=one", vec![("exported", "one")]),
            ("# A=one\nB=two # three\nC=fo#ur", vec![("B", "two"), ("C", "fo#ur")]),
            ("A='o # n$e \\n'", vec![("A", "o # n$e \\n")]),
            ("A=\"o # \\\"ne\\\" \\$x\\n\" # two\nB=2", vec![("A", "o # \"ne\" $x\n"), ("B", "2")]),
            ("A=\"one\ntwo\nB=no\"\nC=three", vec![("A", "one\ntwo\nB=no"), ("C", "three")]),
            ("A='one\ntwo'\nC=three", vec![("A", "one\ntwo"), ("C", "three")]),
            ("A=\"one\nB=two", vec![("A", "\"one"), ("B", "two")]),
            ("A=a=b=c", vec![("A", "a=b=c")]),
            ("\u{feff}A=one", vec![("A", "one")]),
            ("no assignment\n=x\nA B=c\n", vec![]),
        ] {
            let expected: Vec<(&str, String)> =
                expected.into_iter().map(|(name, value)| (name, value.into())).collect();
            assert_eq!(read(text), expected, "{text:?}");
        }
    }

    #[test]
    fn empty_values_and_references_are_passed_over() {
        assert_eq!(read("A=\nB=\"\"\nC=''\nD= # none\nE=${OTHER}\nF=$OTHER\nG=\"${A:-x}/y\"\nH=$(cat secret)"), []);
    }
}
