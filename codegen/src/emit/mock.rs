//! Mocks of the operations for tests (feature `mock`): progenitor's helpers for httpmock, behind handles like those of the client.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use serde_json::json;
use syn::File;

use crate::{
    casing,
    emit::{handles::alias, mock_alternatives, responses, setters},
    error::Problem,
    lower::{
        Normalized, Operation, Prepared, Success, has_own_matcher, idents,
        shape::{Field, Shape},
    },
    rewrite::{self, mock as operations},
    spec::{docs::Docs, names::Name},
};

/// The module `mock`; with `is_checked`, also what makes a mock of any operation by its name.
pub fn module(
    generated: TokenStream,
    normalized: &Normalized,
    docs: &Docs,
    is_checked: bool,
) -> Result<TokenStream, Problem> {
    let file: File = rewrite::parse(generated)?;
    let operations = operations::rewrite(rewrite::items(&file, "operations")?, normalized)?;
    let parameters = parameters(normalized);
    let version = format_ident!("{}", normalized.version.feature());
    let handles = handles(normalized, docs)?;
    let by_name = is_checked.then(|| by_name(normalized));
    let about = guide(normalized);
    let doc = format!(
        " Mocks of version {} on a [`MockServer`](::httpmock::MockServer).",
        normalized.version
    );
    let method = format!(
        " The operations of version {}, to be mocked.",
        normalized.version
    );
    Ok(quote! {
        #( #[doc = #about] )*
        pub mod mock {
            use ::httpmock::{Mock, MockServer};

            #[doc = #doc]
            pub trait MockServerExt {
                #[doc = #method]
                fn #version(&self) -> Api<'_>;
            }

            impl MockServerExt for MockServer {
                fn #version(&self) -> Api<'_> {
                    Api { server: self }
                }
            }

            #handles
            #by_name

            /// What the mock of each operation matches, and its response.
            pub mod operations {
                use super::super::{OPERATIONS, operations as table, signatures, types};

                #operations
                #parameters
            }
        }
    })
}

/// Matchers of the parameters that are lists, or that progenitor cannot name, which take what the setters of requests take.
fn parameters(normalized: &Normalized) -> TokenStream {
    let module = quote!(types::);
    let matcher = |prepared: &Prepared, place: &str, field: &Field| {
        let (name, property) = (&field.name, &field.property);
        let (constant, place) = (
            idents::constant(&prepared.operation),
            format_ident!("{place}"),
        );
        let held = if place == "query" {
            quote!(query)
        } else {
            quote!(headers)
        };
        let (bound, set) = setters::taken(&field.shape, &module);
        let doc =
            format!(" Matches requests with this `{property}`; an empty list those without it.");
        quote! {
            #[doc = #doc]
            ///
            /// # Panics
            /// If a request with this value would be refused before it is sent.
            #[track_caller]
            pub fn #name(self, value: #bound) -> Self {
                let mut fields = crate::runtime::Fields::new(&signatures::#constant.#held);
                fields.#set(#property, value);
                Self(crate::runtime::mock::#place(self.0, #property, fields))
            }
        }
    };
    let operations = normalized.operations.iter().map(|prepared| {
        let matchers = ["query", "header"].map(|place| {
            let fields = prepared.parameters(place, normalized).into_iter();
            let fields = fields.filter(|field| {
                let declared = json!({ "name": field.property, "in": place });
                matches!(field.shape, Shape::List(_) | Shape::Map) || has_own_matcher(&declared)
            });
            fields
                .map(|field| matcher(prepared, place, &field))
                .collect::<TokenStream>()
        });
        let when = operations::when(&prepared.operation);
        if matchers.iter().all(TokenStream::is_empty) {
            TokenStream::new()
        } else {
            quote! { impl #when { #( #matchers )* } }
        }
    });
    operations.collect()
}

/// `Api` and the handles.
fn handles(normalized: &Normalized, docs: &Docs) -> Result<TokenStream, Problem> {
    let mut resources: BTreeMap<&str, Vec<TokenStream>> = BTreeMap::new();
    for prepared in &normalized.operations {
        let operation = &prepared.operation;
        let methods = resources.entry(&operation.name.resource).or_default();
        methods.push(method_of(operation));
        methods.extend(mock_alternatives::methods(prepared, normalized)?);
    }
    let names = resources.keys().map(|resource| format_ident!("{resource}"));
    let handles: Vec<_> = resources
        .keys()
        .map(|resource| format_ident!("{}", casing::type_name(resource)))
        .collect();
    let sentences: Vec<_> = resources
        .keys()
        .map(|resource| docs.resources.get(*resource))
        .map(|sentence| sentence.map_or(String::new(), |sentence| format!(" {sentence}")))
        .collect();
    let methods = resources.values();
    Ok(quote! {
        /// A handle for each resource, as the client has them.
        #[derive(Clone, Copy)]
        pub struct Api<'s> {
            server: &'s MockServer,
        }
        impl<'s> Api<'s> {
            #(
                #[doc = #sentences]
                pub fn #names(&self) -> #handles<'s> {
                    #handles { server: self.server }
                }
            )*
        }
        #(
            #[doc = #sentences]
            #[derive(Clone, Copy)]
            pub struct #handles<'s> {
                server: &'s MockServer,
            }
            impl<'s> #handles<'s> {
                #( #methods )*
            }
        )*
    })
}

