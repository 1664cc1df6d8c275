//! One page of a list.

use std::fmt;

use serde_json::value::RawValue;

use super::pagination::PageInfo;
use super::response::List;
use crate::error::Error;
use crate::json;
use crate::operation::Operation;
use crate::response::Response;
use crate::wire::RawResponse;
use crate::wire::endpoint::Endpoint;

/// One page of a list, with the [`response`](Self::response) that it came in.
pub struct Page<L> {
    pub(super) operation: &'static Operation,
    pub(super) response: Response<L>,
    pub(super) cursor: Option<String>,
    pub(super) next: Option<String>,
    pub(super) is_last: bool,
}

impl<L: List> Page<L> {
    /// Returns the items of this page.
    pub fn items(&self) -> &[L::Item] {
        List::items(&*self.response)
    }

    /// Takes the items out of this page.
    pub fn into_items(self) -> Vec<L::Item> {
        self.response.into_inner().into_items()
    }

    /// Returns the JSON of each item as it came, in the order of [`items`](Self::items). Items that could not be read are left out
    /// of both.
    ///
    /// It has the fields that the types do not know, and all digits of every number.
    ///
    /// ```no_run
    /// # #[cfg(all(feature = "v2_14", feature = "contacts"))]
    /// # async fn run(api: intercom_client::v2_14::Api) -> Result<(), intercom_client::Error> {
    /// let mut pages = api.contacts().list().pages();
    /// while let Some(page) = pages.try_next().await? {
    ///     for (contact, json) in page.items().iter().zip(page.raw_items()) {
    ///         println!("{}: {}", contact.id, json.get());
    ///     }
    /// }
    /// # Ok(()) }
    /// ```
    pub fn raw_items(&self) -> Vec<Box<RawValue>> {
        let mut odd = Vec::new();
        for path in self.unread() {
            if let Some((index, false)) = place(path, self.operation) {
                let (Ok(before) | Err(before)) = odd.binary_search(&index);
                odd.insert(before, index);
            }
        }
        let all = json::elements(self.response.raw_body(), self.operation.list_field);
        let mut items = Vec::new();
        for (index, json) in all.into_iter().enumerate() {
            if is_item(&json) && odd.binary_search(&index).is_err() {
                items.push(json);
            }
        }
        // There may be more than are listed.
        if items.len() != self.items().len() {
            items.retain(|json| json.get().starts_with('{'));
        }
        items
    }

    /// The items in their order, with an error in place of each that could not be read.
    ///
    /// With strict decoding, an item of which a part is left out is an error too.
    pub(super) fn into_each(self, is_strict: bool) -> Vec<Result<L::Item, Error>> {
        let odd = odd_items(&self.response, self.operation, is_strict);
        let items = self.response.into_inner().into_items();
        if odd.is_empty() {
            return items.into_iter().map(Ok).collect();
        }
        let mut odd = odd.into_iter().peekable();
        let mut items = items.into_iter();
        let mut each = Vec::new();
        for index in 0.. {
            match odd.next_if(|odd| odd.index == index) {
                Some(OddItem { error, is_read, .. }) => {
                    if is_read {
                        items.next();
                    }
                    each.push(Err(error));
                }
                None => match items.next() {
                    Some(item) => each.push(Ok(item)),
                    None if odd.peek().is_none() => break,
                    // A null between them is no item.
                    None => {}
                },
            }
        }
        each
    }
}

/// The items of the page.
impl<L: List> IntoIterator for Page<L> {
    type Item = L::Item;
    type IntoIter = std::vec::IntoIter<L::Item>;

    fn into_iter(self) -> Self::IntoIter {
        self.into_items().into_iter()
    }
}

/// The items of the page.
impl<'p, L: List> IntoIterator for &'p Page<L> {
    type Item = &'p L::Item;
    type IntoIter = std::slice::Iter<'p, L::Item>;

    fn into_iter(self) -> Self::IntoIter {
        self.items().iter()
    }
}

/// Whether it is not blank.
fn is_item(json: &RawValue) -> bool {
    let text = json.get();
    let within = |open: char, close: char| {
        let within = text.strip_prefix(open)?.strip_suffix(close)?;
        Some(within.trim().is_empty())
    };
    let is_blank = within('"', '"').or_else(|| within('[', ']'));
    text != "null" && is_blank != Some(true)
}

/// The error of an item that could not be read, or not completely.
struct OddItem {
    index: usize,
    error: Error,
    is_read: bool,
}

fn odd_items<L>(
    page: &Response<L>,
    operation: &'static Operation,
    is_strict: bool,
) -> Vec<OddItem> {
    let mut odd: Vec<OddItem> = Vec::new();
    for (path, json) in page.left_out() {
        let Some((index, is_read)) = place(path, operation) else {
            continue;
        };
        if is_read && !is_strict || odd.iter().any(|known| known.index == index) {
            continue;
        }
        let response = RawResponse {
            body: json.to_string().into(),
            ..page.parts().clone()
        };
        let error = Error::unreadable(&Endpoint::Operation(operation), path, response);
        let item = OddItem {
            index,
            error,
            is_read,
        };
        odd.insert(odd.partition_point(|known| known.index <= index), item);
    }
    odd
}

/// The item that a path leads to, and whether the path goes on inside of it.
pub(super) fn place(path: &str, operation: &Operation) -> Option<(usize, bool)> {
    // A list without the object around it has no name.
    let rest = path.strip_prefix(operation.list_field?).unwrap_or(path);
    let (index, rest) = rest.strip_prefix('[')?.split_once(']')?;
    Some((index.parse().ok()?, !rest.is_empty()))
}

impl<L> Page<L> {
    /// Returns the cursor of this page, or `None` for the first one.
    pub fn cursor(&self) -> Option<&str> {
        self.cursor.as_deref()
    }

    /// Returns the cursor of the next page, for `starting_after` of a request of the same list.
    ///
    /// It is `None` on the last page. It is also `None` if the list cannot be followed further; the next page is an error then.
    pub fn next_cursor(&self) -> Option<&str> {
        self.next.as_deref()
    }

    /// Returns whether this is the last page.
    pub fn is_last(&self) -> bool {
        self.is_last
    }

    /// Returns the number of items on all pages together, if the API reports it.
    pub fn total_count(&self) -> Option<u64> {
        PageInfo::page(self.response.raw_body()).total_count()
    }

    /// Returns the response that the page came in: its status, its headers, and the fields of the envelope besides the items.
    pub fn response(&self) -> &Response<L> {
        &self.response
    }

    /// Returns the paths of what was left out of this page because it could not be read; see [`Response::unread`].
    pub fn unread(&self) -> &[String] {
        self.response.unread()
    }

    /// Takes the response out of the page.
    pub fn into_response(self) -> Response<L> {
        self.response
    }
}

impl<L: fmt::Debug> fmt::Debug for Page<L> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Page")
            .field("response", &self.response)
            .finish_non_exhaustive()
    }
}
