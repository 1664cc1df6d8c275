//! Requests whose body is one of several things: a verb for each of them.

use std::collections::BTreeMap;

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use crate::{
    casing,
    emit::{handles, setters, shapes},
    error::Problem,
    lower::{
        DefinitionKind, Normalized, Operation, Prepared, idents,
        shape::{self, Field, Shape},
    },
    spec::{document::schema_name, names},
};

/// One of the things that the body of an operation may be.
pub struct Alternative<'n> {
    pub verb: &'n str,
    pub operation: &'n Operation,
    named: &'n names::Alternative,
    /// The schema of the struct that it is, and its fields.
    pub schema: &'n str,
    fields: Vec<Field>,
}

/// The alternatives of an operation, that of its own verb among them.
pub fn of<'n>(
    prepared: &'n Prepared,
    normalized: &'n Normalized,
) -> Result<Vec<Alternative<'n>>, Problem> {
    let operation = &prepared.operation;
    let found = operation
        .name
        .alternatives
        .iter()
        .filter_map(|(verb, named)| {
            // A later version may not have it any more; a test says which do.
            let schema = body(prepared, named, normalized)?;
            Some((verb, named, schema))
        });
    let found = found.map(|(verb, named, schema)| {
        let fields = shape::fields(&normalized.schemas[schema], &normalized.schemas);
        let is_field = |name: &&String| fields.iter().any(|field| field.property == **name);
        if let Some(name) = named.arguments.iter().find(|name| !is_field(name)) {
            return Err(Problem::new(format!(
                "openapi/names.json: `{}` has no field `{name}`, which `{verb}` would take as an argument",
                named.of
            )));
        }
        Ok(Alternative { verb, operation, named, schema, fields })
    });
    found.collect()
}

/// The values that all verbs with a body of this schema set alike.
pub fn common_presets(
    schema: &str,
    normalized: &Normalized,
) -> Result<BTreeMap<String, String>, Problem> {
    let mut common: Option<BTreeMap<String, String>> = None;
    for prepared in &normalized.operations {
        for found in of(prepared, normalized)? {
            if found.schema != schema {
                continue;
            }
            let named = found.named;
            let presets = named.defaults.iter().chain(&named.constants);
            let presets: BTreeMap<String, String> = presets
                .map(|(property, value)| (property.clone(), value.clone()))
                .collect();
            common = Some(match common {
                None => presets,
                Some(mut common) => {
                    common.retain(|property, value| presets.get(property) == Some(value));
                    common
                }
            });
        }
    }
    Ok(common.unwrap_or_default())
}

/// The schema of the struct that an alternative is.
fn body<'n>(
    prepared: &'n Prepared,
    named: &names::Alternative,
    normalized: &'n Normalized,
) -> Option<&'n str> {
    let union = prepared.body_schema()?;
    let definition = normalized.schemas.get(union)?;
    let schema = match &definition.kind {
        DefinitionKind::Union(variants) => {
            let placed = definition.schema["oneOf"].as_array()?;
            let named_so = placed.iter().zip(variants).find_map(|(schema, variant)| {
                let schema = schema_name(schema)?;
                let is_named = *variant == named.of
                    || schema == named.of
                    || schema.strip_suffix("_input") == Some(named.of.as_str());
                is_named.then_some(schema)
            });
            // Of another name, it is the only one that its constants fit.
            let mut fitting = placed
                .iter()
                .filter_map(schema_name)
                .filter(|schema| fits(schema, &named.constants, normalized));
            let only = fitting.next().filter(|_| fitting.next().is_none());
            named_so.or(only)?
        }
        // Some versions describe all of them as one.
        DefinitionKind::Struct { .. } => union,
        _ => return None,
    };
    let found = normalized.schemas.get(schema)?;
    let is_struct = matches!(found.kind, DefinitionKind::Struct { .. });
    (is_struct && takes(schema, &named.constants, normalized)).then_some(schema)
}

