//! The language around a secret, told by marks that other languages and prose seldom have.
//!
//! A mark near the secret counts, one in its own line counts more, and the language with the most wins. Nothing evident is an answer
//! too: a wrong guess would be code that does not run, where `$X` is at least plain to a person.

use std::ops::Range;

/// Bytes on each side of a secret in which evidence is looked for, at least. The secrets that begin in as many bytes share what is
/// found, so that a text full of secrets costs little more than one pass.
const EVIDENCE: usize = 2048;

/// What a mark says that stands near, and how much more one in the secret's own line.
const NEAR: usize = 2;
const OWN_LINE: usize = 4;

/// More lines of one kind say nothing new.
const MOST_LINES: usize = 3;

/// Several languages declare by these words; JavaScript does where nothing says otherwise.
const DECLARATIONS: &[&str] = &["const ", "let ", "var "];

/// What the text around a secret is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Language {
    /// JavaScript and TypeScript.
    Node,
    Python,
    Ruby,
    Go,
    Rust,
    /// Java and Kotlin.
    Java,
    CSharp,
    Php,
    PowerShell,
    /// Shells, Dockerfiles.
    Shell,
    /// Lines of `NAME=value`.
    Dotenv,
    /// GitHub's workflows, which have their own way to reach a stored secret.
    Workflow,
    /// YAML, JSON, and what else is filled in by `${X}`.
    Data,
}

use Language::*;

/// Beginnings of a line, marks anywhere in the text, and names in a Markdown fence.
struct Marks {
    language: Language,
    begins: &'static [&'static str],
    has: &'static [&'static str],
    fences: &'static [&'static str],
}

/// In this order where two say equally much.
static MARKS: [Marks; 13] = [
    Marks {
        language: Python,
        begins: &["import os", "import requests", "def ", "elif ", "from openai import", "async def ", "class "],
        has: &["os.environ", "print(", "self.", "__name__", "load_dotenv", "):\n"],
        fences: &["py", "python", "python3"],
    },
    Marks {
        language: Ruby,
        begins: &["require '", "require \"", "puts ", "end\n", "elsif ", "attr_", "module "],
        has: &[" do |", "ENV[", "ENV.fetch", "Rails.", ".each do"],
        fences: &["rb", "ruby"],
    },
    Marks {
        language: Go,
        begins: &["func ", "package ", "import (", "defer ", "type "],
        has: &[" := ", "fmt.", "os.Getenv", "err != nil", "[]byte(", "http.New"],
        fences: &["go", "golang"],
    },
    Marks {
        language: Rust,
        begins: &["fn ", "let mut ", "use std::", "pub fn ", "impl ", "#[", "pub const ", "static "],
        has: &["::new(", "&str", "println!(", ".unwrap()", "std::env", ") -> ", ".await"],
        fences: &["rs", "rust"],
    },
    Marks {
        language: Java,
        begins: &["public class ", "import java", "private static final ", "package com.", "val ", "fun ", "String "],
        has: &[
            "public static ",
            "System.getenv",
            "System.out",
            "private final String",
            "static final String",
            "@Value(",
        ],
        fences: &["java", "kotlin", "kt"],
    },
    Marks {
        language: CSharp,
        begins: &["using System", "namespace ", "public string ", "private const string ", "string ", "using var "],
        has: &["Console.Write", "Environment.Get", "const string ", "{ get; ", "async Task", "new HttpClient"],
        fences: &["cs", "csharp", "c#"],
    },
    Marks {
        language: Php,
        begins: &["<?php", "$", "define('", "echo "],
        has: &["$this->", "getenv(", "curl_setopt", "<?php", "array("],
        fences: &["php"],
    },
    Marks {
        language: PowerShell,
        begins: &["$env:", "Invoke-", "Write-Host", "$headers = @{", "Set-", "New-"],
        has: &["Invoke-RestMethod", "Invoke-WebRequest", "$env:", " = @{"],
        fences: &["powershell", "ps1", "pwsh"],
    },
    Marks {
        language: Shell,
        begins: &[
            "curl ",
            "$ ",
            "docker ",
            "ENV ",
            "RUN ",
            "ARG ",
            "FROM ",
            "wget ",
            "sudo ",
            "-H ",
            "--header ",
            "-u ",
        ],
        has: &["curl -", "#!/bin/", " \\\n", "/usr/bin/env bash"],
        fences: &["sh", "bash", "zsh", "shell", "console", "dockerfile", "docker", "curl"],
    },
    Marks {
        language: Node,
        begins: &["import {", "export default", "export const ", "async function", "await "],
        has: &[
            "process.env",
            "require(",
            "=> {",
            "new OpenAI(",
            "new Anthropic(",
            "console.log",
            " === ",
            " from '",
            " from \"",
        ],
        fences: &["js", "javascript", "jsx", "mjs", "node", "ts", "tsx", "typescript"],
    },
    Marks {
        language: Workflow,
        begins: &["runs-on:", "- uses: ", "uses: actions/", "jobs:"],
        has: &["${{ "],
        fences: &[],
    },
    Marks {
        language: Data,
        begins: &["---", "services:", "env:", "environment:", "apiVersion:", "- name: ", "version: "],
        has: &[],
        fences: &["yaml", "yml", "json", "jsonc"],
    },
    Marks { language: Dotenv, begins: &[], has: &[], fences: &["env", "dotenv"] },
];

