//! What stands where the secret stood: the name of its environment variable, in the form of the code around it.
//!
//! The form is chosen by what is evident near the secret. Where the language reads variables by an expression
//! (`process.env.X`, `os.environ["X"]`) the quotes around the secret go too; where nothing is evident, `$X` says to a person
//! and to a shell what is meant.

use std::ops::Range;

/// Bytes on each side of a secret in which evidence is looked for.
const EVIDENCE: usize = 2048;

/// What a person or a company wants to see in the place of a secret.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Style {
    /// Whatever the code around it needs.
    #[default]
    Code,
    /// `$X`, always.
    Shell,
    /// `[X]`: for people, not for a program.
    Words,
}

/// How the code around a secret reads an environment variable.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    /// `process.env.X`
    Node,
    /// `os.environ["X"]`
    Python,
    /// `${X}`: shell strings, YAML, JSON, Dockerfiles, template strings.
    Braces,
    /// `$X`
    Dollar,
}

/// The bytes of `text` to replace, which take in the quotes where those must go, and what to put there.
#[must_use]
pub fn replacement(text: &str, secret: &Range<usize>, variable: &str, style: Style) -> (Range<usize>, String) {
    match style {
        Style::Code => {}
        Style::Shell => return (secret.clone(), format!("${variable}")),
        Style::Words => return (secret.clone(), format!("[{variable}]")),
    }
    let quote = quotes_around(text, secret);
    match (form(text, secret), quote) {
        (Form::Node, Some('"' | '\'')) => (widened(secret), format!("process.env.{variable}")),
        (Form::Node, Some('`')) => (widened(secret), format!("process.env.{variable}")),
        (Form::Python, Some('"' | '\'')) => (widened(secret), format!("os.environ[\"{variable}\"]")),
        (Form::Braces, _) => (secret.clone(), format!("${{{variable}}}")),
        _ => (secret.clone(), format!("${variable}")),
    }
}

/// The quote that stands directly on both sides of the secret.
fn quotes_around(text: &str, secret: &Range<usize>) -> Option<char> {
    let before = text.get(..secret.start)?.chars().next_back()?;
    let after = text.get(secret.end..)?.chars().next()?;
    (before == after && matches!(before, '"' | '\'' | '`')).then_some(before)
}

fn widened(secret: &Range<usize>) -> Range<usize> {
    secret.start - 1..secret.end + 1
}

fn form(text: &str, secret: &Range<usize>) -> Form {
    let around = nearby(text, secret);
    let line = line_of(text, secret);
    let has = |marks: &[&str]| marks.iter().any(|mark| around.contains(mark));
    let begins = |marks: &[&str]| marks.iter().any(|mark| line.trim_start().starts_with(mark));
    // The line itself says more than what stands around it: a shell line in a text about Python is a shell line.
    if begins(&["export ", "curl ", "$ ", "docker ", "set ", "ENV ", "RUN ", "- "]) {
        return Form::Braces;
    }
    if begins(&["const ", "let ", "var "])
        || has(&["process.env", "require(", "=> {", "import {", "new OpenAI(", "new Anthropic(", "async function"])
    {
        return Form::Node;
    }
    if has(&["os.environ", "import os", "def ", "print(", "elif ", "from openai import", "import requests"])
        || python_call(line)
    {
        return Form::Python;
    }
    if around.starts_with("#!") || has(&["\nexport ", "curl -", "---\n", "services:", "env:"]) || yaml_or_json(line) {
        return Form::Braces;
    }
    Form::Dollar
}

/// `client = Client(api_key="…")` and the like: a keyword argument without spaces around its sign, in a call.
fn python_call(line: &str) -> bool {
    line.split_once('(').is_some_and(|(_, arguments)| {
        arguments
            .split(['='])
            .next()
            .is_some_and(|name| !name.is_empty() && name.bytes().all(|b| b.is_ascii_lowercase() || b == b'_'))
            && arguments.contains("=\"")
    })
}

/// `"key": "…"`, or `key: …` of one word.
fn yaml_or_json(line: &str) -> bool {
    let Some((name, _)) = line.split_once(": ") else { return false };
    let name = name.trim().trim_matches('"');
    !name.is_empty()
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.'))
        && (line.trim_start().starts_with('"') || name.contains('_') || line.starts_with("  "))
}

fn nearby<'a>(text: &'a str, secret: &Range<usize>) -> &'a str {
    let mut start = secret.start.saturating_sub(EVIDENCE);
    let mut end = (secret.end + EVIDENCE).min(text.len());
    while !text.is_char_boundary(start) {
        start += 1;
    }
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[start..end]
}

fn line_of<'a>(text: &'a str, secret: &Range<usize>) -> &'a str {
    let around = nearby(text, secret);
    let offset = secret.start - (around.as_ptr() as usize - text.as_ptr() as usize);
    let start = around[..offset].rfind('\n').map_or(0, |at| at + 1);
    let end = around[offset..].find('\n').map_or(around.len(), |at| at + offset);
    &around[start..end]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn replaced(text: &str) -> String {
        replaced_as(text, Style::Code)
    }

    #[test]
    fn a_style_that_was_chosen_wins_over_the_code_around() {
        let text = "const key = \"SECRET\";";
        assert_eq!(replaced_as(text, Style::Shell), "const key = \"$X_KEY\";");
        assert_eq!(replaced_as(text, Style::Words), "const key = \"[X_KEY]\";");
    }

    fn replaced_as(text: &str, style: Style) -> String {
        let start = text.find("SECRET").expect("the case holds the word SECRET");
        let (range, with) = replacement(text, &(start..start + 6), "X_KEY", style);
        format!("{}{with}{}", &text[..range.start], &text[range.end..])
    }

    #[test]
    fn the_placeholder_takes_the_form_of_the_code_around_it() {
        for (text, expected) in [
            ("const key = \"SECRET\";", "const key = process.env.X_KEY;"),
            ("const key = 'SECRET'", "const key = process.env.X_KEY"),
            ("import os\nclient = Client('SECRET')", "import os\nclient = Client(os.environ[\"X_KEY\"])"),
            ("client = Client(api_key=\"SECRET\")", "client = Client(api_key=os.environ[\"X_KEY\"])"),
            ("export X_KEY=SECRET", "export X_KEY=${X_KEY}"),
            (
                "curl -H \"Authorization: Bearer SECRET\" https://x",
                "curl -H \"Authorization: Bearer ${X_KEY}\" https://x",
            ),
            ("  api_key: SECRET", "  api_key: ${X_KEY}"),
            ("{\n  \"key\": \"SECRET\"\n}", "{\n  \"key\": \"${X_KEY}\"\n}"),
            ("my key is SECRET, does it work?", "my key is $X_KEY, does it work?"),
            ("schlüssel 🔑 SECRET", "schlüssel 🔑 $X_KEY"),
        ] {
            assert_eq!(replaced(text), expected);
        }
    }
}
