//! The setters of a request: of parameters, of the fields of its body, and of the whole body.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::{Request, required};
use crate::{
    emit::{
        search,
        setters::{self, Setters},
    },
    lower::{
        Body,
        shape::{self, Field, Shape},
    },
    spec::names::RESERVED,
};

/// Of the names that are reserved, those of a body's own field and of variables, which a setter may have.
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

/// The parameters of pages, which every paged request has.
const PAGING: [&str; 2] = ["per_page", "starting_after"];

impl Request<'_> {
    pub(super) fn setters(&self) -> TokenStream {
        let operation = self.operation();
        let mut tokens = TokenStream::new();
        for (place, held) in [
            ("query", quote!(self.call.query)),
            ("header", quote!(self.call.headers)),
        ] {
            for mut field in self.parameters(place) {
                let words = self.docs.field([&operation.name.resource], &field.property);
                if let Some(words) = words {
                    words.clone_into(&mut field.doc);
                }
                required::mark(&mut field);
                let named = |name: &Ident| Some(name.clone());
                tokens.extend(self.setters_in(held.clone(), &named).of(&field));
            }
        }
        if let Some((kind, doc)) = self.payload() {
            let doc = format!("{doc} {}", required::SENTENCE);
            tokens.extend(quote! {
                #[doc = #doc]
                pub fn body(mut self, body: impl Into<#kind>) -> Self {
                    self.payload = Some(body.into());
                    self
                }
            });
        }
        let taken = self.taken();
        let named = |name: &Ident| self.named(&taken, name);
        let held = quote!(self.call.body);
        let fields = self.body_fields();
        let is_locale = |name: &str| name == "locale";
        let is_locale_free = !taken.iter().any(|name| is_locale(name))
            && !fields.iter().any(|field| is_locale(&field.property));
        for field in fields {
            let field = &self.marked(field);
            if let Some(query) = search::setter(self.prepared, self.normalized, field) {
                tokens.extend(query);
                continue;
            }
            let setters = self.setters_in(held.clone(), &named);
            let setters = Setters {
                is_locale_free,
                ..setters
            };
            tokens.extend(setters.of(field));
        }
        if self.is_general {
            tokens.extend(self.whole());
        }
        if matches!(operation.body, Body::Json | Body::Form) {
            tokens.extend(quote! {
                /// Sends a field that this version does not know in the body, next to those that it knows; `None` sends nothing.
                pub fn extra(mut self, field: impl Into<String>, value: impl crate::IntoField<::serde_json::Value>) -> Self {
                    self.call.body.extra(field, value);
                    self
                }
            });
        }
        tokens
    }

    /// The parameters that have setters of their own: not those of pages.
    pub(super) fn parameters(&self, place: &str) -> Vec<Field> {
        let mut parameters = self.prepared.parameters(place, self.normalized);
        let is_paged = self.operation().is_paged();
        parameters.retain(|field| !is_paged || !PAGING.contains(&field.name.to_string().as_str()));
        parameters
    }

    /// The names that fields of the body cannot have.
    pub(super) fn taken(&self) -> Vec<String> {
        let parameters = ["query", "header"].map(|place| self.parameters(place));
        let names = parameters.iter().flatten();
        names.map(|field| field.name.to_string()).collect()
    }

    /// The setter of a field of the body; what has the name of a parameter, or of a method, is named after where it stands.
    pub(super) fn named(&self, taken: &[String], name: &Ident) -> Option<Ident> {
        let text = name.to_string();
        let is_paging = self.operation().is_paged() && PAGING.contains(&text.as_str());
        let is_reserved = RESERVED.contains(&text.as_str()) && !VARIABLES.contains(&text.as_str());
        match is_paging {
            true => None,
            false if is_reserved || taken.contains(&text) => Some(format_ident!("body_{name}")),
            false => Some(name.clone()),
        }
    }

    /// The setters of fields that are held there.
    fn setters_in<'s>(
        &'s self,
        held: TokenStream,
        named: &'s dyn Fn(&Ident) -> Option<Ident>,
    ) -> Setters<'s> {
        Setters {
            normalized: self.normalized,
            held,
            module: quote!(types::),
            named,
            failure: (
                quote!(Error),
                quote!(.map_err(|error| self.call.invalid(&error))),
            ),
            is_locale_free: false,
        }
    }

    /// The fields of the body that have setters.
    pub(super) fn body_fields(&self) -> Vec<Field> {
        if let Some(fields) = &self.fields {
            return fields.settable();
        }
        let Some(Shape::Object(schema)) = self.prepared.body_shape(self.normalized) else {
            return Vec::new();
        };
        let definition = self.normalized.schemas.get(&schema);
        definition.map_or_else(Vec::new, |found| {
            shape::fields(found, &self.normalized.schemas)
        })
    }

    /// The setter of the whole body.
    fn whole(&self) -> Option<TokenStream> {
        let shape = self.prepared.body_shape(self.normalized)?;
        let module = quote!(types::);
        let kind = setters::item(&shape, &module);
        let (bound, set) = match &shape {
            Shape::Object(_) => (
                quote!(impl crate::IntoField<#kind>),
                quote!(self.call.body.replace(request.into_field().map(|request| request.map(|request| request.0)));),
            ),
            Shape::List(items) => {
                let item = setters::item(items, &module);
                (
                    quote!(impl crate::IntoList<#item>),
                    quote!(self.call.set_whole(crate::runtime::items::<#item>(request));),
                )
            }
            _ => (
                quote!(impl crate::IntoField<#kind>),
                quote!(self.call.set_whole(crate::runtime::item::<#kind>(request));),
            ),
        };
        Some(quote! {
            /// Sets the whole body, in place of what was set before: a value of its type, or JSON, of which nothing is lost: a
            /// field that this version does not know is an error when it is sent. Setters that follow add to it.
            pub fn with_request(mut self, request: #bound) -> Self {
                #set
                self
            }
        })
    }
}
