//! Gives the builders of lists a stream over the items of all pages.

use quote::format_ident;
use serde_json::Value;
use syn::{ImplItem, parse_quote};

use super::handles;
use crate::pipeline::{
    document::schema_name,
    normalize::{Normalized, Prepared},
    words,
};

/// The query parameter that asks for the page at a cursor.
pub const CURSOR: &str = "starting_after";

/// `stream`, if the operation takes a cursor and answers with a list.
pub fn stream(prepared: &Prepared, normalized: &Normalized) -> Option<ImplItem> {
    let parameters = prepared.item["parameters"].as_array()?;
    parameters
        .iter()
        .find(|parameter| parameter["name"] == CURSOR)?;
    let (property, item) = list_of(prepared, normalized)?;
    let constant = handles::constant(&prepared.operation);
    let cursor = format_ident!("{CURSOR}");
    let field = format_ident!("{}", words::snake(&property));
    let item = format_ident!("{}", words::type_name(&item));
    let doc = format!(
        " Streams the items of all pages, each `{} {}` sent when the items before it are used up.",
        prepared.operation.method, prepared.operation.path
    );
    Some(parse_quote! {
        #[doc = #doc]
        ///
        /// With a cursor set, it begins at the page of that cursor.
        pub fn stream(self) -> crate::ItemStream<types::#item> {
            crate::ItemStream::new(&operations::#constant, move |cursor| {
                let mut request = self.clone();
                if cursor.is_some() {
                    request.#cursor = Ok(cursor);
                }
                Box::pin(async move {
                    let response = request.send().await?;
                    Ok(crate::items::Page::of(response, |page| page.#field))
                })
            })
        }
    })
}

/// The property of the answer that holds the list, and the schema of its items.
fn list_of(prepared: &Prepared, normalized: &Normalized) -> Option<(String, String)> {
    let media = prepared
        .item
        .pointer("/responses/200/content/application~1json/schema")?;
    let answer = &normalized.schemas.get(schema_name(media)?)?.schema;
    let mut lists = answer["properties"]
        .as_object()?
        .iter()
        .filter_map(|(name, schema)| Some((name.clone(), item_schema(schema)?.to_owned())));
    let list = lists.next()?;
    // An answer with two lists does not say which of them is paged.
    lists.next().is_none().then_some(list)
}

fn item_schema(schema: &Value) -> Option<&str> {
    schema_name(schema.get("items")?)
}
