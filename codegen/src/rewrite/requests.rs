//! Makes the generated request builders own their client and send through the runtime.

use std::collections::BTreeMap;

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};
use syn::{
    Block, Expr, FnArg, GenericArgument, ImplItem, ImplItemFn, Item, ItemImpl, ItemStruct, Local,
    Pat, PathArguments, ReturnType, Stmt, Type, parse_quote, visit_mut::VisitMut,
};

use crate::{
    casing,
    error::Problem,
    lower::{Body, Normalized, Operation, Prepared, Success, idents},
    rewrite::{
        messages::{Form, InvalidRequest, Messages},
        own_fields,
        setters::{self, Setters},
    },
    spec::docs::Docs,
};

/// What the builders turned out to be when they were generated.
pub type Builders = BTreeMap<Ident, Builder>;

/// The types that one builder takes and gives.
pub struct Builder {
    pub setters: Vec<(Ident, Type)>,
    pub answer: Type,
}

/// The request of one operation.
pub struct Request<'n> {
    pub prepared: &'n Prepared,
    pub structure: ItemStruct,
    pub implementation: ItemImpl,
    /// What its success carries.
    pub answer: Type,
}

/// The requests, and what their builders turned out to be; every operation's `send` must be among them.
pub fn finish<'n>(
    items: &[Item],
    normalized: &'n Normalized,
    docs: &Docs,
) -> Result<(Vec<Request<'n>>, Builders), Problem> {
    let operations: BTreeMap<Ident, &Prepared> = normalized
        .operations
        .iter()
        .map(|prepared| (idents::builder(&prepared.operation), prepared))
        .collect();
    let mut structures = BTreeMap::new();
    let mut requests = Vec::new();
    let mut builders = Builders::new();
    let mut sends = 0;
    for item in items {
        match item {
            Item::Struct(found) => {
                let operation = &lookup(&operations, &found.ident)?.operation;
                structures.insert(found.ident.clone(), structure(found.clone(), operation));
            }
            Item::Impl(found) => {
                let ident = self_ident(found)?;
                let prepared = lookup(&operations, ident)?;
                let rewrite = Rewrite {
                    operation: &prepared.operation,
                    docs,
                };
                let answer = rewrite.answer(found)?;
                let builder = Builder {
                    setters: found.items.iter().filter_map(setters::kind).collect(),
                    answer: answer.clone(),
                };
                let structure = structures.get(ident);
                let (implementation, found) =
                    rewrite.implementation(found.clone(), structure, &builder)?;
                builders.insert(ident.clone(), builder);
                sends += found;
                requests.push((ident.clone(), prepared, implementation, answer));
            }
            _ => {}
        }
    }
    if sends != normalized.operations.len() {
        return Err(Problem::new(format!(
            "{sends} of {} operations would send through the runtime; progenitor generates something new",
            normalized.operations.len()
        )));
    }
    let requests = requests
        .into_iter()
        .map(|(ident, prepared, implementation, answer)| {
            let structure = structures.remove(&ident).ok_or_else(|| {
                Problem::new(format!(
                    "progenitor made methods of `{ident}`, and no such struct"
                ))
            })?;
            Ok(Request {
                prepared,
                structure,
                implementation,
                answer,
            })
        });
    Ok((requests.collect::<Result<_, Problem>>()?, builders))
}

fn lookup<'o>(
    operations: &BTreeMap<Ident, &'o Prepared>,
    ident: &Ident,
) -> Result<&'o Prepared, Problem> {
    operations.get(ident).copied().ok_or_else(|| {
        Problem::new(format!(
            "progenitor made a builder `{ident}` that belongs to no operation"
        ))
    })
}

fn self_ident(found: &ItemImpl) -> Result<&Ident, Problem> {
    match found.self_ty.as_ref() {
        Type::Path(path) => path.path.segments.last().map(|last| &last.ident),
        _ => None,
    }
    .ok_or_else(|| Problem::new("progenitor made a builder of an unnamed type"))
}

