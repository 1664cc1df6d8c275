//! Replies to conversations that wait for a reply, and tags them, so that no customer gets two replies.
//!
//! ```text
//! cargo run --example reply_unanswered
//! ```
//! needs no account: a small server on 127.0.0.1 responds, and fails twice on purpose. It talks to a
//! real workspace only with `-- --live <id of a tag>` and an access token in
//! `INTERCOM_ACCESS_TOKEN` (`us`, `eu` or `au` in `INTERCOM_REGION`): then it WRITES TO CUSTOMERS.

mod support;

use std::env;
use std::error::Error as StdError;

use futures_util::TryStreamExt;
use intercom_client::chrono::{DateTime, TimeDelta, Utc};
use intercom_client::search::field;
use intercom_client::v2_14::{Api, types};
use intercom_client::{Error, Intercom};

const TEXT: &str = "Thank you for your patience: we are looking into it.";

#[tokio::main]
async fn main() -> Result<(), Box<dyn StdError>> {
    let mut arguments = env::args().skip(1);
    match (arguments.next().as_deref(), arguments.next()) {
        (None, _) => {
            println!("Without --live: a server of our own responds, and fails twice.");
            let server = support::Server::start().await;
            let api = server.client()?.v2_14();
            let replied = reply_to_all(&api, support::TAG_ID).await?;
            check(&api, &replied).await
        }
        (Some("--live"), Some(tag_id)) => {
            let api = Intercom::from_env()?.v2_14();
            reply_to_all(&api, &tag_id).await?;
            Ok(())
        }
        _ => Err("usage: reply_unanswered [--live <id of a tag>]".into()),
    }
}

/// Replies to all that wait for more than an hour, and gives their ids.
async fn reply_to_all(api: &Api, tag_id: &str) -> Result<Vec<String>, Box<dyn StdError>> {
    let admin_id = api.admins().me().send().await?.id.clone();

    let an_hour_ago = Utc::now() - TimeDelta::hours(1);
    let waits = field("state").eq("open") & field("waiting_since").lt(an_hour_ago);
    let search = api.conversations().search().query(waits);
    // All of them first: a reply takes its conversation off the list, which would shift the pages.
    let waiting: Vec<types::Conversation> = search.stream().try_collect().await?;
    println!("{} conversations wait for a reply", waiting.len());

    let mut replied = Vec::new();
    for conversation in waiting {
        let Some(since) = conversation.waiting_since else {
            continue;
        };
        let id = conversation.id;
        reply(api, &id, &admin_id, since).await?;
        // Tagging twice does no more than tagging once, so it comes last.
        api.conversations()
            .attach_tag(&id)
            .id(tag_id)
            .admin_id(&admin_id)
            .send()
            .await?;
        replied.push(id);
    }
    Ok(replied)
}

/// Sends the comment, and a second time only if the first did not arrive.
async fn reply(api: &Api, id: &str, admin_id: &str, since: DateTime<Utc>) -> Result<(), Error> {
    let reply = api
        .conversations()
        .reply_as_admin(id)
        .admin_id(admin_id)
        .body(TEXT);

    // A `POST` is retried by the client only where the API did nothing, an exhausted rate limit for one.
    let error = match reply.clone().send().await {
        Ok(_) => {
            println!("{id}: replied");
            return Ok(());
        }
        Err(error) => error,
    };
    println!("{id}: {error}; attempts: {}", error.attempts());
    if !error.may_have_acted() {
        return Err(error);
    }
    if has_comment(api, id, admin_id, since).await? {
        println!("{id}: the reply is there all the same, so it is not retried");
        return Ok(());
    }
    reply.send().await?;
    println!("{id}: the reply is not there; retrying");
    Ok(())
}

/// Whether the admin has written the comment since the customer began to wait.
async fn has_comment(
    api: &Api,
    id: &str,
    admin_id: &str,
    since: DateTime<Utc>,
) -> Result<bool, Error> {
    let conversation = api.conversations().get(id).send().await?;
    Ok(comments(&conversation, admin_id, since) > 0)
}

/// How many such comments there are. The API sends the newest parts, so a new one is among them.
fn comments(conversation: &types::Conversation, admin_id: &str, since: DateTime<Utc>) -> usize {
    let parts = conversation.conversation_parts.iter();
    let parts = parts.flat_map(|parts| &parts.conversation_parts);
    let ours = parts.filter(|part| {
        let author = part.author.as_ref().and_then(|author| author.id.as_deref());
        // The text comes back as HTML, in a paragraph.
        let text = part.body.as_deref().unwrap_or_default();
        let is_new = part.created_at.is_some_and(|at| at >= since);
        author == Some(admin_id) && is_new && text.contains(TEXT)
    });
    ours.count()
}

/// What is to be seen on our server: three conversations, each with one comment and the tag.
async fn check(api: &Api, replied: &[String]) -> Result<(), Box<dyn StdError>> {
    if replied.len() != 3 {
        return Err(format!("replied to {} conversations of 3", replied.len()).into());
    }
    for id in replied {
        let conversation = api.conversations().get(id).send().await?;
        let comments = comments(&conversation, support::ADMIN_ID, DateTime::UNIX_EPOCH);
        let tags = conversation.tags.as_ref().map_or(0, |tags| tags.tags.len());
        if (comments, tags) != (1, 1) {
            return Err(format!("{id} has {comments} comments and {tags} tags").into());
        }
    }
    println!("each of the 3 conversations has one reply and its tag");
    Ok(())
}
