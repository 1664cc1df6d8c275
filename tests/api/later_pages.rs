//! Lists of which a page is missing: neither an end of them nor something that was not found.

use intercom_client::{Error, ErrorKind, Intercom, RetryPolicy, v2_14};
use serde_json::json;

use crate::support::{Reply, Server};

async fn serve(replies: impl IntoIterator<Item = Reply>) -> (Server, v2_14::Api) {
    let server = Server::start(replies).await;
    let intercom = Intercom::builder("a-token").base_url(&server.url);
    let intercom = intercom.retry(RetryPolicy::never()).build().unwrap();
    let api = intercom.v2_14();
    (server, api)
}

fn error_list(status: u16, message: &str) -> Reply {
    let errors = json!([{ "code": "not_found", "message": message }]);
    let body = json!({ "type": "error.list", "errors": errors });
    Reply::json(status, body.to_string())
}

/// The number of items before the error.
async fn contacts(api: &v2_14::Api) -> (usize, Error) {
    let mut stream = api.contacts().list().stream();
    let mut count = 0;
    loop {
        match stream.next().await.unwrap() {
            Ok(_) => count += 1,
            Err(error) => {
                assert!(stream.next().await.is_none());
                return (count, error);
            }
        }
    }
}

#[tokio::test]
async fn a_later_page_that_is_missing_is_no_contact_that_was_not_found() {
    let first = || {
        let next = json!({ "next": { "starting_after": "c2" } });
        let data = json!([{ "type": "contact", "id": "1" }]);
        let page = json!({ "type": "list", "data": data, "pages": next });
        Reply::json(200, page.to_string())
    };
    for status in [404, 410] {
        let (server, api) = serve([first(), error_list(status, "no such page")]).await;
        let (count, error) = contacts(&api).await;
        assert_eq!((count, server.seen().len()), (1, 2));
        assert_eq!(error.kind(), ErrorKind::Pagination, "{error}");
        assert!(!error.is_not_found() && !error.is_gone());
        assert_eq!(error.status().unwrap().as_u16(), status);
        assert_eq!(error.code(), Some("not_found"));

        let (_, api) = serve([error_list(status, "no such list")]).await;
        let (_, error) = contacts(&api).await;
        assert_eq!(error.kind(), ErrorKind::Rejected);
        assert_eq!(error.is_not_found(), status == 404);
        assert_eq!(error.is_gone(), status == 410);
    }
}

#[tokio::test]
async fn a_scroll_that_expires_on_its_way_is_no_end_and_not_that_nothing_was_found() {
    let page = json!({ "data": [{ "type": "company", "id": "1" }], "scroll_param": "s1" });
    let expired = error_list(404, "scroll parameter not found");
    let (server, api) = serve([Reply::json(200, page.to_string()), expired]).await;
    let mut stream = api.companies().scroll().stream();
    assert_eq!(stream.next().await.unwrap().unwrap().id, "1");
    let error = stream.next().await.unwrap().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::ScrollExpired);
    assert!(!error.is_not_found() && !error.is_retryable());
    assert_eq!(error.message(), Some("scroll parameter not found"));
    assert!(stream.next().await.is_none());
    assert_eq!(server.seen().len(), 2);
}
