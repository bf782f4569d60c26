//! `keystay sample`: practice keys.

use std::io::{self, Write};
use std::iter;

use keystay::rules::Rule;

use crate::arguments::SampleArguments;
use crate::catalog;

/// Writes practice keys, one a line.
pub fn write(wanted: &SampleArguments, out: &mut impl Write) -> io::Result<()> {
    let mut random = wanted.seed.map_or_else(fastrand::Rng::new, fastrand::Rng::with_seed);
    let rules: Vec<&Rule> = match &wanted.rule {
        Some(id) => vec![catalog::rule(id)?],
        None => Rule::all().iter().collect(),
    };
    for rule in rules {
        for sample in iter::repeat_with(|| rule.sample(&mut random)).take(wanted.count) {
            match wanted.all || wanted.json {
                true => writeln!(out, "{}", row(rule, &sample))?,
                false => writeln!(out, "{sample}")?,
            }
        }
    }
    Ok(())
}

fn row(rule: &Rule, sample: &str) -> serde_json::Value {
    serde_json::json!({
        "rule": rule.id,
        "provider": rule.provider,
        "name": rule.name,
        "sample": sample,
        "text": rule.in_context(sample),
    })
}
