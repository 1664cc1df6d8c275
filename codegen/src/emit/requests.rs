//! What requests have besides what progenitor knows of: setters of the fields of their bodies, and the future of the call.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};
use syn::{ImplItem, ItemImpl, ItemStruct, parse_quote};

use crate::{
    casing,
    emit::{alternatives, body_builders, lists, upsert},
    error::Problem,
    lower::{Body, Kind, Normalized, Operation, idents},
    rewrite::{self, fields::Form, requests::Request, types::Types},
    spec::{document::schema_name, names::RESERVED},
};

/// A request with all its methods.
pub fn complete(
    request: Request<'_>,
    normalized: &Normalized,
    types: &Types,
) -> Result<TokenStream, Problem> {
    let Request {
        prepared,
        mut structure,
        mut implementation,
        answer,
    } = request;
    let operation = &prepared.operation;
    if operation.is_paged() {
        lists::with_paging(&mut structure, &mut implementation);
    }
    let alternatives = alternatives::of(prepared, normalized, types)?;
    let default = alternatives
        .iter()
        .find(|alternative| alternative.is_default());
    if let Some(default) = default {
        with_fields(&mut structure, &mut implementation, &default.builder());
    }
    let others = alternatives
        .iter()
        .filter(|alternative| !alternative.is_default());
    let others = others.map(|alternative| alternative.request(&answer));
    let name = &structure.ident;
    if let Some(list) = &operation.list {
        implementation.items.extend(lists::methods(operation, list));
    }
    implementation
        .items
        .extend(upsert::upsert(operation, normalized));
    let taken: Vec<Ident> = implementation
        .items
        .iter()
        .filter_map(|item| match item {
            ImplItem::Fn(function) => Some(function.sig.ident.clone()),
            _ => None,
        })
        .collect();
    let media = "/requestBody/content/application~1json/schema";
    let form = "/requestBody/content/application~1x-www-form-urlencoded/schema";
    let schema = prepared.item.pointer(media).or(prepared.item.pointer(form));
    let schema = schema.and_then(schema_name);
    let body = schema.filter(|_| matches!(operation.body, Body::Json | Body::Form));
    let body = body.map(|schema| body_setters(schema, operation, normalized, types, &taken));
    let default = default.map(|default| default.setters(&taken));
    Ok(quote! {
        #[must_use = "nothing is sent until it is awaited"]
        #structure
        #implementation

        impl #name {
            #body
            #default

            /// Sets options for this call alone, on top of those that it has already.
            pub fn with_options(mut self, options: crate::CallOptions) -> Self {
                self.client = self.client.with_options(options);
                self
            }
        }

        impl std::future::IntoFuture for #name {
            type Output = Result<#answer, Error>;
            type IntoFuture = crate::CallFuture<#answer>;

            #[inline]
            fn into_future(self) -> Self::IntoFuture {
                crate::CallFuture::new(async move { self.send().await.map(Response::into_inner) })
            }
        }

        #( #others )*
    })
}

/// Gives a request whose body is one of several things the fields of one of them, which is sent unless a whole body is set.
fn with_fields(structure: &mut ItemStruct, implementation: &mut ItemImpl, builder: &TokenStream) {
    lists::with_field(
        structure,
        implementation,
        &parse_quote!(fields),
        &parse_quote!(Option<#builder>),
    );
    for item in &mut implementation.items {
        let ImplItem::Fn(function) = item else {
            continue;
        };
        if function.sig.ident == "send" {
            function.sig.inputs = parse_quote!(mut self);
            let fill = parse_quote! {
                if let Some(fields) = self.fields.take() {
                    self = self.with_request(fields);
                }
            };
            function.block.stmts.insert(0, fill);
            for statement in &mut function.block.stmts {
                rewrite::requests::take_rest(statement);
            }
        }
    }
}

/// A setter for each field of the body that no parameter has the name of, and one for all of it.
fn body_setters(
    schema: &str,
    operation: &Operation,
    normalized: &Normalized,
    types: &Types,
    taken: &[Ident],
) -> TokenStream {
    let constant = idents::constant(operation);
    let kind = format_ident!("{}", casing::type_name(schema));
    // Of the reserved names, these are only those of variables.
    let variables = [
        "body",
        "client",
        "header_map",
        "info",
        "request",
        "response",
        "result",
        "url",
    ];
    let is_taken = |name: &Ident| {
        let text = name.to_string();
        taken.contains(name)
            || RESERVED.contains(&text.as_str()) && !variables.contains(&text.as_str())
    };
    let is_struct = normalized
        .schemas
        .get(schema)
        .is_some_and(|definition| matches!(definition.kind, Kind::Struct { .. }));
    let structure = types.structs.iter().find(|one| one.declared.ident == kind);
    let fields = structure.filter(|_| is_struct).map(|found| &found.fields);
    let module = format_ident!("types");
    let setters = fields.into_iter().flatten().map(|field| {
        let (name, docs, property) = (&field.name, &field.docs, &field.property);
        let scoped = |kind: &syn::Type| body_builders::within(kind, &module);
        let (bound, _) = body_builders::taken(field, scoped);
        let setter = (!is_taken(name)).then(|| {
            quote! {
                #( #docs )*
                pub fn #name(mut self, value: #bound) -> Self {
                    self.body = self.body.map(|body| body.#name(value));
                    self
                }
            }
        });
        let clear = format_ident!("clear_{}", name.to_string().trim_end_matches('_'));
        let doc = format!(" Sends `{property}` as null, which clears it.");
        let clearer = (matches!(field.form, Form::Nullable(_)) && !is_taken(&clear)).then(|| {
            quote! {
                #[doc = #doc]
                pub fn #clear(mut self) -> Self {
                    self.body = self.body.map(|body| body.#clear());
                    self
                }
            }
        });
        let entries = (!is_taken(name)).then(|| body_builders::entries(field)).flatten();
        let entries = entries.map(|entries| {
            let body_builders::Entries { one, from, doc_one, doc_from } = entries;
            quote! {
                #[doc = #doc_one]
                pub fn #one(mut self, key: impl Into<String>, value: impl crate::IntoField<::serde_json::Value>) -> Self {
                    self.body = self.body.map(|body| body.#one(key, value));
                    self
                }

                #[doc = #doc_from]
                ///
                /// # Errors
                /// [`ErrorKind::InvalidRequest`](crate::ErrorKind::InvalidRequest) if the value is not an object in JSON.
                pub fn #from(self, value: &impl serde::Serialize) -> Result<Self, Error> {
                    match crate::runtime::entries(#property, value) {
                        Ok(map) => Ok(self.#name(map)),
                        Err(error) => Err(Error::invalid_request(&operations::#constant, error.to_string())),
                    }
                }
            }
        });
        quote! { #setter #clearer #entries }
    });
    quote! {
        #( #setters )*

        /// Sets the whole body: a value of its type, a builder of one, or JSON, of which nothing is lost in silence.
        pub fn with_request(mut self, request: impl crate::IntoField<types::#kind>) -> Self {
            match request.into_field() {
                Ok(Some(request)) => self.body = Ok(request.into()),
                Ok(None) => {}
                Err(error) => self.body = Err(format!("body: {error}")),
            }
            self
        }
    }
}
