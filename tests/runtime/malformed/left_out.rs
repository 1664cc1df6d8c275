//! Values that are not what their fields are declared to be: what can be read is read, and the rest is left out and named.

use intercom_client::Decoding;

use super::{contacts, reads};
use crate::support::{Reply, Server};

#[tokio::test]
async fn a_number_that_does_not_fit_is_left_out_and_an_id_of_any_length_is_exact() {
    for (value, field) in [
        ("123456789012345678901234567890", "created_at"),
        ("9223372036854775807", "created_at"),
        ("-1e300", "created_at"),
        ("1e999", "created_at"),
    ] {
        let body = format!(r#"{{"id":"5","{field}":{value},"name":"Ada"}}"#);
        let read = reads(body.as_bytes(), &[field]).await;
        assert_eq!((read.created_at, read.name.as_deref()), (None, Some("Ada")));
    }
    for count in [
        "9223372036854775808",
        "-9223372036854775809",
        "123456789012345678901234567890",
        "\"123456789012345678901234567890\"",
        "1e999",
    ] {
        let body = format!(r#"{{"data":[],"total_count":{count},"type":"list"}}"#);
        let read = contacts(body.as_bytes()).await.unwrap();
        assert_eq!(
            (read.total_count, read.unread()),
            (None, &["total_count".to_owned()][..])
        );
    }
    for id in [
        "18446744073709551615",
        "-9223372036854775808",
        "12345678901234567",
        "123456789012345678901234567890",
    ] {
        let body = format!(r#"{{"id":{id},"external_id":{id},"owner_id":{id}}}"#);
        let read = reads(body.as_bytes(), &[]).await;
        assert_eq!(read.id, id);
        assert_eq!(read.external_id.as_deref(), Some(id));
        assert_eq!(read.owner_id.as_deref(), Some(id));
    }
}

#[tokio::test]
async fn a_value_of_another_type_is_left_out_and_named_wherever_it_is() {
    for (body, place) in [
        (
            r#"{"id":"5","email":{"address":"ada@example.com"}}"#,
            "email",
        ),
        (r#"{"id":"5","email":["ada@example.com"]}"#, "email"),
        (
            r#"{"id":"5","tags":{"data":[{"id":"1"},{"id":{"ada@example.com":1}}]}}"#,
            "tags.data[1].id",
        ),
        (
            r#"{"id":"5","tags":{"data":[{"id":"1"}, true , {"id":"2"}]}}"#,
            "tags.data[1]",
        ),
        (r#"{"id":"5","tags":"x"}"#, "tags"),
        (r#"{"id":"5","location":7}"#, "location"),
        (r#"{"id":"5","owner_id":["ada@example.com"]}"#, "owner_id"),
        (r#"{"id":"5","has_hard_bounced":7}"#, "has_hard_bounced"),
        (r#"{"id":"5","created_at":"ada@example.com"}"#, "created_at"),
        (
            r#"{"id":"5","custom_attributes":"ada@example.com"}"#,
            "custom_attributes",
        ),
    ] {
        let read = reads(body.as_bytes(), &[place]).await;
        // What is stored has it all the same.
        let stored = serde_json::to_value(&*read).unwrap();
        let field = place.split(['.', '[']).next().unwrap();
        let sent: serde_json::Value = serde_json::from_str(body).unwrap();
        assert!(stored.get(field).is_some(), "{stored}");
        if field == place {
            assert_eq!(stored[field], sent[field]);
        }
    }
}

#[tokio::test]
async fn a_strict_client_fails_exactly_where_something_would_be_left_out() {
    for (body, is_odd) in [
        (r#"{"id":"5","tags":"x"}"#, true),
        (r#"{"id":"5","owner_id":7,"new":{}}"#, false),
    ] {
        let server = Server::start([Reply::json(200, body)]).await;
        let strict = crate::builder(&server).decoding(Decoding::Strict).build();
        let read = strict.unwrap().v2_14().contacts().get("5").send().await;
        match read {
            Ok(read) => assert!(!is_odd && read.unread().is_empty(), "{body}"),
            Err(error) => {
                assert!(is_odd && error.is_decode(), "{body}: {error}");
                assert!(error.to_string().contains("cannot read `tags`"), "{error}");
            }
        }
    }
}

#[tokio::test]
async fn a_list_under_another_name_is_the_list_and_an_empty_one_is_empty() {
    let read =
        contacts(br#"{"type":"list","total_count":2,"contacts":[{"id":"1"},{"id":"2"}]}"#).await;
    let ids: Vec<String> = read
        .unwrap()
        .into_inner()
        .into_iter()
        .map(|one| one.id)
        .collect();
    assert_eq!(ids, ["1", "2"]);
    for body in [
        r#"{"data":[]}"#,
        r#"{"data":null}"#,
        r#"{"data":""}"#,
        r#"{"data":{}}"#,
    ] {
        assert!(
            contacts(body.as_bytes()).await.unwrap().data.is_empty(),
            "{body}"
        );
    }
    let read = contacts(br#"{"data":{"0":{"id":"1"},"1":{"id":"2"}}}"#)
        .await
        .unwrap();
    assert_eq!(read.data.len(), 2);
    let read = contacts(br#"{"data":{"id":"1"}}"#).await.unwrap();
    assert_eq!(read.data[0].id, "1");
}

#[tokio::test]
async fn an_odd_item_is_one_error_of_the_stream_which_goes_on() {
    let page =
        r#"{"data":[{"id":"1"},7,{"id":"2","tags":"x"},"y",{"id":"3"}],"pages":{"next":null}}"#;
    for decoding in [Decoding::Lenient, Decoding::Strict] {
        let server = Server::start([Reply::json(200, page)]).await;
        let intercom = crate::builder(&server).decoding(decoding).build().unwrap();
        let mut all = intercom.v2_14().contacts().list().stream();
        let mut seen = Vec::new();
        while let Some(item) = all.next().await {
            seen.push(match item {
                Ok(contact) => contact.id,
                Err(error) => String::from_utf8_lossy(error.body().unwrap()).into_owned(),
            });
        }
        let second = match decoding {
            Decoding::Strict => "\"x\"",
            _ => "2",
        };
        assert_eq!(seen, ["1", "7", second, "\"y\"", "3"], "{decoding:?}");
    }
}
