//! Lists that come in pages.

mod items;
mod page;
mod page_request;
mod pager;
mod pages;
mod pagination;
mod paging;
mod response;

pub use self::items::ItemStream;
pub use self::page::Page;
pub use self::pages::Pages;
pub(crate) use self::paging::Paging;
pub use self::response::List;
pub(crate) use self::response::sealed;
