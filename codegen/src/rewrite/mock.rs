//! What a mock matches, and its response: progenitor's `When` and `Then` of each operation.
//!
//! Kept are their types and the matchers of query and body. Paths are matched as they are sent, and downloads are bytes.

use std::collections::BTreeMap;

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, format_ident};
use syn::{Attribute, FnArg, ImplItem, ImplItemFn, Item, ItemImpl, ItemStruct, Type, parse_quote};

use crate::{
    casing,
    error::Problem,
    lower::{
        Body, Normalized, Operation, Prepared, Success, has_own_matcher, idents,
        pagination::ListLocation, shape::Shape,
    },
};

const INNER_WHEN: &str = " The matcher of httpmock, which can match anything else.";
const INNER_THEN: &str = " The response of httpmock, for headers, delays and other bodies.";

/// `When` and `Then` of every operation, each of which must be there.
pub fn rewrite(items: &[Item], normalized: &Normalized) -> Result<TokenStream, Problem> {
    let mut wanted = BTreeMap::new();
    for prepared in &normalized.operations {
        wanted.insert(when(&prepared.operation), (prepared, true));
        wanted.insert(then(&prepared.operation), (prepared, false));
    }
    let mut finished = TokenStream::new();
    let mut count = 0;
    for item in items {
        match item {
            Item::Struct(found) => {
                let (prepared, is_when) = lookup(&wanted, &found.ident)?;
                structure(found, &prepared.operation, is_when).to_tokens(&mut finished);
            }
            Item::Impl(found) => {
                let name = found.self_ty.to_token_stream().to_string();
                let (prepared, is_when) = lookup(&wanted, &format_ident!("{name}"))?;
                let of = Of {
                    prepared,
                    normalized,
                };
                if is_when {
                    of.when(found.clone())?
                } else {
                    of.then(found.clone())?
                }
                .to_tokens(&mut finished);
                count += 1;
            }
            _ => {}
        }
    }
    if count != wanted.len() {
        return Err(Problem::new(format!(
            "{count} of {} matchers and responses would be mocked; progenitor generates something new",
            wanted.len()
        )));
    }
    Ok(finished)
}

fn lookup<T: Copy>(wanted: &BTreeMap<Ident, T>, ident: &Ident) -> Result<T, Problem> {
    wanted.get(ident).copied().ok_or_else(|| {
        Problem::new(format!(
            "progenitor made `{ident}`, which is of the mock of no operation"
        ))
    })
}

/// `ContactsGetWhen`.
pub fn when(operation: &Operation) -> Ident {
    format_ident!("{}When", idents::builder(operation))
}

/// `ContactsGetThen`.
pub fn then(operation: &Operation) -> Ident {
    format_ident!("{}Then", idents::builder(operation))
}

fn structure(found: &ItemStruct, operation: &Operation, is_when: bool) -> ItemStruct {
    let (method, path) = (&operation.method, &operation.path);
    let doc = if is_when {
        format!(" What a request of `{method} {path}` must be to be matched.")
    } else {
        format!(" The response to `{method} {path}`.")
    };
    let mut found = found.clone();
    found.attrs = vec![documented(&doc)];
    found
}

fn documented(doc: &str) -> Attribute {
    parse_quote!(#[doc = #doc])
}

/// The type of what a method is given, by reference unless it is a number or a bool.
fn given(function: &ImplItemFn) -> Option<Type> {
    match function.sig.inputs.iter().nth(1)? {
        FnArg::Typed(argument) => match argument.ty.as_ref() {
            Type::Reference(reference) => match reference.elem.as_ref() {
                Type::Path(path) if path.path.is_ident("str") => Some(parse_quote!(String)),
                kind => Some(kind.clone()),
            },
            kind => Some(kind.clone()),
        },
        FnArg::Receiver(_) => None,
    }
}

struct Of<'a> {
    prepared: &'a Prepared,
    normalized: &'a Normalized,
}

