//! Operations of the API, described as data.

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
    /// Whether it starts jobs of which only a limited number may be pending. A `429` may then mean that too many are.
    pub has_quota: bool,
    /// How its list is paginated, if it returns one.
    pub list: Option<ListKind>,
    /// The path of the field of the response that holds the list, such as `data` or `data.articles`.
    pub(crate) list_field: Option<&'static str>,
    /// Whether the response may be something else than a list.
    pub(crate) may_be_no_list: bool,
    /// The parameter of the path that is the id of what the operation returns, if it is one that deletes.
    pub(crate) deleted: Option<&'static str>,
}

/// How a list is paginated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ListKind {
    /// By a cursor in each page, which is sent as `starting_after` in the query.
    CursorInQuery,
    /// By a cursor in each page, which is sent as `pagination.starting_after` in the body.
    CursorInBody,
    /// By numbered pages, which are requested as `page` in the query.
    PageNumber,
    /// By a scroll, which each request moves on. It ends with an empty page, and an app can have only one open.
    ///
    /// Its requests are not retried, and it cannot be resumed after an error: start from the beginning.
    Scroll,
    /// By a link to the next page in each page but the last.
    NextLink,
    /// Not at all: the list comes in one page. If that has a link to another page all the same, it is followed.
    Whole,
}