fn method_of(operation: &Operation) -> TokenStream {
    let Operation {
        id, method, path, ..
    } = operation;
    let doc = format!(" Mocks `{method} {path}`.");
    let name = format_ident!("{}", operation.name.verb);
    let alias = alias(id, &name);
    let (when, then) = (operations::when(operation), operations::then(operation));
    quote! {
        #[doc = #doc]
        #alias
        pub fn #name<F>(&self, config: F) -> Mock<'s>
        where
            F: FnOnce(operations::#when, operations::#then),
        {
            self.server.mock(|when, then| {
                config(operations::#when::new(when), operations::#then::new(then));
            })
        }
    }
}

/// A mock of any operation, for checks of all of them.
fn by_name(normalized: &Normalized) -> TokenStream {
    let version = format_ident!("{}", normalized.version.feature());
    let arms = normalized.operations.iter().map(arm);
    quote! {
        /// Mocks an operation, whatever its parameters are, with a response that its type reads; for checks of the mocks.
        #[doc(hidden)]
        pub fn by_name<'s>(
            server: &'s MockServer,
            operation: &str,
            response: &[u8],
        ) -> Result<Mock<'s>, crate::Error> {
            let operation = crate::runtime::dynamic::find(super::SIGNATURES, operation)?.operation;
            let api = server.#version();
            match (operation.resource, operation.name) {
                #( #arms )*
                _ => Err(crate::Error::no_such_operation(operation.id)),
            }
        }
    }
}

fn arm(prepared: &Prepared) -> TokenStream {
    let Name { resource, verb, .. } = &prepared.operation.name;
    let (handle, method) = (format_ident!("{resource}"), format_ident!("{verb}"));
    let kind = responses::of(prepared);
    match prepared.operation.success {
        Success::Json => quote! {
            (#resource, #verb) => {
                use super::types;
                let response = crate::runtime::dynamic::response::<#kind>(operation, response)?;
                Ok(api.#handle().#method(|_, then| drop(then.ok(&response))))
            }
        },
        Success::Bytes(_) => quote! {
            (#resource, #verb) => Ok(api.#handle().#method(|_, then| drop(then.ok(response)))),
        },
        Success::Empty => quote! {
            (#resource, #verb) => Ok(api.#handle().#method(|_, then| drop(then.ok()))),
        },
    }
}

/// How to use the module; with an example where there are contacts.
fn guide(normalized: &Normalized) -> Vec<String> {
    let has_contacts = normalized.operations.iter().any(|prepared| {
        prepared.operation.name.resource == "contacts" && prepared.operation.name.verb == "get"
    });
    let text = if has_contacts {
        format!("{ABOUT}{EXAMPLE}")
    } else {
        ABOUT.to_owned()
    };
    let text = text.replace("VERSION", &normalized.version.feature());
    text.lines().map(|line| format!(" {line}")).collect()
}

const ABOUT: &str = "\
Typed mocks of the operations, for tests of code that uses this crate.

A mock responds to the requests of one operation: those with its method, its path and the `Intercom-Version` of this module,
narrowed down by the matchers of its `When`. Other requests fail with [`ErrorKind::NoMock`](crate::ErrorKind::NoMock), which
[`is_not_found`](crate::Error::is_not_found) is false of, and `assert` on the mock says how they differ. Both `When` and `Then` have an `into_inner`, which leads to all that httpmock can do.

A verb for one of the things that a body may be, such as `close`, has a mock of its own, which matches only what that verb sends.
`then.json(json!({ … }))` responds with any JSON, and `then.page(items, cursor)` with a page of a list.
";

const EXAMPLE: &str = r#"
```
# #[tokio::main(flavor = "current_thread")]
# async fn main() -> Result<(), intercom_client::Error> {
use intercom_client::VERSION::{mock::MockServerExt, types::Contact};
use intercom_client::{Intercom, httpmock::MockServer};
use serde_json::json;

let server = MockServer::start_async().await;
let found = server.VERSION().contacts().get(|when, then| {
    when.contact_id("6329bd9ffe4e2e91dac76188");
    let ada = "6329bd9ffe4e2e91dac76188".to_owned();
    then.ok(Contact { id: ada, email: Some("ada@example.com".into()), ..Default::default() });
});
let created = server.VERSION().contacts().create(|when, then| {
    when.body(json!({ "email": "ada@example.com" }));
    then.error(409, "conflict", "A contact matching those details already exists")
        .into_inner()
        .header("x-ratelimit-remaining", "10");
});

let api = Intercom::builder("token").base_url(server.base_url()).build()?.VERSION();
let contact = api.contacts().get("6329bd9ffe4e2e91dac76188").await?;
assert_eq!(contact.email.as_deref(), Some("ada@example.com"));
let error = api.contacts().create().email("ada@example.com").await.unwrap_err();
assert_eq!(error.code(), Some("conflict"));

found.assert();
created.assert();
# Ok(()) }
```"#;