impl Of<'_> {
    fn when(&self, mut found: ItemImpl) -> Result<ItemImpl, Problem> {
        let constant = idents::constant(&self.prepared.operation);
        let version = &self.normalized.header;
        let mut matched = 0;
        let mut kept = Vec::new();
        for item in found.items {
            let ImplItem::Fn(mut function) = item else {
                continue;
            };
            let parameter = self.prepared.parameter(&function.sig.ident);
            let doc = match (function.sig.ident.to_string().as_str(), parameter) {
                ("new", _) => {
                    function.block = parse_quote!({
                        Self(crate::runtime::mock::request(inner, &table::#constant, #version, OPERATIONS))
                    });
                    " Every request of the operation in this version; for [`MockServer::mock_async`](::httpmock::MockServer::mock_async).".to_owned()
                }
                ("into_inner", _) => INNER_WHEN.to_owned(),
                (_, Some(name)) => {
                    matched += 1;
                    if self.is_list(&name) {
                        // Those of lists are our own, which match what is sent.
                        continue;
                    }
                    self.matcher(&mut function, &name)
                }
                // Bodies that are not JSON are matched by what `into_inner` gives.
                ("body", None) if self.prepared.operation.body != Body::Json => continue,
                ("body", None) => {
                    let kind = self.body();
                    function.sig.inputs = parse_quote!(self, body: impl crate::IntoField<#kind>);
                    function.block =
                        parse_quote!({ Self(self.0.json_body(crate::runtime::mock::body(body))) });
                    function.attrs.push(parse_quote!(#[track_caller]));
                    " Matches requests that send this body and no other: a value of its type, or JSON.\n\n # Panics\n If a request with this body would be refused before it is sent: the message names the field.".to_owned()
                }
                (other, None) => return Err(self.unexpected(other)),
            };
            function.attrs.push(documented(&doc));
            kept.push(ImplItem::Fn(function));
        }
        let declared = self.prepared.item["parameters"].as_array();
        let given = declared.into_iter().flatten();
        let given = given.filter(|parameter| !has_own_matcher(parameter));
        if matched != given.count() {
            return Err(self.unexpected("another number of parameters"));
        }
        if self.prepared.operation.body == Body::Json {
            kept.push(parse_quote! {
                /// Matches requests whose body has these fields, with these values, among others.
                pub fn body_includes(self, part: ::serde_json::Value) -> Self {
                    Self(self.0.json_body_includes(part.to_string()))
                }
            });
        }
        found.items = kept;
        Ok(found)
    }

    /// Whether a parameter is a list.
    fn is_list(&self, name: &str) -> bool {
        let parameters = self.prepared.item["parameters"].as_array();
        let mut parameters = parameters.into_iter().flatten();
        parameters
            .any(|parameter| parameter["name"] == name && parameter["schema"]["type"] == "array")
    }

    /// Paths are compared as they are sent, which progenitor's matchers of them do not; returns the documentation.
    fn matcher(&self, function: &mut ImplItemFn, name: &str) -> String {
        let operation = &self.prepared.operation;
        if operation
            .name
            .path
            .iter()
            .any(|parameter| parameter == name)
        {
            let constant = idents::constant(operation);
            function.sig.inputs = parse_quote!(self, value: impl crate::IntoId);
            function.block = parse_quote!({
                let value = crate::IntoId::into_id(value);
                Self(crate::runtime::mock::path_parameter(self.0, &table::#constant, #name, &value))
            });
        }
        // An optional parameter is an `impl Into<Option<_>>`.
        if function.sig.generics.params.is_empty() {
            format!(" Matches requests with this `{name}`.")
        } else {
            format!(" Matches requests with this `{name}`, or with `None` those without it.")
        }
    }

    /// The type of the body: any JSON, where it has no type of its own.
    fn body(&self) -> Type {
        match self.prepared.body_shape(self.normalized) {
            Some(Shape::Object(schema) | Shape::Union(schema)) => {
                let name = format_ident!("{}", casing::type_name(&schema));
                parse_quote!(types::#name)
            }
            _ => parse_quote!(::serde_json::Value),
        }
    }

    fn then(&self, mut found: ItemImpl) -> Result<ItemImpl, Problem> {
        for item in &mut found.items {
            let ImplItem::Fn(function) = item else {
                continue;
            };
            let doc = match function.sig.ident.to_string().as_str() {
                "new" => {
                    " A response; for [`MockServer::mock_async`](::httpmock::MockServer::mock_async)."
                }
                "into_inner" => INNER_THEN,
                "ok" => self.success(function),
                other => return Err(self.unexpected(other)),
            };
            function.attrs.push(documented(doc));
        }
        found.items.extend(self.page());
        if self.prepared.operation.success == Success::Json {
            let status = self.prepared.operation.status;
            found.items.push(parse_quote! {
                /// Responds with any JSON, whether or not it is what the operation's type would be.
                pub fn json(self, body: ::serde_json::Value) -> Self {
                    Self(self.0.status(#status).header("content-type", "application/json").json_body(body))
                }
            });
        }
        found.items.push(parse_quote! {
            /// Responds with an error in the form of the API's own: `error(404, "not_found", "User Not Found")`.
            pub fn error(self, status: u16, code: &str, message: &str) -> Self {
                Self(crate::runtime::mock::error(self.0, status, code, message))
            }
        });
        Ok(found)
    }

    /// `page`, for a list whose response is its envelope.
    fn page(&self) -> Option<ImplItem> {
        let operation = &self.prepared.operation;
        let list = operation.list.as_ref()?;
        if list.place != ListLocation::Response {
            return None;
        }
        let (status, property) = (operation.status, &list.property);
        let kind = format!("{:?}", list.kind);
        let kind = format_ident!("{kind}");
        let item = format_ident!("{}", casing::type_name(&list.item));
        Some(parse_quote! {
            /// Responds with a page of these items; with a cursor, the page that it leads to comes next.
            pub fn page(
                self,
                items: impl IntoIterator<Item = types::#item>,
                cursor: Option<&str>,
            ) -> Self {
                let items = ::serde_json::to_value(items.into_iter().collect::<Vec<_>>()).unwrap_or_default();
                let page = crate::runtime::mock::page(crate::ListKind::#kind, #property, items, cursor);
                Self(self.0.status(#status).header("content-type", "application/json").json_body(page))
            }
        })
    }

    /// Progenitor has JSON of any kind where a download is, and 200 where the document says so.
    fn success(&self, function: &mut ImplItemFn) -> &'static str {
        let status = self.prepared.operation.status;
        match &self.prepared.operation.success {
            Success::Json => {
                if let Some(kind) = given(function) {
                    function.sig.inputs =
                        parse_quote!(self, value: impl std::borrow::Borrow<#kind>);
                }
                function.block = parse_quote!({
                    Self(self.0.status(#status).header("content-type", "application/json").json_body_obj(value.borrow()))
                });
                " Responds with this value."
            }
            Success::Bytes(kind) => {
                function.sig.inputs = parse_quote!(self, value: impl AsRef<[u8]>);
                function.block = parse_quote!({
                    Self(self.0.status(#status).header("content-type", #kind).body(value))
                });
                " Responds with these bytes."
            }
            Success::Empty => {
                function.block = parse_quote!({ Self(self.0.status(#status)) });
                " Responds that it worked."
            }
        }
    }

    fn unexpected(&self, what: &str) -> Problem {
        let (method, path) = (
            &self.prepared.operation.method,
            &self.prepared.operation.path,
        );
        Problem::new(format!(
            "the mock of `{method} {path}` has {what}; progenitor generates something new"
        ))
    }
}
