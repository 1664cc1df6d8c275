//! What requests have besides what progenitor knows of: setters of the fields of their bodies, and the future of the call.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};
use syn::{ImplItem, ItemImpl, ItemStruct, parse_quote};

use crate::{
    casing,
    emit::{alternatives, lists, setters::Setters, upsert},
    error::Problem,
    lower::{Normalized, Operation, idents},
    rewrite::{own_fields, requests::Request, types::Types},
    spec::names::RESERVED,
};

/// Of the names that are reserved, those of variables, which a setter may have.
const VARIABLES: [&str; 8] = [
    "body",
    "client",
    "header_map",
    "info",
    "request",
    "response",
    "result",
    "url",
];

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
    let is_taken = |name: &Ident| {
        let text = name.to_string();
        let is_reserved = RESERVED.contains(&text.as_str()) && !VARIABLES.contains(&text.as_str());
        taken.contains(name) || is_reserved
    };
    let schema = prepared.body_schema();
    let body = schema.map(|schema| body_setters(schema, operation, types, &is_taken));
    let default = default.map(|default| default.setters(&is_taken));
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
    own_fields::add(
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
                own_fields::take_rest(statement);
            }
        }
    }
}

/// A setter for each field of the body that no parameter has the name of, and one for all of it.
fn body_setters(
    schema: &str,
    operation: &Operation,
    types: &Types,
    is_taken: &dyn Fn(&Ident) -> bool,
) -> TokenStream {
    let kind = format_ident!("{}", casing::type_name(schema));
    let setters = Setters {
        replaced: &|call| quote!(self.body = self.body.map(|body| body.#call);),
        is_taken,
        operation: &idents::constant(operation),
    };
    let structure = types.structs.iter().find(|one| one.declared.ident == kind);
    let fields = structure.into_iter().flat_map(|found| &found.fields);
    let setters = fields.map(|field| setters.of(field));
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
