//! Stoplight Prism, which serves a description: installed by npm below the target directory, one process a description.

use std::{
    fs,
    io::{self, BufRead, BufReader, Read},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::mpsc,
    thread,
    time::Duration,
};

use intercom_client_codegen::error::Problem;
use xtask::print::say;

/// What says which Prism it is; it lies in `conformance/`.
const MANIFEST: [&str; 3] = ["package.json", "package-lock.json", ".npmrc"];

/// Written once an installation is whole.
const STAMP: &str = "installed.json";

/// A large description takes Prism some seconds, on a busy machine some more.
const STARTUP_TIMEOUT: Duration = Duration::from_secs(120);

/// Installs the Prism of `manifest` in `directory` if it is not there, and returns what node runs.
pub fn install(manifest: &Path, directory: &Path) -> Result<PathBuf, Problem> {
    let unusable = |error: io::Error| Problem::new(format!("{}: {error}", directory.display()));
    let wanted = fs::read(manifest.join("package-lock.json")).map_err(unusable)?;
    let stamp = directory.join(STAMP);
    if fs::read(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(entry(directory));
    }
    say(format!("installing Prism in {}", directory.display()));
    fs::create_dir_all(directory).map_err(unusable)?;
    for file in MANIFEST {
        fs::copy(manifest.join(file), directory.join(file)).map_err(unusable)?;
    }
    let npm = Command::new("npm")
        .args([
            "ci",
            "--ignore-scripts",
            "--no-audit",
            "--no-fund",
            "--silent",
        ])
        .current_dir(directory)
        .status();
    let status = npm.map_err(|error| missing("npm", &error))?;
    if !status.success() {
        return Err(Problem::new("npm could not install Prism"));
    }
    fs::write(&stamp, wanted).map_err(unusable)?;
    Ok(entry(directory))
}

fn entry(directory: &Path) -> PathBuf {
    directory.join("node_modules/@stoplight/prism-cli/dist/index.js")
}

fn missing(program: &str, error: &io::Error) -> Problem {
    Problem::new(format!(
        "cannot run {program} ({error}): Prism needs Node.js 18.20 or newer with npm; on Debian, `apt-get install nodejs npm`"
    ))
}

/// A Prism that serves a description, until it is dropped.
pub struct Prism {
    process: Child,
    pub url: String,
}

impl Prism {
    /// Serves a description; with `errors`, responses that contradict it become errors.
    pub fn start(entry: &Path, description: &Path, errors: bool) -> Result<Self, Problem> {
        let mut process = Command::new("node")
            .arg(entry)
            .args(["mock", "--host", "127.0.0.1", "--port", "0"])
            .args(errors.then_some("--errors"))
            .arg(description)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(|error| missing("node", &error))?;
        let (sender, lines) = mpsc::channel();
        let outputs: [Option<Box<dyn Read + Send>>; 2] = [
            process.stdout.take().map(|output| Box::new(output) as _),
            process.stderr.take().map(|output| Box::new(output) as _),
        ];
        for output in outputs.into_iter().flatten() {
            let sender = sender.clone();
            // Reads on when nobody listens any more: a full pipe would stop Prism.
            thread::spawn(move || {
                for line in BufReader::new(output).lines().map_while(Result::ok) {
                    let _ = sender.send(line);
                }
            });
        }
        drop(sender);
        // Dropped, and with it the process, if there is no address.
        let mut prism = Self {
            process,
            url: String::new(),
        };
        let within = |problem: Problem| problem.within(description.display());
        prism.url = address(&lines).map_err(within)?;
        Ok(prism)
    }
}

/// What Prism says it listens on.
pub fn address(lines: &mpsc::Receiver<String>) -> Result<String, Problem> {
    let mut fatal = None;
    loop {
        match lines.recv_timeout(STARTUP_TIMEOUT) {
            Ok(line) => {
                if let Some((_, url)) = line.split_once("Prism is listening on ") {
                    return Ok(url.trim().to_owned());
                }
                if let Some((_, reason)) = line.split_once("fatal") {
                    fatal = Some(reason.trim().to_owned());
                }
            }
            Err(mpsc::RecvTimeoutError::Timeout) => {
                return Err(Problem::new("Prism does not start"));
            }
            Err(mpsc::RecvTimeoutError::Disconnected) => {
                let reason = fatal.unwrap_or_else(|| "no reason given".to_owned());
                return Err(Problem::new(format!("Prism does not serve it: {reason}")));
            }
        }
    }
}

impl Drop for Prism {
    fn drop(&mut self) {
        // It has ended already, or ends now; either is what is wanted.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
