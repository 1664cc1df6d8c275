//! What is known of an operation of the API before it is called.

/// One operation of one version of the API: its names, its method and its path.
///
/// Every version module holds the table of its operations as `OPERATIONS`.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Operation {
    /// Intercom's id of the operation, for example `ShowContact`.
    pub id: &'static str,
    /// The HTTP method in capitals, for example `GET`.
    pub method: &'static str,
    /// The path with its parameters in braces, for example `/contacts/{contact_id}`.
    pub path: &'static str,
    /// The resource that the operation belongs to, for example `contacts`.
    pub resource: &'static str,
    /// The name of the operation among those of its resource, for example `get`.
    pub name: &'static str,
    /// Whether sending the same request twice does no more than sending it once, so that it is retried after any failure.
    pub idempotent: bool,
    /// Whether it starts jobs of which only so many may be pending; a `429` may then mean that there are as many.
    pub has_quota: bool,
    /// How it leads from page to page, if it answers with a list.
    pub list: Option<ListKind>,
    /// The field of the response that holds the list, where the response is its envelope.
    pub(crate) list_field: Option<&'static str>,
}

/// How a list leads from one page to the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ListKind {
    /// Each page tells a cursor, which is sent as `starting_after` in the query.
    CursorInQuery,
    /// Each page tells a cursor, which is sent as `pagination.starting_after` in the body.
    CursorInBody,
    /// The pages are numbered, and asked for as `page` in the query.
    PageNumber,
    /// Each request moves a scroll on, of which an app can have one at a time; it ends with an empty page.
    ///
    /// Its requests are not retried, and it cannot be taken up again after an error: start from the beginning.
    Scroll,
    /// Each page has a link to the next, or none.
    NextLink,
    /// The list comes in one page; should that have a link all the same, it is followed.
    Whole,
}
