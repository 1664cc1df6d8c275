//! Requests: each is what is pending, with setters of its parameters and of the fields of its body.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use crate::{
    emit::{
        alternatives::{self, Alternative},
        lists, responses, search,
        setters::{self, Setters},
        upsert,
    },
    error::Problem,
    lower::{
        Body, Normalized, Operation, Prepared, Success, idents,
        shape::{self, Field, Shape},
    },
    spec::{docs::Docs, names::RESERVED},
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

/// The requests of an operation: its own, and that of each verb for one of the things that its body may be.
pub fn requests(
    prepared: &Prepared,
    normalized: &Normalized,
    docs: &Docs,
) -> Result<TokenStream, Problem> {
    let alternatives = alternatives::of(prepared, normalized)?;
    let operation = &prepared.operation;
    let own = Request {
        prepared,
        normalized,
        docs,
        name: idents::builder(operation),
        doc: format!(" A request of `{} {}`.", operation.method, operation.path),
        fields: alternatives.iter().find(|found| found.is_default()),
        is_general: true,
    };
    let others = alternatives.iter().filter(|found| !found.is_default());
    let others = others.map(|found| Request {
        name: found.ident(),
        doc: format!(
            " A request of `{} {}`: {}",
            operation.method,
            operation.path,
            lower_first(found.doc())
        ),
        fields: Some(found),
        is_general: false,
        ..own
    });
    let others: TokenStream = others.map(|request| request.tokens()).collect();
    let own = own.tokens();
    Ok(quote! { #own #others })
}

struct Request<'a> {
    prepared: &'a Prepared,
    normalized: &'a Normalized,
    docs: &'a Docs,
    name: Ident,
    doc: String,
    /// What its body is, where that is one of several things.
    fields: Option<&'a Alternative<'a>>,
    /// Whether it sends whatever the operation takes.
    is_general: bool,
}

impl Request<'_> {
    fn operation(&self) -> &Operation {
        &self.prepared.operation
    }

    fn tokens(&self) -> TokenStream {
        let operation = self.operation();
        let (name, doc) = (&self.name, &self.doc);
        let answer = responses::of(self.prepared);
        let paging = operation
            .is_paged()
            .then(|| quote!(paging: crate::runtime::Paging,));
        let started = paging.as_ref().map(|_| quote!(paging: Default::default(),));
        let payload = self
            .payload()
            .map(|(kind, _)| quote!(payload: Option<#kind>,));
        let unset = payload.as_ref().map(|_| quote!(payload: None,));
        let clone = payload.is_none().then(|| quote!(Clone,));
        let new = self.constructor(&quote! { #started #unset });
        let send = self.send(&answer);
        let setters = self.setters();
        let list = operation.list.as_ref().filter(|_| self.is_general);
        let list = list.map(|list| lists::methods(operation, list));
        let upsert = upsert::upsert(operation, self.normalized).filter(|_| self.is_general);
        quote! {
            #[doc = #doc]
            #[must_use = "nothing is sent until it is awaited"]
            #[derive(#clone Debug)]
            pub struct #name {
                call: crate::runtime::Pending,
                #paging
                #payload
            }

            impl #name {
                #new
                #setters
                #list
                #upsert

                /// Sets options for this call alone, on top of those that it has already.
                #[inline]
                pub fn with_options(mut self, options: crate::CallOptions) -> Self {
                    self.call = self.call.with_options(options);
                    self
                }

                #send
            }

            impl std::future::IntoFuture for #name {
                type Output = Result<#answer, Error>;
                type IntoFuture = crate::CallFuture<#answer>;

                #[inline]
                fn into_future(self) -> Self::IntoFuture {
                    crate::CallFuture::new(crate::runtime::value(self.send()))
                }
            }
        }
    }

    fn constructor(&self, rest: &TokenStream) -> TokenStream {
        let constant = idents::constant(self.operation());
        let arguments = self.fields.map(Alternative::arguments).unwrap_or_default();
        let names = arguments.iter().map(|field| &field.name);
        let presets = self.fields.map(|fields| fields.presets(&arguments));
        let with_fields = self.fields.map(|fields| {
            let table = fields.table();
            quote!(.with_fields(&super::shapes::#table))
        });
        let mutable = presets
            .as_ref()
            .filter(|presets| !presets.is_empty())
            .map(|_| quote!(mut));
        quote! {
            #[inline]
            pub(super) fn new(client: Client, path: Vec<String> #( , #names: impl crate::IntoId )*) -> Self {
                let #mutable call = crate::runtime::Pending::new(client, &super::signatures::#constant, path)#with_fields;
                #presets
                Self { call, #rest }
            }
        }
    }

    fn setters(&self) -> TokenStream {
        let operation = self.operation();
        let mut taken: Vec<String> = Vec::new();
        let mut tokens = TokenStream::new();
        let paging = ["per_page", "starting_after"];
        for (place, held) in [
            ("query", quote!(self.call.query)),
            ("header", quote!(self.call.headers)),
        ] {
            for mut field in self.prepared.parameters(place, self.normalized) {
                let name = field.name.to_string();
                if operation.is_paged() && paging.contains(&name.as_str()) {
                    continue;
                }
                let words = self.docs.field([&operation.name.resource], &field.property);
                if let Some(words) = words {
                    words.clone_into(&mut field.doc);
                }
                taken.push(name);
                let named = |name: &Ident| Some(name.clone());
                tokens.extend(self.setters_in(held.clone(), &named).of(&field));
            }
        }
        if operation.is_paged() {
            taken.extend(paging.map(str::to_owned));
        }
        if let Some((kind, doc)) = self.payload() {
            tokens.extend(quote! {
                #[doc = #doc]
                pub fn body(mut self, body: impl Into<#kind>) -> Self {
                    self.payload = Some(body.into());
                    self
                }
            });
        }
        // What has the name of a parameter, or of a method, is named after where it stands.
        let named = |name: &Ident| {
            let text = name.to_string();
            let is_paging = operation.is_paged() && paging.contains(&text.as_str());
            let is_reserved =
                RESERVED.contains(&text.as_str()) && !VARIABLES.contains(&text.as_str());
            match is_paging {
                true => None,
                false if is_reserved || taken.contains(&text) => Some(format_ident!("body_{name}")),
                false => Some(name.clone()),
            }
        };
        let held = quote!(self.call.body);
        let fields = self.body_fields();
        let is_locale = |name: &str| name == "locale";
        let is_locale_free = !taken.iter().any(|name| is_locale(name))
            && !fields.iter().any(|field| is_locale(&field.property));
        for field in &fields {
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
                quote!(.map_err(|error| self.call.refused(&error))),
            ),
            is_locale_free: false,
        }
    }

    /// The fields of the body that have setters.
    fn body_fields(&self) -> Vec<Field> {
        if let Some(fields) = self.fields {
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
            /// Sets the whole body: a value of its type, or JSON, of which nothing is lost: a field that this version does not
            /// know is an error when it is sent.
            pub fn with_request(mut self, request: #bound) -> Self {
                #set
                self
            }
        })
    }

    /// The type of a body that has no fields, and what is said of its setter.
    fn payload(&self) -> Option<(TokenStream, &'static str)> {
        match self.operation().body {
            Body::Multipart => Some((
                quote!(crate::reqwest::multipart::Form),
                " Sets the whole body, a form of several parts.",
            )),
            Body::Bytes(_) => Some((quote!(crate::reqwest::Body), " Sets the whole body.")),
            Body::None | Body::Json | Body::Form => None,
        }
    }

    fn send(&self, answer: &TokenStream) -> TokenStream {
        let operation = self.operation();
        let constant = idents::constant(operation);
        let finish = match operation.success {
            Success::Json => format_ident!("send"),
            Success::Empty => format_ident!("send_empty"),
            Success::Bytes(_) => format_ident!("send_stream"),
        };
        let payload = self.payload().map(|_| {
            let put = match operation.body {
                Body::Multipart => quote!(multipart),
                _ => quote!(body),
            };
            quote! {
                let payload = self.payload.ok_or_else(|| crate::runtime::missing_body(&operations::#constant))?;
                let request = request.#put(payload);
            }
        });
        let paging = operation
            .is_paged()
            .then(|| quote!(let request = self.paging.apply(&operations::#constant, request)?;));
        let is_apart = operation.list.is_some() || operation.is_upsert() || payload.is_some();
        let doc = format!(" Sends `{} {}`.", operation.method, operation.path);
        let into_request = is_apart.then(|| {
            quote! {
                #[inline]
                fn into_request(self) -> Result<(Client, crate::reqwest::RequestBuilder), Error> {
                    let (client, request) = self.call.into_request()?;
                    #payload
                    #paging
                    Ok((client, request))
                }
            }
        });
        let sent = match is_apart {
            true => {
                let finish = format_ident!("{finish}_made");
                quote!(crate::runtime::#finish(&operations::#constant, self.into_request()))
            }
            false => quote!(self.call.#finish()),
        };
        quote! {
            #into_request

            #[doc = #doc]
            ///
            /// # Errors
            /// Those of every call; see [`ErrorKind`](crate::ErrorKind).
            #[inline]
            pub fn send(self) -> impl Future<Output = Result<Response<#answer>, Error>> + Send + use<> {
                #sent
            }
        }
    }
}

fn lower_first(sentence: &str) -> String {
    let mut letters = sentence.chars();
    let first = letters.next().map(|first| first.to_ascii_lowercase());
    first.into_iter().chain(letters).collect()
}
