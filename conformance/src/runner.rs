//! The test target `conformance`, which calls the crate: built once, run with a file of what to do.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use serde::de::DeserializeOwned;
use serde_json::Value;

use intercom_client_codegen::error::Problem;
use xtask::repo::Tree;

/// The built target.
pub struct Runner {
    program: PathBuf,
    /// Where files of a run are kept.
    pub scratch: PathBuf,
}

impl Runner {
    /// Builds it as `cargo test --all-features` does, so that both share the crate.
    pub fn build(tree: &Tree) -> Result<Self, Problem> {
        let arguments = [
            "test",
            "--no-run",
            "--all-features",
            "--test",
            "conformance",
            "--message-format",
            "json-render-diagnostics",
        ];
        let messages = cargo(tree, &arguments)?;
        let program = messages.lines().find_map(|line| {
            let message: Value = serde_json::from_str(line).ok()?;
            let is_it = message["target"]["name"] == "conformance";
            message["executable"]
                .as_str()
                .filter(|_| is_it)
                .map(PathBuf::from)
        });
        let metadata = cargo(tree, &["metadata", "--no-deps", "--format-version", "1"])?;
        let metadata: Value = serde_json::from_str(&metadata).unwrap_or_default();
        let target = metadata["target_directory"].as_str().map(PathBuf::from);
        let (Some(program), Some(target)) = (program, target) else {
            return Err(Problem::new(
                "cargo does not say where it built the test target `conformance`",
            ));
        };
        let scratch = target.join("conformance");
        fs::create_dir_all(&scratch)
            .map_err(|error| Problem::new(format!("cannot make {}: {error}", scratch.display())))?;
        Ok(Self { program, scratch })
    }

    /// Runs it in a mode, with lines of JSON, and returns the lines of JSON that it prints.
    pub fn run<T: DeserializeOwned>(
        &self,
        mode: &str,
        name: &str,
        lines: &[Value],
    ) -> Result<Vec<T>, Problem> {
        let file = self.scratch.join(format!("{mode}-{name}.jsonl"));
        let text: String = lines.iter().map(|line| format!("{line}\n")).collect();
        fs::write(&file, text)
            .map_err(|error| Problem::new(format!("cannot write {}: {error}", file.display())))?;
        let output = Command::new(&self.program)
            .args([mode.as_ref(), file.as_os_str()])
            .stderr(Stdio::inherit())
            .output()
            .map_err(|error| {
                Problem::new(format!("cannot run {}: {error}", self.program.display()))
            })?;
        if !output.status.success() {
            return Err(Problem::new(format!(
                "{} ended with {}",
                self.program.display(),
                output.status
            )));
        }
        let text = String::from_utf8_lossy(&output.stdout);
        text.lines()
            .map(|line| {
                serde_json::from_str(line).map_err(|error| {
                    Problem::new(format!("the test target printed `{line}`: {error}"))
                })
            })
            .collect()
    }
}

/// What cargo prints when it is run in the project.
fn cargo(tree: &Tree, arguments: &[&str]) -> Result<String, Problem> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .current_dir(tree.manifest().parent().unwrap_or(Path::new(".")))
        .args(arguments)
        .stderr(Stdio::inherit())
        .output()
        .map_err(|error| Problem::new(format!("cannot run cargo: {error}")))?;
    match output.status.success() {
        true => Ok(String::from_utf8_lossy(&output.stdout).into_owned()),
        false => Err(Problem::new(format!("cargo {} failed", arguments[0]))),
    }
}