/// What is evident near the secrets of one text.
pub(super) struct Evidence<'a> {
    text: &'a str,
    near: Option<Near<'a>>,
}

impl<'a> Evidence<'a> {
    pub(super) fn of(text: &'a str) -> Self {
        Self { text, near: None }
    }

    /// What the text around a secret is written in, and none where nothing tells; `line` is the secret's, `at` its place there.
    pub(super) fn language(&mut self, secret: &Range<usize>, line: &str, at: usize) -> Option<Language> {
        let block = secret.start / EVIDENCE;
        let near = match self.near.take() {
            Some(near) if near.block == block => near,
            _ => Near::new(self.text, block),
        };
        let language = near.language(secret.start, line, at);
        self.near = Some(near);
        language
    }
}

/// What stands in and around one block of a text.
struct Near<'a> {
    block: usize,
    around: &'a str,
    start: usize,
    /// How much there is for each of [`MARKS`].
    marks: [usize; MARKS.len()],
}

impl<'a> Near<'a> {
    fn new(text: &'a str, block: usize) -> Self {
        let (around, start) = cut(text, (block * EVIDENCE).saturating_sub(EVIDENCE), (block + 2) * EVIDENCE);
        let seen = seen(around);
        let marks = MARKS.each_ref().map(|marks| {
            let begins = around.lines().filter(|line| marks.begin(line)).take(MOST_LINES).count();
            begins + marks.had_by(around, &seen)
        });
        Self { block, around, start, marks }
    }

    fn language(&self, secret: usize, line: &str, at: usize) -> Option<Language> {
        if let Some(fenced) = fenced(self.around.get(..secret - self.start)?) {
            return Some(fenced);
        }
        let told = shape(line, at);
        let seen = seen(line);
        let mut best = None;
        let mut most = 0;
        let mut workflow = false;
        for (marks, near) in MARKS.iter().zip(self.marks) {
            let own = usize::from(marks.begin(line)) + marks.had_by(line, &seen);
            let shape = usize::from(told == Some(marks.language));
            let declares = usize::from(marks.language == Node && declares(line));
            let score = NEAR * (near + declares) + OWN_LINE * (own + shape);
            if score > most {
                (best, most) = (Some(marks.language), score);
            }
            workflow |= marks.language == Workflow && score > 0;
        }
        if best == Some(Data) && workflow { Some(Workflow) } else { best }
    }
}

fn declares(line: &str) -> bool {
    DECLARATIONS.iter().any(|word| line.trim_start().starts_with(word))
}

