//! Finding × destination × settings → verdict. Pure, and the only place where something is called dangerous enough.
//!
//! The loudness of a finding is a property of kind, proof and destination together. A live key with a proof or a shape of
//! its own warns; a test key is noted; a publishable key is nothing at all. A key at its own provider's key page, in a
//! password manager or on this computer is where it belongs. A person or a company can change the loudness of each class, make warnings into blocks, or only look on.

use crate::rules::{Confidence, Kind, Rule};
use crate::scan::Finding;

mod destination;
mod settings;

pub use destination::Destination;
pub use settings::{Loudness, Mode, Problem, Settings, Value};

/// What to do with a held text. Later ones are stronger.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// Let it go.
    Allow,
    /// Let it go and show that something was seen.
    Note,
    /// Ask the person.
    Warn,
    /// Keep it; only a change of the text helps.
    Block,
}

/// The verdict on one finding.
#[must_use]
pub fn judge(finding: &Finding<'_>, destination: &Destination, settings: &Settings) -> Verdict {
    let rule = finding.rule;
    if settings.is_off(&rule.id) {
        return Verdict::Allow;
    }
    let verdict = by_evidence(rule, finding.confidence, &settings.loudness);
    let verdict = match destination.belongs_to(rule) || destination.keeps_secrets() || settings.trusts(destination) {
        true => verdict.min(Verdict::Note),
        false => verdict,
    };
    match (settings.mode, verdict) {
        (Mode::Monitor, _) => verdict.min(Verdict::Note),
        (_, Verdict::Warn) if settings.mode == Mode::Block || settings.blocks(&rule.id) => Verdict::Block,
        _ => verdict,
    }
}

fn by_evidence(rule: &Rule, confidence: Confidence, loudness: &Loudness) -> Verdict {
    match (rule.kind, confidence) {
        (Kind::Publishable | Kind::Example, _) => Verdict::Allow,
        (Kind::Test, _) => loudness.test,
        (Kind::Live, Confidence::Low) => loudness.doubtful,
        (Kind::Live, Confidence::Medium) => loudness.possible,
        (Kind::Live, Confidence::High) => loudness.likely,
        (Kind::Live, Confidence::Certain) => loudness.certain,
    }
}
