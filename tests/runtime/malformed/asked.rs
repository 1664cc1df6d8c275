//! A response is what was asked for, in whatever form it comes, or it is an error.

use intercom_client::{Decoding, ErrorKind};

use super::{contact, contacts};
use crate::support::{Reply, Server};
use crate::{builder, client};

const LABELS: [&str; 5] = [
    "text/html",
    "text/html; charset=utf-8",
    "application/xhtml+xml",
    "text/plain",
    "application/json",
];

fn labelled(status: u16, label: &str, body: &str) -> Reply {
    Reply::new(status, &[("content-type", label)], body)
}

#[tokio::test]
async fn a_list_of_errors_is_rejected_in_every_form_and_is_no_success_of_anything() {
    for body in [
        &br#"{"type":"error.list","errors":[{"code":"c","message":"m"}]}"#[..],
        b"\xef\xbb\xbf{\"type\":\"error.list\",\"errors\":[{\"code\":\"c\"}]}",
        b"{\"type\":\"error.list\",\"errors\":[{\"code\":\"c\",\"message\":\"Ad\xff\"}]}",
        br#"{"type":"list","type":"error.list","errors":[{"code":"c"}]}"#,
        br#"{"errors":[{"code":"c","message":"\ud83d","more":1e400}],"type":"error.list"}"#,
    ] {
        let shown = String::from_utf8_lossy(body).into_owned();
        let server = Server::start([Reply::json(200, body)]).await;
        let tags = client(&server).v2_14().tags();
        let deleted = tags.delete("7").await.unwrap_err();
        let one = contact(body).await.map(drop).unwrap_err();
        let list = contacts(body).await.map(drop).unwrap_err();
        for error in [deleted, one, list] {
            assert_eq!(error.kind(), ErrorKind::Rejected, "{shown}: {error}");
            assert_eq!(error.code(), Some("c"), "{shown}");
            // A retry would get the same.
            assert!(!error.is_retryable() && error.may_have_acted(), "{shown}");
        }
    }
}

#[tokio::test]
async fn json_is_read_whatever_it_is_labelled_and_html_is_a_web_page() {
    for label in LABELS {
        let get = async |status, body| {
            let server = Server::start([labelled(status, label, body)]).await;
            let contact = client(&server).v2_14().contacts().get("5").await;
            contact.map(|contact| contact.id)
        };
        assert_eq!(get(200, r#" {"id":"5"}"#).await.unwrap(), "5", "{label}");
        let missing = get(404, r#"{"errors":[{"code":"not_found"}]}"#).await;
        assert!(missing.unwrap_err().is_not_found(), "{label}");
        let page = get(200, "\u{feff} <p>down</p>").await;
        assert_eq!(page.unwrap_err().kind(), ErrorKind::WebPage, "{label}");
        let empty = get(200, "").await;
        assert_eq!(empty.unwrap_err().kind(), ErrorKind::EmptyResponse);
        // Some servers label a success without a body so.
        let server = Server::start([labelled(202, label, "")]).await;
        let delete = client(&server).v2_14().tags().delete("7").await;
        assert!(delete.is_ok(), "{label}");
    }
    let server = Server::start([labelled(200, "text/html", "down")]).await;
    let contact = client(&server).v2_14().contacts().get("5").await;
    assert_eq!(contact.unwrap_err().kind(), ErrorKind::WebPage);
}

#[tokio::test]
async fn a_list_is_under_its_key_or_the_only_other_list_of_objects() {
    for (body, expected) in [
        (
            r#"{"data":5,"contacts":[{"id":"1"}]}"#,
            Some((1, &["data"][..])),
        ),
        (r#"{"data":5,"data":[{"id":"1"}]}"#, Some((1, &[]))),
        (r#"{"data":[{"id":"1"}],"data":null}"#, Some((0, &[]))),
        (r#"{"data":null,"contacts":[{"id":"1"}]}"#, Some((0, &[]))),
        (
            r#"{"contacts":[null,{"id":"1"}],"names":["a"]}"#,
            Some((1, &[])),
        ),
        (r#"{"contacts":[7,{"id":"1"}]}"#, Some((1, &["data[0]"]))),
        (r#"[{"id":"1"},7,null]"#, Some((1, &["[1]"]))),
        (r#"{"data":[{"id":"1"}],"data":5}"#, None),
        (r#"{"contacts":[{"id":"1"}],"tags":[{"id":"2"}]}"#, None),
        (r#"{"contacts":[]}"#, None),
    ] {
        match (contacts(body.as_bytes()).await, expected) {
            (Ok(read), Some((count, unread))) => {
                assert_eq!(read.data.len(), count, "{body}");
                assert_eq!(read.unread(), unread, "{body}");
            }
            (Err(error), None) => {
                assert_eq!(error.kind(), ErrorKind::UnexpectedResponse, "{body}");
                assert!(error.to_string().contains("no `data`"), "{body}: {error}");
            }
            (read, _) => panic!("{body}: {:?}", read.map(|read| read.data.len())),
        }
    }
    let read = contacts(b"{\"contacts\":[{\"id\":\"1\",\"name\":\"\xff\"}]}").await;
    assert_eq!(read.unwrap().data[0].name.as_deref(), Some("\u{fffd}"));
}

#[tokio::test]
async fn an_odd_item_of_a_bare_list_is_one_error_of_the_stream() {
    for decoding in [Decoding::Lenient, Decoding::Strict] {
        let server = Server::start([Reply::json(200, r#"[{"id":"1"},7,{"id":"2"}]"#)]).await;
        let intercom = builder(&server).decoding(decoding).build().unwrap();
        let mut all = intercom.v2_14().contacts().list().stream();
        assert_eq!(all.next().await.unwrap().unwrap().id, "1");
        let error = all.next().await.unwrap().unwrap_err();
        assert_eq!(error.body().unwrap(), "7");
        assert_eq!(all.next().await.unwrap().unwrap().id, "2");
        assert!(all.next().await.is_none());
    }
}

#[tokio::test]
async fn a_resource_without_its_id_is_none_however_much_of_it_is_odd() {
    let parts = vec![r#"{"id":"1","body":[]}"#; 1200].join(",");
    let parts = format!(r#""conversation_parts":{{"conversation_parts":[{parts}]}}"#);
    for (id, is_there) in [
        (r#""id":"5","#, true),
        (r#""id":" ","#, false),
        (r#""id":null,"#, false),
        ("", false),
    ] {
        for rest in [
            r#""conversation_parts":{"conversation_parts":[{}]}"#,
            &parts,
        ] {
            let body = format!("{{{id}{rest}}}");
            let server = Server::start([Reply::json(200, body)]).await;
            let read = client(&server).v2_14().conversations().get("5").await;
            match read {
                Ok(_) => assert!(is_there, "{id}"),
                Err(error) => {
                    assert!(!is_there, "{id}: {error}");
                    assert_eq!(error.kind(), ErrorKind::UnexpectedResponse);
                    assert!(error.to_string().contains("no `id`"), "{error}");
                }
            }
        }
    }
}
