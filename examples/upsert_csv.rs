//! Creates or updates the contacts of a CSV file, eight at once, with a progress bar.
//!
//! ```text
//! cargo run --example upsert_csv -- contacts.csv
//! ```
//! needs no account: a small server on 127.0.0.1 responds, and without a path a sample is read, of
//! which the server rejects one line. The first line of a file is `email,name,role`; an address
//! that is in the file twice is written twice, in no certain order. It WRITES TO
//! A REAL WORKSPACE only with `-- --live <path>` and an access token in `INTERCOM_ACCESS_TOKEN`
//! (`us`, `eu` or `au` in `INTERCOM_REGION`).

mod support;

use std::env;
use std::error::Error as StdError;
use std::fs;
use std::path::{Path, PathBuf};

use futures_util::{StreamExt, stream};
use indicatif::{ProgressBar, ProgressStyle};
use intercom_client::v2_14::Api;
use intercom_client::{Error, Intercom};
use serde::Deserialize;

/// How many requests are in flight at the same time; the client keeps to the rate limit in any case.
const AT_ONCE: usize = 8;
/// Two contacts are known to our server, and it rejects the address in line 5.
const SAMPLE: &str = "\
email,name,role
nadia@example.com,Nadia Okafor-Lind,user
bruno@example.com,Bruno Castellanos,user
tomas@example.com,Tomás Lindqvist,user
not-an-address,Nobody,user
wanjiru@example.com,Wanjiru Mwangi,lead
\"mehmet@example.com\",\"Aydın, Mehmet\",user
";
const REJECTED_LINE: u64 = 5;

#[derive(Deserialize)]
struct Row {
    email: String,
    name: Option<String>,
    role: String,
}

#[derive(Default)]
struct Report {
    new: usize,
    updated: usize,
    /// The line of each failure, and why.
    failed: Vec<(u64, String)>,
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn StdError>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let report = match arguments[..] {
        ["--live", path] if !path.starts_with("--") => {
            let api = Intercom::from_env()?.v2_14();
            upsert_all(&api, Path::new(path)).await?
        }
        [path] if !path.starts_with("--") => {
            let server = support::Server::start().await;
            upsert_all(&server.client()?.v2_14(), Path::new(path)).await?
        }
        [] => return with_the_sample().await,
        _ => return Err("usage: upsert_csv [[--live] <path>]".into()),
    };
    match report.failed.len() {
        0 => Ok(()),
        failed => Err(format!("{failed} lines failed").into()),
    }
}

async fn upsert_all(api: &Api, path: &Path) -> Result<Report, Box<dyn StdError>> {
    let mut reader = csv::Reader::from_path(path)?;
    let headers = reader.headers()?.clone();
    // All lines first: a file that is not CSV is rejected before anything is sent.
    let records: Vec<csv::StringRecord> = reader.records().collect::<Result<_, _>>()?;

    let style = ProgressStyle::with_template("{bar:30} {pos} of {len}, {per_sec}")?;
    let bar = ProgressBar::new(records.len() as u64).with_style(style);

    let mut results = stream::iter(&records)
        .map(|record| async {
            // The line in the file, for a quoted field may hold line breaks.
            let line = record.position().map_or(0, csv::Position::line);
            (line, upsert(api, record, &headers).await)
        })
        .buffer_unordered(AT_ONCE);

    let mut report = Report::default();
    while let Some((line, result)) = results.next().await {
        match result {
            Ok(true) => report.new += 1,
            Ok(false) => report.updated += 1,
            Err(reason) => report.failed.push((line, reason)),
        }
        bar.inc(1);
    }
    bar.finish();

    report.failed.sort();
    println!(
        "{} new, {} updated, {} failed",
        report.new,
        report.updated,
        report.failed.len()
    );
    for (line, reason) in &report.failed {
        println!("line {line}: {reason}");
    }
    Ok(report)
}

/// Whether the contact is new, or why it failed.
async fn upsert(
    api: &Api,
    record: &csv::StringRecord,
    headers: &csv::StringRecord,
) -> Result<bool, String> {
    let row: Row = record
        .deserialize(Some(headers))
        .map_err(|error| error.to_string())?;
    let contact = api.contacts().create().email(row.email).role(row.role);
    let upserted = contact.name(row.name).upsert().await;
    upserted
        .map(|contact| contact.was_created())
        .map_err(reason)
}

/// What the API says in prose is not part of an error's text, as it may hold personal data.
fn reason(error: Error) -> String {
    let messages = error
        .errors()
        .iter()
        .filter_map(|error| error.message.as_deref());
    let messages: Vec<&str> = messages.collect();
    match messages[..] {
        [] => error.to_string(),
        _ => format!("{error}: {}", messages.join("; ")),
    }
}

/// The sample, and what is to come of it.
async fn with_the_sample() -> Result<(), Box<dyn StdError>> {
    println!("Without a path: a sample is read, and a server of our own responds.");
    let directory = tempfile::tempdir()?;
    let path: PathBuf = directory.path().join("contacts.csv");
    fs::write(&path, SAMPLE)?;

    let server = support::Server::start().await;
    let report = upsert_all(&server.client()?.v2_14(), &path).await?;

    let lines: Vec<u64> = report.failed.iter().map(|(line, _)| *line).collect();
    if (report.new, report.updated, lines) != (3, 2, vec![REJECTED_LINE]) {
        return Err(
            format!("3 new, 2 updated and line {REJECTED_LINE} rejected were expected").into(),
        );
    }
    println!("as expected: the server rejects the address in line {REJECTED_LINE}");
    Ok(())
}
