//! What stands where the secret stood: the name of its environment variable, in the form of the code around it.
//!
//! The form is chosen by what is evident near the secret (`placeholder/language.rs`). Where the language reads variables by an expression
//! (`process.env.X`, `os.environ["X"]`) the quotes around the secret go too, or the string is continued behind it; where nothing is
//! evident, `$X` says to a person and to a shell what is meant. What is put in is made of the variable's name and of nothing else of
//! the text, so that it can never carry a secret.

use std::ops::Range;

mod language;
mod literal;

use language::{Evidence, Language, line_of};
use literal::Literal;

/// Stands for the variable's name in a form of one's own.
pub const NAME: &str = "{name}";

/// Characters of a form of one's own.
pub const LONGEST_FORM: usize = 120;

/// What a person or a company wants to see in the place of a secret.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Style {
    /// Whatever the code around it needs.
    #[default]
    Code,
    /// `$X`, always.
    Shell,
    /// `[X]`: for people, not for a program.
    Words,
    /// A form with [`NAME`] in it, such as the reference of a password manager: `op://Private/{name}/credential`.
    Own(String),
}

impl Style {
    /// The style of a setting's value. A form of one's own has the name in it, in one line of printable characters.
    #[must_use]
    pub fn named(name: &str) -> Option<Style> {
        match name {
            "code" => Some(Style::Code),
            "shell" => Some(Style::Shell),
            "words" => Some(Style::Words),
            own => (own.contains(NAME) && own.chars().count() <= LONGEST_FORM && !own.contains(char::is_control))
                .then(|| Style::Own(own.to_string())),
        }
    }
}

/// Makes the placeholders for the secrets of one text.
pub struct Placeholders<'a> {
    text: &'a str,
    style: &'a Style,
    evidence: Evidence<'a>,
}

impl<'a> Placeholders<'a> {
    /// Nothing is looked at before the first secret asks for it.
    #[must_use]
    pub fn new(text: &'a str, style: &'a Style) -> Self {
        Self { text, style, evidence: Evidence::of(text) }
    }

    /// The bytes of the text to replace, which take in the quotes where those must go, and what to put there.
    #[must_use]
    pub fn replacement(&mut self, secret: &Range<usize>, variable: &str) -> (Range<usize>, String) {
        match self.style {
            Style::Code => {}
            Style::Shell => return (secret.clone(), format!("${variable}")),
            Style::Words => return (secret.clone(), format!("[{variable}]")),
            Style::Own(form) => return (secret.clone(), form.replace(NAME, variable)),
        }
        let (line, start) = line_of(self.text, secret);
        let at = secret.start - start..secret.end - start;
        let language = self.evidence.language(secret, line, at.start);
        let place = Place { line, literal: literal::around(line, &at), at, variable };
        let (range, with) = place.replaced(language);
        (range.start + start..range.end + start, with)
    }
}

/// A secret in its line.
struct Place<'a> {
    line: &'a str,
    at: Range<usize>,
    literal: Option<Literal<'a>>,
    variable: &'a str,
}

