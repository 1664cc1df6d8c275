//! Writes all contacts into a file, one JSON object a line, and resumes where an earlier run stopped.
//!
//! ```text
//! cargo run --example sync_contacts -- contacts.jsonl
//! ```
//! needs no account: a small server on 127.0.0.1 responds, and the run is interrupted on purpose.
//! With an access token in `INTERCOM_ACCESS_TOKEN`, and `us`, `eu` or `au` in `INTERCOM_REGION`, it
//! reads the contacts of that workspace; it changes nothing there. Without a path, the file is in a
//! new temporary directory. Contacts are personal data: mind where the file goes.

mod support;

use std::collections::HashSet;
use std::error::Error;
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::{env, ops::ControlFlow};

use intercom_client::Intercom;
use intercom_client::v2_14::{Api, types::Contact};
use serde::{Deserialize, Serialize};

/// The most that the API allows.
const PER_PAGE: u32 = 150;

/// How far a run came; kept beside the file, and gone when all is done.
#[derive(Serialize, Deserialize)]
struct Progress {
    /// The cursor of the page to go on with.
    cursor: String,
    /// The length of the file up to there.
    bytes: u64,
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let path = env::args_os().nth(1).map(PathBuf::from);
    match env::var_os("INTERCOM_ACCESS_TOKEN") {
        Some(token) if !token.is_empty() => {
            let path = match path {
                Some(path) => path,
                None => tempfile::tempdir()?.keep().join("contacts.jsonl"),
            };
            let api = Intercom::from_env()?.v2_14();
            sync(&api, &path, PER_PAGE, |_| ControlFlow::Continue(())).await
        }
        _ => interrupted_and_resumed(path).await,
    }
}

/// Appends the contacts page by page; `after_page` may end it early.
async fn sync(
    api: &Api,
    path: &Path,
    per_page: u32,
    after_page: impl Fn(usize) -> ControlFlow<()>,
) -> Result<(), Box<dyn Error>> {
    let progress_path = path.with_extension("progress");
    let progress = read_progress(&progress_path)?;

    let mut file = OpenOptions::new()
        .create(true)
        .truncate(false)
        .write(true)
        .open(path)?;
    let bytes = progress.as_ref().map_or(0, |progress| progress.bytes);
    if file.metadata()?.len() < bytes {
        let progress = progress_path.display();
        return Err(format!("the file is shorter than {progress} says; delete both").into());
    }
    // What was written after the last progress is of a page that is read again, so it goes.
    file.set_len(bytes)?;
    file.seek(SeekFrom::End(0))?;
    if let Some(progress) = &progress {
        println!(
            "going on after {} bytes of {}",
            progress.bytes,
            path.display()
        );
    }
    let cursor = progress.map(|progress| progress.cursor);
    let list = api.contacts().list().per_page(per_page);
    let mut pages = list.starting_after(cursor).pages();

    let (mut done, mut contacts) = (0, 0);
    loop {
        let Some(page) = pages.try_next().await? else {
            // The list has ended, and not in an error.
            if progress_path.exists() {
                fs::remove_file(&progress_path)?;
            }
            break;
        };
        write_lines(&file, page.items())?;
        done += 1;
        contacts += page.items().len();
        if let Some(cursor) = page.next_cursor() {
            let (cursor, bytes) = (cursor.to_owned(), file.stream_position()?);
            write_progress(&progress_path, &Progress { cursor, bytes })?;
        }
        if after_page(done).is_break() {
            break;
        }
    }
    println!(
        "wrote {contacts} contacts to {}, pages read: {done}",
        path.display()
    );
    Ok(())
}

fn write_lines(file: &File, contacts: &[Contact]) -> io::Result<()> {
    let mut lines = BufWriter::new(file);
    for contact in contacts {
        serde_json::to_writer(&mut lines, contact)?;
        lines.write_all(b"\n")?;
    }
    lines.flush()?;
    file.sync_data()
}

fn read_progress(path: &Path) -> Result<Option<Progress>, Box<dyn Error>> {
    match fs::read(path) {
        Ok(json) => Ok(Some(serde_json::from_slice(&json)?)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// Replaces the file as a whole, so that it is never half written.
fn write_progress(path: &Path, progress: &Progress) -> io::Result<()> {
    let new = path.with_extension("progress.new");
    fs::write(&new, serde_json::to_vec(progress)?)?;
    fs::rename(&new, path)
}

/// A run that is interrupted after a page, and one that resumes, with a server of our own.
async fn interrupted_and_resumed(path: Option<PathBuf>) -> Result<(), Box<dyn Error>> {
    let server = support::Server::start().await;
    server.add_contacts(6);
    let api = server.client()?.v2_14();
    println!("INTERCOM_ACCESS_TOKEN is not set: the contacts are those of a server of our own.");

    let directory = tempfile::tempdir()?;
    let path = path.unwrap_or_else(|| directory.path().join("contacts.jsonl"));
    sync(&api, &path, 4, |_| ControlFlow::Break(())).await?;
    println!("interrupted, in the middle of a line");
    OpenOptions::new()
        .append(true)
        .open(&path)?
        .write_all(b"{\"id\":\"68c7")?;
    sync(&api, &path, 4, |_| ControlFlow::Continue(())).await?;

    let mut ids = HashSet::new();
    for line in fs::read_to_string(&path)?.lines() {
        let contact: Contact = serde_json::from_str(line)?;
        if !ids.insert(contact.id) {
            return Err("a contact is in the file twice".into());
        }
    }
    let other_requests = server.requests()
        != [
            "GET /contacts?per_page=4",
            "GET /contacts?per_page=4&starting_after=cursor-4",
            "GET /contacts?per_page=4&starting_after=cursor-8",
        ];
    if ids.len() != 10 || other_requests {
        return Err(format!("{} contacts of 10, by {:?}", ids.len(), server.requests()).into());
    }
    println!("all 10 contacts are in the file, each once");
    Ok(())
}
