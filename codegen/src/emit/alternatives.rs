//! Requests whose body is one of several things: a verb for each of them.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};
use syn::Type;

use crate::{
    casing,
    emit::setters::Setters,
    error::Problem,
    lower::{Kind, Normalized, Operation, Prepared, idents},
    rewrite::{
        fields::Field,
        types::{Struct, Types},
    },
    spec::{document::schema_name, names},
};

/// One of the things that the body of an operation may be.
pub struct Alternative<'n> {
    pub verb: &'n str,
    pub operation: &'n Operation,
    named: &'n names::Alternative,
    /// The struct that it is.
    pub body: &'n Struct,
}

/// The alternatives of an operation, that of its own verb among them.
pub fn of<'n>(
    prepared: &'n Prepared,
    normalized: &Normalized,
    types: &'n Types,
) -> Result<Vec<Alternative<'n>>, Problem> {
    let operation = &prepared.operation;
    let found = operation.name.alternatives.iter().map(|(verb, named)| {
        let body = body(prepared, named, normalized, types).ok_or_else(|| {
            Problem::new(format!(
                "openapi/names.json: the body of `{} {}` may not be `{}`, which `{verb}` would send",
                operation.method, operation.path, named.of
            ))
        })?;
        let is_field = |name: &&String| body.fields.iter().any(|field| field.property == **name);
        if let Some(name) = named.arguments.iter().find(|name| !is_field(name)) {
            return Err(Problem::new(format!(
                "openapi/names.json: `{}` has no field `{name}`, which `{verb}` would take as an argument",
                named.of
            )));
        }
        Ok(Alternative { verb, operation, named, body })
    });
    found.collect()
}

fn body<'t>(
    prepared: &Prepared,
    named: &names::Alternative,
    normalized: &Normalized,
    types: &'t Types,
) -> Option<&'t Struct> {
    let union = prepared.body_schema()?;
    let definition = normalized.schemas.get(union)?;
    let schema = match &definition.kind {
        Kind::Union(variants) => {
            let placed = definition.schema["oneOf"].as_array()?;
            placed.iter().zip(variants).find_map(|(schema, variant)| {
                let schema = schema_name(schema)?;
                (*variant == named.of || schema == named.of).then_some(schema)
            })?
        }
        // Some versions describe all of them as one.
        Kind::Struct { .. } => union,
        _ => return None,
    };
    let name = casing::type_name(schema);
    types.structs.iter().find(|one| one.declared.ident == name)
}

impl Alternative<'_> {
    /// Whether its verb is that of the operation.
    pub fn is_default(&self) -> bool {
        self.operation.name.verb == self.verb
    }

    /// `ConversationsClose`.
    pub fn ident(&self) -> Ident {
        let name = format!("{}_{}", self.operation.name.resource, self.verb);
        format_ident!("{}", casing::type_name(&name))
    }

    fn arguments(&self) -> Vec<&Field> {
        let names = self.named.arguments.iter();
        let field = |name: &String| {
            self.body
                .fields
                .iter()
                .find(|field| field.property == *name)
        };
        names.filter_map(field).collect()
    }

    /// The method of the handle.
    pub fn method(&self) -> TokenStream {
        let Operation {
            id,
            method,
            path,
            name,
            ..
        } = self.operation;
        let (verb, general) = (
            format_ident!("{}", self.verb),
            format_ident!("{}", name.verb),
        );
        let (request, parameters) = (self.ident(), idents::path_parameters(self.operation));
        let arguments: Vec<&Ident> = self.arguments().iter().map(|field| &field.name).collect();
        let doc = format!(" {}", self.named.doc);
        let line = format!(" `{method} {path}`, as [`{general}`](Self::{general}) sends it too.");
        quote! {
            #[doc = #doc]
            #[doc = ""]
            #[doc = #line]
            #[doc(alias = #id)]
            pub fn #verb(
                &self
                #( , #parameters: impl crate::IntoId )*
                #( , #arguments: impl crate::IntoId )*
            ) -> requests::#request {
                requests::#request::new(self.#general(#( #parameters ),*) #( , #arguments.into_id() )*)
            }
        }
    }

    /// The request.
    pub fn request(&self, answer: &Type) -> TokenStream {
        let (name, general) = (self.ident(), idents::builder(self.operation));
        let builder = &self.body.declared.ident;
        let arguments = self.arguments();
        let arguments: Vec<&Ident> = arguments.iter().map(|field| &field.name).collect();
        let constants = self.body.fields.iter().filter_map(|field| {
            let named = self.named;
            let value = named.constants.get(&field.property);
            let value = value.or_else(|| named.defaults.get(&field.property))?;
            let setter = &field.name;
            Some(quote!(.#setter(#value)))
        });
        let doc = format!(
            " A request of `{} {}`: {}",
            self.operation.method,
            self.operation.path,
            lower_first(&self.named.doc)
        );
        let setters = Setters {
            replaced: &|call| quote!(self.body = self.body.#call;),
            is_taken: &|_| false,
            operation: &idents::constant(self.operation),
        };
        let setters = self.settable().map(|field| setters.of(field));
        quote! {
            #[doc = #doc]
            #[must_use = "nothing is sent until it is awaited"]
            #[derive(Clone, Debug)]
            pub struct #name {
                request: #general,
                body: types::builder::#builder,
            }

            impl #name {
                pub(super) fn new(request: #general #( , #arguments: String )*) -> Self {
                    let body = types::builder::#builder::default() #( #constants )* #( .#arguments(#arguments) )*;
                    Self { request, body }
                }

                #( #setters )*

                /// Sets options for this call alone, on top of those that it has already.
                pub fn with_options(mut self, options: crate::CallOptions) -> Self {
                    self.request = self.request.with_options(options);
                    self
                }

                /// Sends the request.
                ///
                /// # Errors
                /// Those of every call; see [`ErrorKind`](crate::ErrorKind).
                pub async fn send(self) -> Result<Response<#answer>, Error> {
                    self.request.with_request(self.body).send().await
                }
            }

            impl std::future::IntoFuture for #name {
                type Output = Result<#answer, Error>;
                type IntoFuture = crate::CallFuture<#answer>;

                #[inline]
                fn into_future(self) -> Self::IntoFuture {
                    self.request.with_request(self.body).into_future()
                }
            }
        }
    }

    /// The fields that have setters: not what the verb sets by itself.
    fn settable(&self) -> impl Iterator<Item = &Field> {
        self.body.fields.iter().filter(|field| {
            let is_constant = field.constant.is_some() && field.required;
            !is_constant
                && !self.named.constants.contains_key(&field.property)
                && !self.named.arguments.contains(&field.property)
        })
    }

    /// The setters that the operation's own request has, where this is what they make.
    pub fn setters(&self, is_taken: &dyn Fn(&Ident) -> bool) -> TokenStream {
        let setters = Setters {
            replaced: &|call| quote!(self.fields = Some(self.fields.unwrap_or_default().#call);),
            is_taken,
            operation: &idents::constant(self.operation),
        };
        self.settable().map(|field| setters.of(field)).collect()
    }

    /// The type of the builder of its body.
    pub fn builder(&self) -> TokenStream {
        let builder = &self.body.declared.ident;
        quote!(types::builder::#builder)
    }
}

fn lower_first(sentence: &str) -> String {
    let mut letters = sentence.chars();
    let first = letters.next().map(|first| first.to_ascii_lowercase());
    first.into_iter().chain(letters).collect()
}