impl Place<'_> {
    fn replaced(&self, language: Option<Language>) -> (Range<usize>, String) {
        let name = self.variable;
        match language {
            Some(Language::Node) => self.expression(&format!("process.env.{name}"), " + "),
            Some(Language::Python) => self.expression(&format!("os.environ[\"{name}\"]"), " + "),
            Some(Language::Ruby) => self.expression(&format!("ENV.fetch(\"{name}\")"), " + "),
            Some(Language::Go) => self.expression(&format!("os.Getenv(\"{name}\")"), " + "),
            Some(Language::Java) => self.expression(&format!("System.getenv(\"{name}\")"), " + "),
            Some(Language::CSharp) => {
                self.expression(&format!("Environment.GetEnvironmentVariable(\"{name}\")"), " + ")
            }
            Some(Language::Php) => self.expression(&format!("getenv('{name}')"), " . "),
            Some(Language::PowerShell) => self.power_shell(),
            Some(Language::Rust) => self.rust(),
            Some(Language::Shell | Language::Dotenv) => self.shell(),
            Some(Language::Workflow) => self.in_place(format!("${{{{ secrets.{name} }}}}")),
            Some(Language::Data) if self.in_flow() => self.neutral(),
            Some(Language::Data) => self.in_place(format!("${{{name}}}")),
            None => self.neutral(),
        }
    }

    fn in_place(&self, with: String) -> (Range<usize>, String) {
        (self.at.clone(), with)
    }

    fn neutral(&self) -> (Range<usize>, String) {
        self.in_place(format!("${}", self.variable))
    }

    /// An expression in the place of a literal, or between its two halves.
    fn expression(&self, read: &str, joined: &str) -> (Range<usize>, String) {
        // Outside a literal stands prose or a comment.
        let Some(literal) = self.literal else { return self.neutral() };
        if literal.is_only(&self.at) {
            return (self.whole(&literal), read.to_string());
        }
        match (literal.quote, literal.prefix) {
            ('`', "") if read.starts_with("process") => return self.in_place(format!("${{{read}}}")),
            ('"', "") if read.starts_with("ENV") => return self.in_place(format!("#{{{read}}}")),
            // Until Python 3.12 a literal cannot hold its own quote, not even in braces.
            (quote, "f" | "F") => {
                let other = if quote == '"' { "'" } else { "\"" };
                return self.in_place(format!("{{{}}}", read.replace('"', other)));
            }
            // Bytes do not add up with text, and Go's runes and Java's characters are none.
            (_, prefix) if prefix.contains(['b', 'B']) => return self.neutral(),
            _ => {}
        }
        let Literal { prefix, quote, .. } = literal;
        self.between(&literal, &format!("{quote}{joined}"), read, &format!("{joined}{prefix}{quote}"))
    }

    /// Ends the literal before the secret and opens it again behind it, as far as anything of it is left there.
    fn between(&self, literal: &Literal<'_>, end: &str, read: &str, again: &str) -> (Range<usize>, String) {
        let (start, end) = match literal.begins_with(&self.at) {
            true => (self.whole(literal).start, ""),
            false => (self.at.start, end),
        };
        match literal.ends_with(&self.at) {
            true => (start..literal.close + 1, format!("{end}{read}")),
            false => (start..self.at.end, format!("{end}{read}{again}")),
        }
    }

    fn whole(&self, literal: &Literal<'_>) -> Range<usize> {
        literal.open - literal.prefix.len()..literal.close + 1
    }

    /// What is known when a constant is compiled is read then. A literal in pieces would need its words a second time.
    fn rust(&self) -> (Range<usize>, String) {
        let name = self.variable;
        match self.literal {
            Some(literal) if literal.is_only(&self.at) && literal.prefix.is_empty() => {
                let line = self.line.trim_start().trim_start_matches("pub ");
                let constant = line.starts_with("const ") || line.starts_with("static ");
                let read = match constant {
                    true => format!("env!(\"{name}\")"),
                    false => format!("std::env::var(\"{name}\").expect(\"{name} is set\")"),
                };
                (self.whole(&literal), read)
            }
            _ => self.neutral(),
        }
    }

    /// Nothing is filled in between single quotes, so they end before it.
    fn shell(&self) -> (Range<usize>, String) {
        let read = format!("${{{}}}", self.variable);
        match self.literal {
            Some(literal) if literal.quote == '\'' => self.between(&literal, "'", &format!("\"{read}\""), "'"),
            _ => self.in_place(read),
        }
    }

    fn power_shell(&self) -> (Range<usize>, String) {
        let read = format!("$env:{}", self.variable);
        match self.literal {
            Some(literal) if literal.is_only(&self.at) => (self.whole(&literal), read),
            Some(literal) if literal.quote == '\'' => self.expression(&read, " + "),
            _ => self.in_place(format!("${{env:{}}}", self.variable)),
        }
    }

    /// Braces end what stands between YAML's own braces without quotes.
    fn in_flow(&self) -> bool {
        self.literal.is_none() && self.line[..self.at.start].contains(['{', '['])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn replaced(text: &str) -> String {
        replaced_as(text, &Style::Code)
    }

    fn replaced_as(text: &str, style: &Style) -> String {
        let start = text.find("SECRET").expect("the case holds the word SECRET");
        let (range, with) = Placeholders::new(text, style).replacement(&(start..start + 6), "X_KEY");
        format!("{}{with}{}", &text[..range.start], &text[range.end..])
    }

    fn assert_replaced(cases: &[(&str, &str)]) {
        for (text, expected) in cases {
            assert_eq!(replaced(text), *expected);
        }
    }

    #[test]
    fn a_style_that_was_chosen_wins_over_the_code_around() {
        let text = "const key = \"SECRET\";";
        assert_eq!(replaced_as(text, &Style::Shell), "const key = \"$X_KEY\";");
        assert_eq!(replaced_as(text, &Style::Words), "const key = \"[X_KEY]\";");
        let own = Style::named("op://Private/{name}/credential").expect("it has the name in it");
        assert_eq!(replaced_as(text, &own), "const key = \"op://Private/X_KEY/credential\";");
    }

    #[test]
    fn a_form_of_ones_own_has_the_name_in_it_and_one_short_line() {
        assert_eq!(Style::named("op://Private/item"), None);
        assert_eq!(Style::named("{name}\nrm -r"), None);
        assert_eq!(Style::named(&format!("{NAME}{}", "x".repeat(LONGEST_FORM - NAME.len() + 1))), None);
        assert!(Style::named(&format!("{NAME}{}", "x".repeat(LONGEST_FORM - NAME.len()))).is_some());
        assert_eq!(Style::named("words"), Some(Style::Words));
    }

    #[test]
    fn javascript_and_typescript_read_process_env() {
        assert_replaced(&[
            ("const key = \"SECRET\";", "const key = process.env.X_KEY;"),
            ("const key = 'SECRET'", "const key = process.env.X_KEY"),
            ("export const key: string = `SECRET`;", "export const key: string = process.env.X_KEY;"),
            ("const url = `https://x/?k=SECRET&v=1`;", "const url = `https://x/?k=${process.env.X_KEY}&v=1`;"),
            (
                "const h = { Authorization: \"Bearer SECRET\" };",
                "const h = { Authorization: \"Bearer \" + process.env.X_KEY };",
            ),
            ("const u = 'https://x/?k=SECRET&v=1';", "const u = 'https://x/?k=' + process.env.X_KEY + '&v=1';"),
            ("```ts\nclient({ key: 'SECRET' })\n```", "```ts\nclient({ key: process.env.X_KEY })\n```"),
        ]);
    }

    #[test]
    fn python_reads_os_environ() {
        assert_replaced(&[
            ("import os\nclient = Client('SECRET')", "import os\nclient = Client(os.environ[\"X_KEY\"])"),
            ("client = Client(api_key=\"SECRET\")", "client = Client(api_key=os.environ[\"X_KEY\"])"),
            (
                "import requests\nh = {\"Authorization\": \"Bearer SECRET\"}",
                "import requests\nh = {\"Authorization\": \"Bearer \" + os.environ[\"X_KEY\"]}",
            ),
            ("print(f\"key={x} SECRET\")", "print(f\"key={x} {os.environ['X_KEY']}\")"),
            ("print(f'SECRET')", "print(os.environ[\"X_KEY\"])"),
            ("print(b'a SECRET')", "print(b'a $X_KEY')"),
            ("```python\nkey = \"SECRET\"\n```", "```python\nkey = os.environ[\"X_KEY\"]\n```"),
        ]);
    }

    #[test]
    fn ruby_reads_env() {
        assert_replaced(&[
            ("require 'stripe'\nStripe.api_key = 'SECRET'", "require 'stripe'\nStripe.api_key = ENV.fetch(\"X_KEY\")"),
            ("puts \"a SECRET b\"", "puts \"a #{ENV.fetch(\"X_KEY\")} b\""),
            ("puts 'a SECRET b'", "puts 'a ' + ENV.fetch(\"X_KEY\") + ' b'"),
        ]);
    }

    #[test]
    fn go_reads_getenv() {
        assert_replaced(&[
            ("package main\nconst key = \"SECRET\"", "package main\nconst key = os.Getenv(\"X_KEY\")"),
            ("\tkey := \"SECRET\"", "\tkey := os.Getenv(\"X_KEY\")"),
            (
                "\treq.Header.Set(\"A\", \"Bearer SECRET\")\n\tif err != nil {",
                "\treq.Header.Set(\"A\", \"Bearer \" + os.Getenv(\"X_KEY\"))\n\tif err != nil {",
            ),
            ("\tbody := `{\"k\":\"SECRET\"}`", "\tbody := `{\"k\":\"` + os.Getenv(\"X_KEY\") + `\"}`"),
        ]);
    }

    #[test]
    fn rust_reads_a_variable_when_it_runs_and_a_constant_when_it_is_compiled() {
        assert_replaced(&[
            (
                "    let client = Client::new(\"SECRET\");",
                "    let client = Client::new(std::env::var(\"X_KEY\").expect(\"X_KEY is set\"));",
            ),
            ("pub const KEY: &str = \"SECRET\";", "pub const KEY: &str = env!(\"X_KEY\");"),
            // The words beside it would be needed twice.
            ("fn a() {\n    println!(\"a SECRET\");", "fn a() {\n    println!(\"a $X_KEY\");"),
        ]);
    }

    #[test]
    fn java_c_sharp_and_php_read_theirs() {
        assert_replaced(&[
            (
                "private static final String KEY = \"SECRET\";",
                "private static final String KEY = System.getenv(\"X_KEY\");",
            ),
            ("val key = \"SECRET\"", "val key = System.getenv(\"X_KEY\")"),
            (
                "String auth = \"Bearer SECRET\";\nSystem.out.println(auth);",
                "String auth = \"Bearer \" + System.getenv(\"X_KEY\");\nSystem.out.println(auth);",
            ),
            (
                "private const string Key = \"SECRET\";",
                "private const string Key = Environment.GetEnvironmentVariable(\"X_KEY\");",
            ),
            (
                "using System;\nvar a = $\"{x} SECRET {y}\";",
                "using System;\nvar a = $\"{x} \" + Environment.GetEnvironmentVariable(\"X_KEY\") + $\" {y}\";",
            ),
            ("<?php\n$key = 'SECRET';", "<?php\n$key = getenv('X_KEY');"),
            ("$h = \"Bearer SECRET\";", "$h = \"Bearer \" . getenv('X_KEY');"),
        ]);
    }

    #[test]
    fn shells_fill_in_and_leave_single_quotes_first() {
        assert_replaced(&[
            ("export X_KEY=SECRET", "export X_KEY=${X_KEY}"),
            (
                "curl -H \"Authorization: Bearer SECRET\" https://x",
                "curl -H \"Authorization: Bearer ${X_KEY}\" https://x",
            ),
            (
                "curl -H 'Authorization: Bearer SECRET' https://x",
                "curl -H 'Authorization: Bearer '\"${X_KEY}\" https://x",
            ),
            ("curl https://x -d '{\"k\":\"SECRET\"}'", "curl https://x -d '{\"k\":\"'\"${X_KEY}\"'\"}'"),
            ("curl -u SECRET: https://x", "curl -u ${X_KEY}: https://x"),
            ("FROM node\nENV X_KEY=SECRET", "FROM node\nENV X_KEY=${X_KEY}"),
            ("FROM node\nENV X_KEY SECRET", "FROM node\nENV X_KEY ${X_KEY}"),
            (
                "$headers = @{ A = \"Bearer SECRET\" }\nInvoke-RestMethod",
                "$headers = @{ A = \"Bearer ${env:X_KEY}\" }\nInvoke-RestMethod",
            ),
            ("$env:X_KEY = 'SECRET'", "$env:X_KEY = $env:X_KEY"),
        ]);
    }

    #[test]
    fn files_of_settings_are_filled_in() {
        assert_replaced(&[
            ("X_KEY=SECRET", "X_KEY=${X_KEY}"),
            ("A=1\nX_KEY=\"SECRET\"\nB=2", "A=1\nX_KEY=\"${X_KEY}\"\nB=2"),
            ("X_KEY='SECRET'", "X_KEY=\"${X_KEY}\""),
            ("  api_key: SECRET", "  api_key: ${X_KEY}"),
            ("api_key: 'SECRET'", "api_key: '${X_KEY}'"),
            ("  a: { key: SECRET }", "  a: { key: $X_KEY }"),
            ("{\n  \"key\": \"SECRET\"\n}", "{\n  \"key\": \"${X_KEY}\"\n}"),
            (
                "jobs:\n  a:\n    runs-on: x\n    env:\n      KEY: SECRET",
                "jobs:\n  a:\n    runs-on: x\n    env:\n      KEY: ${{ secrets.X_KEY }}",
            ),
        ]);
    }

    #[test]
    fn prose_and_comments_get_the_plain_name() {
        assert_replaced(&[
            ("my key is SECRET, does it work?", "my key is $X_KEY, does it work?"),
            ("don't use 'SECRET' here", "don't use '$X_KEY' here"),
            ("schlüssel 🔑 SECRET", "schlüssel 🔑 $X_KEY"),
            ("const a = 1; // the key is SECRET", "const a = 1; // the key is $X_KEY"),
            ("import os\n# key: SECRET", "import os\n# key: $X_KEY"),
            ("s = \"\"\"SECRET\"\"\"\nimport os", "s = \"\"\"$X_KEY\"\"\"\nimport os"),
            ("SECRET", "$X_KEY"),
        ]);
    }

    #[test]
    fn of_several_secrets_each_gets_the_form_of_the_code_around_it() {
        let gap = "\n".repeat(3 * 2048);
        let text = format!("import os\nkey = \"SECRET\"\nnext = \"SECRET\"\n{gap}const key = 'SECRET';\n");
        let mut placeholders = Placeholders::new(&text, &Style::Code);
        let forms: Vec<_> =
            text.match_indices("SECRET").map(|(at, _)| placeholders.replacement(&(at..at + 6), "X_KEY").1).collect();
        assert_eq!(forms, ["os.environ[\"X_KEY\"]", "os.environ[\"X_KEY\"]", "process.env.X_KEY"]);
    }

    #[test]
    fn no_text_of_any_kind_gets_itself_into_what_is_put_there() {
        let around =
            ["", "'", "\"", "`", "f\"", "$\"", "\\", "é", "🔑", "\n", "const ", "curl ", "<?php ", "```py\n", "{", "$"];
        for before in around {
            for middle in around {
                for after in around {
                    let text = format!("{before}OTHER{middle}SECRET{after}");
                    let start = text.find("SECRET").expect("it is there");
                    let (range, with) =
                        Placeholders::new(&text, &Style::Code).replacement(&(start..start + 6), "X_KEY");
                    assert!(range.start <= start && range.end >= start + 6, "{text:?}");
                    assert!(text.is_char_boundary(range.start) && text.is_char_boundary(range.end), "{text:?}");
                    assert!(!with.contains("SECRET") && !with.contains("OTHER"), "{text:?}");
                }
            }
        }
    }
}
