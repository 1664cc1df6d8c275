//! One request of each kind, as a caller makes it.

use std::pin::Pin;

use intercom_client::v2_14::{Api, OPERATIONS, types};
use intercom_client::{Error, Response};

/// A request, by the name of its operation.
pub(crate) struct Request {
    pub(crate) name: &'static str,
    /// Whether sending it twice does no more than sending it once.
    pub(crate) is_idempotent: bool,
    pub(crate) send: fn(&Api) -> Sending,
}

/// The number of attempts that it took.
pub(crate) type Sending = Pin<Box<dyn Future<Output = Result<u32, Error>> + Send>>;

impl Request {
    pub(crate) fn method(&self) -> &'static str {
        let mut operations = OPERATIONS.iter();
        let found = operations
            .find(|operation| self.name == format!("{}.{}", operation.resource, operation.name));
        found.unwrap().method
    }
}

/// The body of a response that fits all of them.
pub(crate) const BODY: &str = r#"{"type":"list","id":"c1","data":[],"total_count":0}"#;

pub(crate) const REQUESTS: &[Request] = &[
    Request {
        name: "contacts.get",
        is_idempotent: true,
        send: |api| attempts(api.contacts().get("c1").send()),
    },
    Request {
        name: "contacts.update",
        is_idempotent: true,
        send: |api| {
            let update = api.contacts().update("c1");
            attempts(update.name("Ada").send())
        },
    },
    Request {
        name: "contacts.delete",
        is_idempotent: true,
        send: |api| attempts(api.contacts().delete("c1").send()),
    },
    Request {
        name: "contacts.search",
        is_idempotent: true,
        send: |api| {
            let filter = types::SingleFilterSearchRequest::new("role", "=").value("lead");
            attempts(api.contacts().search().query(filter).send())
        },
    },
    Request {
        name: "contacts.create",
        is_idempotent: false,
        send: |api| {
            let create = api.contacts().create();
            attempts(create.email("ada@example.com").send())
        },
    },
    Request {
        name: "messages.create",
        is_idempotent: false,
        send: |api| {
            let message = api
                .messages()
                .create()
                .message_type("email")
                .subject("Hello")
                .body("How are you?")
                .template("plain")
                .from(types::CreateMessageRequestFrom::new("394051"))
                .to(types::Recipient::new("c1", "user"));
            attempts(message.send())
        },
    },
];

/// All that start a job of which only so many may be pending.
pub(crate) const QUOTA: &[Request] = &[
    Request {
        name: "data_export.create",
        is_idempotent: false,
        send: |api| {
            let create = api.data_export().create();
            let create = create
                .created_at_after(chrono::DateTime::UNIX_EPOCH)
                .created_at_before(chrono::DateTime::UNIX_EPOCH);
            attempts(create.send())
        },
    },
    Request {
        name: "reporting_data_export.enqueue",
        is_idempotent: false,
        send: |api| {
            let enqueue = api.reporting_data_export().enqueue();
            let enqueue = enqueue
                .dataset_id("conversation")
                .attribute_ids(["conversation_id"])
                .start_time(chrono::DateTime::UNIX_EPOCH)
                .end_time(chrono::DateTime::UNIX_EPOCH);
            attempts(enqueue.send())
        },
    },
];

fn attempts<T: Send>(
    call: impl Future<Output = Result<Response<T>, Error>> + Send + 'static,
) -> Sending {
    Box::pin(async move { call.await.map(|response| response.attempts()) })
}