/// Whether a struct has fields that can have these values; a version may know fewer of them.
fn takes(schema: &str, constants: &BTreeMap<String, String>, normalized: &Normalized) -> bool {
    let fields = shape::fields(&normalized.schemas[schema], &normalized.schemas);
    constants.iter().all(|(property, value)| {
        let field = fields.iter().find(|field| field.property == *property);
        field.is_some_and(|field| match (&field.constant, &field.shape) {
            (Some(constant), _) => constant == value,
            (None, Shape::Enum(schema)) => match &normalized.schemas[schema].kind {
                DefinitionKind::Enum(variants) => variants.iter().any(|(_, known)| known == value),
                _ => true,
            },
            (None, _) => true,
        })
    })
}

/// Whether a struct has all these values for its fields, and nothing else there.
fn fits(schema: &str, constants: &BTreeMap<String, String>, normalized: &Normalized) -> bool {
    let Some(definition) = normalized.schemas.get(schema) else {
        return false;
    };
    let fields = shape::fields(definition, &normalized.schemas);
    let is_fitting = |(property, value): (&String, &String)| {
        let field = fields.iter().find(|field| field.property == *property);
        field.is_some_and(|field| field.constant.as_ref() == Some(value))
    };
    !constants.is_empty() && constants.iter().all(is_fitting)
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

    /// The sentence about it.
    pub fn doc(&self) -> &str {
        &self.named.doc
    }

    /// The table of its fields.
    pub fn table(&self) -> Ident {
        shapes::ident(self.schema)
    }

    /// The fields that the method takes besides the parameters of the path.
    pub fn arguments(&self) -> Vec<&Field> {
        let field = |name: &String| self.fields.iter().find(|field| field.property == *name);
        self.named.arguments.iter().filter_map(field).collect()
    }

    /// What the request is made with: constants, values that may be replaced, and arguments.
    pub fn presets(&self, arguments: &[&Field]) -> TokenStream {
        let module = quote!(types::);
        let preset = self.fields.iter().filter_map(|field| {
            let value = self.preset(&field.property)?;
            let (property, (_, set)) = (&field.property, setters::taken(&field.shape, &module));
            Some(quote!(call.body.#set(#property, #value);))
        });
        let argued = arguments.iter().map(|field| {
            let (name, property) = (&field.name, &field.property);
            let (_, set) = setters::taken(&field.shape, &module);
            quote!(call.body.#set(#property, #name.into_id());)
        });
        quote! { #( #preset )* #( #argued )* }
    }

    /// What its verb sends and nothing else does.
    pub fn constants(&self) -> &BTreeMap<String, String> {
        &self.named.constants
    }

    /// What its verb sets a field to.
    fn preset(&self, property: &str) -> Option<&str> {
        let named = self.named;
        let value = named.constants.get(property);
        value
            .or_else(|| named.defaults.get(property))
            .map(String::as_str)
    }

    /// Whether a field has a value before a setter is called.
    pub fn is_preset(&self, field: &Field) -> bool {
        self.preset(&field.property).is_some()
    }

    /// The method of the handle, with the lines that say what has to be set.
    pub fn method(&self, required: &TokenStream) -> TokenStream {
        let Operation {
            id,
            method,
            path,
            name,
            ..
        } = self.operation;
        let verb = format_ident!("{}", self.verb);
        let general = format_ident!("{}", name.verb);
        let alias = handles::alias(id, &verb);
        let (request, parameters) = (self.ident(), idents::path_parameters(self.operation));
        let arguments: Vec<&Ident> = self.arguments().iter().map(|field| &field.name).collect();
        let doc = format!(" {}", self.named.doc);
        let line = format!(" `{method} {path}`, as [`{general}`](Self::{general}) sends it too.");
        quote! {
            #[doc = #doc]
            #[doc = ""]
            #[doc = #line]
            #required
            #alias
            pub fn #verb(
                &self
                #( , #parameters: impl crate::IntoId )*
                #( , #arguments: impl crate::IntoId )*
            ) -> requests::#request {
                requests::#request::new(self.client.clone(), vec![ #( #parameters.into_id() ),* ] #( , #arguments )*)
            }
        }
    }

    /// The fields that have setters: not what the verb sets by itself, nor what is for other verbs.
    pub fn settable(&self) -> Vec<Field> {
        let settable = self.fields.iter().filter(|field| {
            !field.is_filled()
                && !self.named.constants.contains_key(&field.property)
                && !self.named.arguments.contains(&field.property)
                && !self.named.except.contains(&field.property)
        });
        settable.cloned().collect()
    }
}
