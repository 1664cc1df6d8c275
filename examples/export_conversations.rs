//! Writes the conversations since a day into a file, with their parts, one JSON object a line.
//!
//! ```text
//! cargo run --example export_conversations -- 2025-09-16 conversations.jsonl
//! ```
//! needs no account: a small server on 127.0.0.1 responds. With an access token in
//! `INTERCOM_ACCESS_TOKEN`, and `us`, `eu` or `au` in `INTERCOM_REGION`, it reads from that workspace;
//! it changes nothing there. Without a path, the file is in a new temporary directory.
//! Conversations are personal data: mind where the file goes.

mod support;

use std::env;
use std::error::Error;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use futures_util::TryStreamExt;
use intercom_client::Intercom;
use intercom_client::chrono::NaiveDate;
use intercom_client::search::field;
use intercom_client::v2_14::{Api, types};

/// How many conversations are fetched at the same time.
const AT_ONCE: usize = 4;
/// The day since which there are five conversations on our server.
const DEFAULT_DAY: &str = "2025-09-16";

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = env::args().skip(1);
    let day = arguments.next().unwrap_or_else(|| DEFAULT_DAY.to_owned());
    let since: NaiveDate = day.parse()?;
    let path = match arguments.next() {
        Some(path) => PathBuf::from(path),
        None => tempfile::tempdir()?.keep().join("conversations.jsonl"),
    };
    match env::var_os("INTERCOM_ACCESS_TOKEN") {
        Some(token) if !token.is_empty() => {
            let api = Intercom::from_env()?.v2_14();
            export(&api, since, &path).await?;
        }
        _ => {
            println!("INTERCOM_ACCESS_TOKEN is not set: a server of our own responds.");
            let server = support::Server::start().await;
            let exported = export(&server.client()?.v2_14(), since, &path).await?;
            if day == DEFAULT_DAY {
                check(&exported, &path)?;
            }
        }
    }
    Ok(())
}

#[derive(Default)]
struct Exported {
    conversations: usize,
    truncated: usize,
}

async fn export(api: &Api, since: NaiveDate, path: &Path) -> Result<Exported, Box<dyn Error>> {
    let mut file = BufWriter::new(File::create(path)?);

    // A day begins at midnight in UTC.
    let updated = field("updated_at").ge(since);
    let found = api.conversations().search().query(updated).stream();

    // A search leaves out the parts, so each conversation is fetched: a few at a time, in the order
    // of the search. The next page is asked for only when there is room for more.
    let mut conversations = found
        .map_ok(|found| api.conversations().get(found.id).send())
        .try_buffered(AT_ONCE);

    let mut exported = Exported::default();
    while let Some(conversation) = conversations.try_next().await? {
        // The response dereferences to the conversation.
        serde_json::to_writer(&mut file, &*conversation)?;
        file.write_all(b"\n")?;
        exported.conversations += 1;
        if conversation.parts_truncated() {
            let parts = conversation.conversation_parts.as_ref();
            let total = parts.and_then(|parts| parts.total_count);
            exported.truncated += 1;
            eprintln!(
                "warning: of conversation {} the oldest parts are missing; it has {} in total",
                conversation.id,
                total.unwrap_or_default()
            );
        }
    }
    file.into_inner()?.sync_all()?;

    let Exported {
        conversations,
        truncated,
    } = exported;
    println!("wrote {conversations} conversations to {}", path.display());
    println!("{truncated} of them without their oldest parts");
    Ok(exported)
}

/// What our server has: five conversations since the default day, one of them too long.
fn check(exported: &Exported, path: &Path) -> Result<(), Box<dyn Error>> {
    let text = std::fs::read_to_string(path)?;
    let mut titles = Vec::new();
    for line in text.lines() {
        let conversation: types::Conversation = serde_json::from_str(line)?;
        let parts = conversation.conversation_parts.unwrap_or_default();
        if parts.conversation_parts.is_empty() {
            return Err(format!("conversation {} has no parts", conversation.id).into());
        }
        titles.extend(conversation.title);
    }
    let (first, last) = (titles.first(), titles.last());
    let in_order = first.is_some_and(|title| title == "Where is my order?")
        && last.is_some_and(|title| title == "A long story");
    if exported.conversations != 5 || exported.truncated != 1 || titles.len() != 5 || !in_order {
        return Err(format!("five conversations were expected, in order: {titles:?}").into());
    }
    Ok(())
}