/// The ASCII characters of a text.
fn seen(text: &str) -> [bool; 128] {
    let mut seen = [false; 128];
    text.bytes().filter(u8::is_ascii).for_each(|byte| seen[usize::from(byte)] = true);
    seen
}

impl Marks {
    /// How many of the marks stand somewhere in a text. In a long line that is looked at once for each of many secrets, most are
    /// told to be missing by a character that the text does not have.
    fn had_by(&self, text: &str, seen: &[bool; 128]) -> usize {
        let can_be = |mark: &&&str| mark.bytes().all(|byte| seen[usize::from(byte & 127)]);
        self.has.iter().filter(can_be).filter(|mark| text.contains(**mark)).count()
    }

    fn begin(&self, line: &str) -> bool {
        let line = line.trim_start();
        self.begins.iter().any(|mark| line.starts_with(mark.trim_end_matches('\n')) && !php_in_prose(mark, line))
    }
}

/// A dollar begins a variable of PHP only where a value is assigned to it.
fn php_in_prose(mark: &str, line: &str) -> bool {
    let name =
        || line[1..].bytes().take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'>'));
    mark == "$"
        && !(line[1..].get(name().count()..).is_some_and(|rest| rest.trim_start().starts_with('='))
            && line.trim_end().ends_with(';'))
}

/// What a line of its own says by its shape; `at` is where the secret begins.
fn shape(line: &str, at: usize) -> Option<Language> {
    let before = line.get(..at)?.trim_start();
    let name = |text: &str, more: &[u8]| {
        !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || more.contains(&byte))
    };
    let (exported, assigned) = match before.strip_prefix("export ") {
        Some(rest) => (true, rest),
        None => (false, before),
    };
    if let Some((variable, _)) = assigned.split_once('=')
        && name(variable, b"_")
        && (exported || !variable.bytes().any(|byte| byte.is_ascii_lowercase()))
    {
        return Some(if exported { Shell } else { Dotenv });
    }
    // `client = Client(api_key="…")`: a keyword argument without spaces around its sign, in a call.
    if let Some((_, arguments)) = before.rsplit_once(['(', ','])
        && let Some((keyword, _)) = arguments.trim_start().split_once("=\"")
        && name(keyword, b"_")
        && !keyword.bytes().any(|byte| byte.is_ascii_uppercase())
    {
        return Some(Python);
    }
    let (key, _) = before.split_once(": ")?;
    let bare = key.trim_start_matches("- ").trim_matches('"');
    let told = key.starts_with('"') || bare.contains('_') || line.starts_with("  ") || line.starts_with("- ");
    (name(bare, b"_-.") && told).then_some(Data)
}

/// The language that a Markdown fence names, if the last fence before the secret is an opening one.
fn fenced(before: &str) -> Option<Language> {
    let (_, info) = before.rsplit_once("```")?;
    let (word, _) = info.split_once('\n')?;
    let word = word.trim().to_ascii_lowercase();
    MARKS.iter().find(|marks| marks.fences.contains(&word.as_str())).map(|marks| marks.language)
}

/// What stands between two places of a text, without the characters that lie across them, and where it begins.
fn cut(text: &str, mut start: usize, end: usize) -> (&str, usize) {
    let mut end = end.min(text.len());
    while !text.is_char_boundary(start) {
        start += 1;
    }
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    (&text[start..end], start)
}

/// The line of the secret as far as it is near, and where it begins in the text.
pub(super) fn line_of<'a>(text: &'a str, secret: &Range<usize>) -> (&'a str, usize) {
    let (around, from) = cut(text, secret.start.saturating_sub(EVIDENCE), secret.end + EVIDENCE);
    let start = around[..secret.start - from].rfind('\n').map_or(0, |at| at + 1);
    let end = around[secret.end - from..].find('\n').map_or(around.len(), |at| at + secret.end - from);
    (&around[start..end], from + start)
}
