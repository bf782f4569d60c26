//! Folders to scan, keys to find, and the tool.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use keystay::rules::Rule;
use tempfile::TempDir;

/// A practice key of this kind, another one for each seed.
pub fn key(rule: &str, seed: u64) -> String {
    let rule = Rule::named(rule).unwrap_or_else(|| panic!("there is no rule {rule}"));
    rule.sample(&mut fastrand::Rng::with_seed(seed))
}

/// A live key with a prefix of its own: a warning.
pub fn live(seed: u64) -> String {
    key("stripe-secret-key", seed)
}

/// A private key of many lines.
pub fn private_key() -> String {
    let key = key("pem-private-key", 1).replace("\\n", "\n");
    assert!(key.lines().count() > 3, "the sample has lines");
    key
}

/// A test key: a note.
pub fn test_key() -> String {
    key("stripe-secret-test-key", 1)
}

/// A folder that is removed at the end of its test.
pub struct Folder(TempDir);

/// What the tool said.
pub struct Answer {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Folder {
    pub fn new() -> Self {
        Self(tempfile::tempdir().expect("there is room for a folder"))
    }

    pub fn path(&self) -> &Path {
        self.0.path()
    }

    /// Writes a file, with the folders on the way to it.
    pub fn write(&self, path: &str, content: impl AsRef<[u8]>) -> &Self {
        let path = self.path().join(path);
        fs::create_dir_all(path.parent().expect("a file is in a folder")).expect("folders can be made");
        fs::write(path, content).expect("files can be written");
        self
    }

    pub fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path().join(path)).expect("the file is there")
    }

    /// The tool, about to run in this folder.
    pub fn tool(&self, arguments: &[&str]) -> Command {
        let mut tool = Command::new(env!("CARGO_BIN_EXE_keystay"));
        tool.args(arguments).current_dir(self.path()).env_remove("NO_COLOR").stdin(Stdio::null());
        tool
    }

    pub fn run(&self, arguments: &[&str]) -> Answer {
        answer(self.tool(arguments).output().expect("the tool was built for this test"))
    }

    /// Runs `keystay scan` with these arguments.
    pub fn scan(&self, arguments: &[&str]) -> Answer {
        self.run(&[&["scan"], arguments].concat())
    }

    /// Runs `keystay scan` with a text as its standard input.
    pub fn scan_input(&self, arguments: &[&str], input: &[u8]) -> Answer {
        let mut tool = self.tool(&[&["scan"], arguments].concat());
        let mut child = tool
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the tool was built for this test");
        child.stdin.take().expect("it is piped").write_all(input).expect("the tool reads its input");
        answer(child.wait_with_output().expect("the tool ends"))
    }

    pub fn git(&self, arguments: &[&str]) -> &Self {
        self.git_at(None, arguments)
    }

    fn git_at(&self, date: Option<&str>, arguments: &[&str]) -> &Self {
        let output = Command::new("git")
            .args([
                "-c",
                "user.name=Somebody",
                "-c",
                "user.email=somebody@example.org",
                "-c",
                "init.defaultBranch=main",
            ])
            .args(["-c", "commit.gpgSign=false", "-c", "core.hooksPath=/dev/null"])
            .args(arguments)
            .envs(date.map(|date| ("GIT_COMMITTER_DATE", date)))
            .current_dir(self.path())
            .output()
            .expect("git is installed");
        assert!(output.status.success(), "git {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        self
    }

    pub fn commit(&self, message: &str) -> &Self {
        self.git(&["add", "--all"]).git(&["commit", "--quiet", "--message", message])
    }

    pub fn commit_at(&self, date: &str, message: &str) -> &Self {
        self.git(&["add", "--all"]).git_at(Some(date), &["commit", "--quiet", "--message", message])
    }
}

fn answer(output: Output) -> Answer {
    Answer {
        code: output.status.code().expect("the tool is not killed"),
        out: String::from_utf8(output.stdout).expect("the tool writes UTF-8"),
        err: String::from_utf8(output.stderr).expect("the tool writes UTF-8"),
    }
}

impl Answer {
    /// The places of the findings, as the text format gives them.
    pub fn places(&self) -> Vec<&str> {
        self.out.lines().filter_map(|line| line.split_once(": ")).map(|(place, _)| place).collect()
    }

    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.out).expect("the output is JSON")
    }
}
