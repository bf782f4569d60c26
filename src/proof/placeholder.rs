//! Values that stand for a secret instead of being one.
//!
//! Documentation writes `${DB_PASSWORD}`, `<your-token>`, `****` or `changeme` where a reader's own secret goes. A value is
//! judged whole: it is a placeholder if it is a template, a mask, a sequence, or made of nothing but the words below. A real
//! secret that merely contains such a word is kept, since lists that look inside values hide real keys
//! (<https://github.com/trufflesecurity/trufflehog/issues/1953>).

use std::sync::OnceLock;

/// Words of which placeholders are made. Defaults that software ships with are among them: everybody knows those.
const WORDS: &str = "
    a abc abc123 access account actual add admin admin123 administrator an any api apikey app auth bar basic baz
    bearer blah bot change changed changeit changeme client code correct credential credentials data database db
    default demo dev do docker dummy empty encoded enter example fake field fill fixme foo foobar generated
    github goes guest hash here hidden host hunter2 id in insert invalid is it jwt key letmein local localhost
    login long mail masked me mongo mongodb my mysql name new nil no none not null of old openai or oracle org
    p4ssw0rd p@ssw0rd p@ssword pa55w0rd pa55word pass pass123 passcode passphrase passw0rd passwd password
    password1 password123 paste pat personal pg placeholder please postgres postgresql private project proxy
    public put pw pwd qwerty qwertyuiop rabbitmq random real redacted redis removed replace replaced root s3cr3t
    s3cret sa safe sample secret secrets secure sensitive server service set some something staging string
    strong stronger super supersecret temp test test123 tester testing text that the this to todo token tokens
    top undefined unknown unused url use user username value var variable very webhook welcome with word xxx yes
    you your yours yourself
";

/// Those of the words that are real passwords all the same: software ships with them, and everybody tries them first.
const DEFAULTS: &[&str] = &[
    "abc123",
    "admin",
    "admin123",
    "changeit",
    "hunter2",
    "letmein",
    "p4ssw0rd",
    "p@ssw0rd",
    "p@ssword",
    "pa55w0rd",
    "pa55word",
    "pass123",
    "passw0rd",
    "password1",
    "password123",
    "qwerty",
    "qwertyuiop",
    "s3cr3t",
    "s3cret",
    "test123",
];

/// Longer values are not read as words: no placeholder is that long, and the time per value stays bounded.
const LONGEST: usize = 96;

/// Rows of characters that people type instead of thinking, the longest first.
const SEQUENCES: &[&str] = &[
    "0123456789012345678901234567890",
    "abcdefghijklmnopqrstuvwxyz",
    "qwertyuiopasdfghjklzxcvbnm",
    "9876543210987654321",
    "asdfghjkl",
];

/// Whether a value is a placeholder: a template to be filled in, a mask, or words that say "your secret here".
pub fn is_placeholder(value: &str) -> bool {
    let value =
        value.trim_matches(|character: char| character.is_whitespace() || matches!(character, '"' | '\'' | '`'));
    is_template(value) || is_mask(value) || is_constant_name(value) || is_sequence(value) || is_words(value)
}

/// Whether a value is a password that opens what nobody has changed.
pub fn is_default(value: &str) -> bool {
    DEFAULTS.iter().any(|default| default.eq_ignore_ascii_case(value))
}

/// `${X}`, `$X`, `{{ x }}`, `<x>`, `[x]`, `%X%`, `%s`, `#{x}`, `:x`, and code that inserts a variable.
fn is_template(value: &str) -> bool {
    const INSERTIONS: [&str; 18] = [
        "${",
        "$(",
        "{{",
        "}}",
        "#{",
        "<%",
        "%>",
        "%(",
        "\" +",
        "\"+",
        "' +",
        "'+",
        "+'",
        "+\"",
        "process.env",
        "os.environ",
        "secrets.",
        "op://",
    ];
    let between = |open: char, close: char| value.len() > 1 && value.starts_with(open) && value.ends_with(close);
    let name = |text: &str| {
        text.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_')
            && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
    };
    value.is_empty()
        || between('<', '>')
        || between('{', '}')
        || between('[', ']')
        || between('%', '%')
        || between('(', ')')
        || between('_', '_') && value.starts_with("__") && value.ends_with("__")
        || matches!(value, "%s" | "%v" | "%d" | "%q" | "?" | "{}" | "$")
        || value.strip_prefix(['$', ':', '@']).is_some_and(|rest| name(rest) && !has_letters_and_digits_mixed(rest))
        // Each of them has a mark in it.
        || value.contains(|mark: char| !mark.is_ascii_alphanumeric())
            && INSERTIONS.iter().any(|insertion| value.contains(insertion))
}

/// Variables are `$PGPASSWORD` or `$db_password_2`; a password that begins with a dollar has digits between its letters.
fn has_letters_and_digits_mixed(text: &str) -> bool {
    let bare = text.trim_end_matches(|last: char| last.is_ascii_digit());
    bare.bytes().any(|byte| byte.is_ascii_digit())
}

/// One character over and over, an ellipsis, or a run of four or more x, asterisks, dots and the like.
fn is_mask(value: &str) -> bool {
    let bytes = value.as_bytes();
    if value.contains(['\u{2026}', '\u{2022}']) || bytes.windows(3).any(|three| three == b"..." || three == b"***") {
        return true;
    }
    let mut characters = value.chars();
    let same = characters.next().is_some_and(|first| characters.all(|character| character == first));
    same || bytes.windows(4).any(|four| matches!(four, b"xxxx" | b"XXXX" | b"____" | b"????" | b"####"))
}

