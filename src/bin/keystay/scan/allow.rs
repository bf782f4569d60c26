//! Comments by which people say that a finding is none: `keystay:allow`, or `keystay:allow <rule id>, <rule id>` for only these.
//!
//! A comment counts for its own line, and for the next one when nothing but the marks of a comment stands before it. A rule id
//! that is misspelt allows nothing, since it names no rule that finds something.

use std::ops::Range;

use keystay::scan::Finding;

use super::found::Context;

const MARK: &str = "keystay:allow";
/// Bytes before a mark that are looked at to tell whether its comment has a line of its own.
const LONGEST_INDENT: usize = 160;
/// Bytes behind a mark in which rule ids are looked for.
const LONGEST_LIST: usize = 500;

/// A comment and the bytes of the lines that it counts for.
struct Comment {
    lines: Range<usize>,
    /// Empty for all rules.
    rules: Vec<String>,
}

/// The comments of a text, in its order.
pub struct Allowed(Vec<Comment>);

impl Allowed {
    /// Reads the comments of a text, unless they are not to be heeded.
    pub fn in_text(text: &str, context: &Context<'_>) -> Self {
        let mut comments: Vec<Comment> = Vec::new();
        // The line of the mark before: a line of a megabyte may have a thousand marks.
        let mut line = 0..0;
        for (at, _) in text.match_indices(MARK).take_while(|_| context.heeds_comments) {
            if at >= line.end {
                let start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
                line = start..end_of_line(text, at);
            }
            let alone = at - line.start < LONGEST_INDENT && !text[line.start..at].contains(char::is_alphanumeric);
            let end = if alone && line.end < text.len() { end_of_line(text, line.end + 1) } else { line.end };
            let rest = &text[at + MARK.len()..line.end];
            let rest = &rest[..rest.floor_char_boundary(LONGEST_LIST)];
            comments.push(Comment { lines: line.start..end, rules: rules(rest) });
        }
        Self(comments)
    }

    /// Whether a comment allows a finding.
    pub fn allows(&self, finding: &Finding<'_>) -> bool {
        let span = &finding.span;
        let first = self.0.partition_point(|comment| comment.lines.end < span.start);
        let mut near = self.0[first..].iter().take_while(|comment| comment.lines.start <= span.end);
        near.any(|comment| comment.rules.is_empty() || comment.rules.iter().any(|rule| *rule == finding.rule.id))
    }
}

fn end_of_line(text: &str, from: usize) -> usize {
    text[from..].find('\n').map_or(text.len(), |newline| from + newline)
}

/// The rule ids that follow a mark: words of small letters and digits with hyphens between them.
fn rules(rest: &str) -> Vec<String> {
    let is_id = |word: &&str| {
        word.starts_with(|c: char| c.is_ascii_lowercase() || c.is_ascii_digit())
            && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
    };
    let Some(words) = rest.strip_prefix([' ', '\t']) else { return Vec::new() };
    let words = words.split([' ', ',', '\t', '\r']).filter(|word| !word.is_empty());
    words.take_while(is_id).map(str::to_string).collect()
}