fn structure(mut found: ItemStruct, operation: &Operation) -> ItemStruct {
    let doc = format!(" A request of `{} {}`.", operation.method, operation.path);
    found
        .attrs
        .retain(|attribute| !attribute.path().is_ident("doc"));
    found.attrs.insert(0, parse_quote!(#[doc = #doc]));
    found.generics = syn::Generics::default();
    for field in &mut found.fields {
        if field.ident.as_ref().is_some_and(|ident| ident == "client") {
            field.ty = parse_quote!(Client);
        }
    }
    if operation.body == Body::Multipart {
        Form.visit_item_struct_mut(&mut found);
    }
    found
}

struct Rewrite<'a> {
    operation: &'a Operation,
    docs: &'a Docs,
}

impl Rewrite<'_> {
    /// The methods, and how many of them send.
    fn implementation(
        &self,
        mut found: ItemImpl,
        structure: Option<&ItemStruct>,
        builder: &Builder,
    ) -> Result<(ItemImpl, usize), Problem> {
        found.generics = syn::Generics::default();
        if let Type::Path(path) = found.self_ty.as_mut() {
            for segment in &mut path.path.segments {
                segment.arguments = PathArguments::None;
            }
        }
        let mut sends = 0;
        let mut into_request = None;
        let setters = Setters {
            operation: self.operation,
            docs: self.docs,
            kinds: &builder.setters,
        };
        if matches!(self.operation.body, Body::Json | Body::Form) {
            // The fields of the body have setters of the request's own.
            found.items.retain(|item| {
                !matches!(item, ImplItem::Fn(function) if function.sig.ident == "body" || function.sig.ident == "body_map")
            });
        }
        for item in &mut found.items {
            let ImplItem::Fn(function) = item else {
                continue;
            };
            match function.sig.ident.to_string().as_str() {
                "new" => self.constructor(function),
                "send" => {
                    into_request = self.send(function)?;
                    sends += 1;
                }
                _ => setters.rewrite(function, structure),
            }
        }
        found.items.extend(into_request);
        if self.operation.body == Body::Multipart {
            Form.visit_item_impl_mut(&mut found);
        }
        Ok((found, sends))
    }

    fn constructor(&self, function: &mut ImplItemFn) {
        function.vis = parse_quote!(pub(crate));
        for argument in &mut function.sig.inputs {
            if let FnArg::Typed(argument) = argument {
                argument.ty = parse_quote!(Client);
            }
        }
        Messages.visit_block_mut(&mut function.block);
    }

    /// Keeps how the parameters are taken out of the builder, and sends through the runtime.
    ///
    /// Where one request is made into many, it is made by a method of its own.
    fn send(&self, function: &mut ImplItemFn) -> Result<Option<ImplItem>, Problem> {
        let constant = idents::constant(self.operation);
        let value = self.value(&function.sig.output)?;
        let (mut parameters, calls) = self.parts(&function.block)?;
        let paging = self.operation.is_paged().then(|| {
            // The pattern that takes the request apart leaves this to what comes first.
            parameters.iter_mut().for_each(own_fields::take_rest);
            (
                quote!(let paging = self.paging.clone();),
                quote!(let request = paging.apply(operation, request)?;),
            )
        });
        let (take_paging, apply_paging) = paging.unzip();
        let path = self
            .operation
            .name
            .path
            .iter()
            .map(|name| format_ident!("{name}"));
        let headers = self.operation.headers.iter().map(|header| {
            let ident = format_ident!("{}", casing::snake(header));
            quote! {
                let request = match #ident {
                    Some(value) => request.header(#header, value),
                    None => request,
                };
            }
        });
        let content_type = match &self.operation.body {
            Body::Bytes(kind) => Some(quote! { .header("content-type", #kind) }),
            _ => None,
        };
        let accept = match &self.operation.success {
            Success::Bytes(kind) => Some(quote! { .header("accept", #kind) }),
            _ => None,
        };
        let finish = match self.operation.success {
            Success::Json => quote!(send),
            Success::Empty => quote!(send_empty),
            Success::Bytes(_) => quote!(send_stream),
        };
        let doc = format!(
            " Sends `{} {}`.",
            self.operation.method, self.operation.path
        );
        function.attrs = vec![parse_quote!(#[doc = #doc])];
        function.sig.output = parse_quote!(-> Result<Response<#value>, Error>);
        let request = quote! {
            #take_paging
            #( #parameters )*
            let request = client.request(operation, &[ #( &#path ),* ])? #accept #content_type #( #calls )*;
            #( #headers )*
            #apply_paging
        };
        let is_apart = self.operation.list.is_some() || self.operation.is_upsert();
        let (made, into_request) = match is_apart {
            false => (request, None),
            true => (
                quote!(let (client, request) = self.into_request()?;),
                Some(parse_quote! {
                    fn into_request(self) -> Result<(Client, crate::reqwest::RequestBuilder), Error> {
                        let operation = &operations::#constant;
                        #request
                        Ok((client, request))
                    }
                }),
            ),
        };
        let block: Block = parse_quote!({
            let operation = &operations::#constant;
            #made
            client.#finish(operation, request).await
        });
        function.block = block;
        Ok(into_request)
    }

    /// What `send` answers with.
    fn answer(&self, found: &ItemImpl) -> Result<Type, Problem> {
        let send = found.items.iter().find_map(|item| match item {
            ImplItem::Fn(function) if function.sig.ident == "send" => Some(function),
            _ => None,
        });
        let send = send.ok_or_else(|| self.unexpected("is missing"))?;
        self.value(&send.sig.output)
    }

    /// `T` of `Result<ResponseValue<T>, …>`.
    fn value(&self, output: &ReturnType) -> Result<Type, Problem> {
        let inner = |kind: &Type| match kind {
            Type::Path(path) => match &path.path.segments.last()?.arguments {
                PathArguments::AngleBracketed(arguments) => match arguments.args.first()? {
                    GenericArgument::Type(kind) => Some(kind.clone()),
                    _ => None,
                },
                _ => None,
            },
            _ => None,
        };
        match output {
            ReturnType::Type(_, kind) => inner(kind).as_ref().and_then(inner),
            ReturnType::Default => None,
        }
        .ok_or_else(|| self.unexpected("returns something other than a response"))
    }

    /// The statements that take the parameters, and the calls that put query and body into the request.
    fn parts(&self, block: &Block) -> Result<(Vec<Stmt>, Vec<TokenStream>), Problem> {
        let mut parameters = Vec::new();
        for statement in &block.stmts {
            let Stmt::Local(local) = statement else {
                continue;
            };
            match bound(local).as_deref() {
                None => parameters.push(statement.clone()),
                Some("url" | "header_map" | "info" | "result" | "response") => {}
                Some("request") => {
                    let init = local
                        .init
                        .as_ref()
                        .ok_or_else(|| self.unexpected("has a request without a value"))?;
                    let mut calls = Vec::new();
                    collect_calls(&init.expr, &mut calls);
                    return Ok((parameters, calls));
                }
                Some(_) => {
                    let mut statement = statement.clone();
                    InvalidRequest.visit_stmt_mut(&mut statement);
                    parameters.push(statement);
                }
            }
        }
        Err(self.unexpected("builds no request"))
    }

    fn unexpected(&self, what: &str) -> Problem {
        Problem::new(format!(
            "`send` of `{} {}` {what}; progenitor generates something new",
            self.operation.method, self.operation.path
        ))
    }
}

/// The name a statement binds; `None` for a pattern.
fn bound(local: &Local) -> Option<String> {
    match &local.pat {
        Pat::Ident(ident) => Some(ident.ident.to_string()),
        _ => None,
    }
}

/// The calls that carry what the user gave; headers and the URL are the runtime's.
fn collect_calls(expression: &Expr, calls: &mut Vec<TokenStream>) {
    match expression {
        Expr::Try(inner) => collect_calls(&inner.expr, calls),
        Expr::MethodCall(call) => {
            collect_calls(&call.receiver, calls);
            let (method, arguments) = (&call.method, &call.args);
            match method.to_string().as_str() {
                "json" | "query" | "body" => calls.push(quote! { .#method(#arguments) }),
                "form_urlencoded" => calls.push(quote! { .form(#arguments) }),
                _ => {}
            }
        }
        _ => {}
    }
}