/// `DB_PASSWORD`, `YOUR-API-KEY`: capitals and separators, no digit.
fn is_constant_name(value: &str) -> bool {
    let bytes = value.as_bytes();
    bytes.iter().any(|byte| matches!(byte, b'_' | b'-'))
        && bytes.iter().all(|byte| byte.is_ascii_uppercase() || matches!(byte, b'_' | b'-'))
}

fn is_sequence(value: &str) -> bool {
    value.len() > 2 && value.len() <= SEQUENCES[0].len() && {
        let lower = value.to_ascii_lowercase();
        SEQUENCES.iter().any(|sequence| sequence.contains(&lower))
    }
}

/// Whether a value is made of placeholders' words and a number behind them: perhaps a weak password,
/// perhaps an example.
pub(super) fn is_guessable(value: &str) -> bool {
    let bare = value.trim_end_matches(['!', '?', '.']);
    let word = bare.trim_end_matches(|last: char| last.is_ascii_digit());
    bare.len() - word.len() <= 4 && is_words(word)
}

/// Whether the value is made of nothing but [`WORDS`] and separators.
fn is_words(value: &str) -> bool {
    let value = value.trim_end_matches(['!', '?']);
    if value.is_empty() || value.len() > LONGEST || !value.is_ascii() {
        return false;
    }
    // Bit n: the first n characters are words and separators.
    let mut reachable = 1u128;
    for (at, &byte) in value.as_bytes().iter().enumerate() {
        if reachable >> at == 0 {
            return false;
        }
        if reachable >> at & 1 == 0 {
            continue;
        }
        if matches!(byte, b'_' | b'-' | b'.' | b' ' | b'/' | b':' | b'+') {
            reachable |= 1 << (at + 1);
        }
        let rest = &value[at..];
        for word in words_with(byte.to_ascii_lowercase()) {
            if rest.get(..word.len()).is_some_and(|here| here.eq_ignore_ascii_case(word)) {
                reachable |= 1 << (at + word.len());
            }
        }
    }
    reachable >> value.len() & 1 == 1
}

/// Those of the [`WORDS`] that begin with a byte.
fn words_with(first: u8) -> &'static [&'static str] {
    static SORTED: OnceLock<Vec<&str>> = OnceLock::new();
    let words = SORTED.get_or_init(|| {
        let mut words: Vec<&str> = WORDS.split_ascii_whitespace().collect();
        words.sort_unstable();
        words
    });
    let begin = words.partition_point(|word| word.as_bytes()[0] < first);
    let end = words.partition_point(|word| word.as_bytes()[0] <= first);
    &words[begin..end]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn templates_masks_and_words_are_placeholders() {
        for value in [
            "",
            "${DB_PASSWORD}",
            "$DB_PASSWORD",
            "$password",
            "$(cat file)",
            "{{ password }}",
            "{password}",
            "<password>",
            "<your-password>",
            "%PASSWORD%",
            "%s",
            "#{password}",
            "[password]",
            ":password",
            "\" + password + \"",
            "****",
            "xxxxxxxx",
            "XXXX",
            "...",
            "abc...",
            "\u{2026}",
            "\u{2022}\u{2022}\u{2022}",
            "password",
            "Password1",
            "PASSWORD",
            "secret",
            "changeme",
            "change_me",
            "change-this",
            "example",
            "your-password",
            "yourpassword",
            "YOUR_TOKEN",
            "YOUR-API-KEY",
            "mysecretpassword",
            "my-secret-password",
            "test123",
            "foobar",
            "hunter2",
            "123456",
            "12345678",
            "abcdef",
            "qwerty",
            "00000000",
            "p4ssw0rd",
            "postgres",
            "guest",
            "user",
            "paste your token here",
            "s3cr3t",
            "__TOKEN__",
            "process.env.TOKEN",
            "replace-me",
            "insert_your_key_here",
            "password!",
            "enter_password_here",
        ] {
            assert!(is_placeholder(value), "{value:?}");
        }
    }

    #[test]
    fn secrets_are_not_placeholders() {
        for value in [
            "kP9vQ2mX7",
            "Tr0ub4dor&3",
            "Summer2024!x",
            "correcthorsebattery",
            "$2kPq9z",
            "a1b2c3d4",
            "pa$$word-Zq8",
            "passwordsafe9Kd",
            "x7Hd-kk2",
            "whywouldyouusehttp",
            "zebra",
            "mYsEcReTk9",
            "test-4f9a2c",
            "p@ss:w/rd",
            "M0nkey-Brass-17",
        ] {
            assert!(!is_placeholder(value), "{value:?}");
        }
    }

    #[test]
    fn words_with_a_number_are_guessable_but_may_be_meant() {
        for value in ["secret123", "mySecret2024", "passW0rd!", "dbpassword7?", "PASSWORD_42"] {
            assert!(is_guessable(value), "{value:?}");
        }
        for value in ["kP9vQ2mX7", "secret12345", "deadbeef", "1234", ""] {
            assert!(!is_guessable(value), "{value:?}");
        }
        assert!(!is_placeholder("mySecret2024"));
    }

    #[test]
    fn any_text_is_judged() {
        for value in ["\u{e9}", "\u{1f511}", "'", "\"", "a\u{301}", &"password".repeat(1000), &"$".repeat(1000)] {
            is_placeholder(value);
            is_guessable(value);
        }
    }
}
