//! What has to be set before a request is sent, as the docs of the request, its setters and its method say it.

use proc_macro2::TokenStream;
use quote::quote;

use super::Request;
use crate::lower::{
    Body, DefinitionKind,
    shape::{Field, Shape},
};

/// What is said of a setter without which nothing is sent.
pub(super) const SENTENCE: &str = "This field is required.";

/// Says of a parameter that it is required.
pub(super) fn mark(field: &mut Field) {
    if field.is_required {
        field.doc = format!("{} {SENTENCE}", field.doc);
    }
}

impl Request<'_> {
    /// A field of the body, with what is said of it where it has to be set.
    pub(super) fn marked(&self, mut field: Field) -> Field {
        if self.is_required(&field) {
            field.doc = format!("{} {SENTENCE}", field.doc);
        } else if self.one_of().contains(&field.property) {
            let names = self.one_of().iter().map(|name| format!("`{name}`"));
            let names: Vec<String> = names.collect();
            field.doc = format!(
                "{} Exactly one of {} is required.",
                field.doc,
                names.join(", ")
            );
        }
        field
    }

    /// The lines that say what has to be set, with links to the setters of the type that is there: `Self`.
    pub fn required(&self, there: &str) -> TokenStream {
        let link = |name: String| format!("[`{name}`]({there}::{name})");
        let mut required: Vec<String> = ["query", "header"]
            .into_iter()
            .flat_map(|place| self.parameters(place))
            .filter(|field| field.is_required)
            .map(|field| link(field.name.to_string()))
            .collect();
        if self.payload().is_some() {
            required.push(link("body".to_owned()));
        }
        if self.is_whole() {
            required.push(link("with_request".to_owned()));
        }
        let taken = self.taken();
        let fields = self.body_fields();
        let setter = |field: &Field| Some(link(self.named(&taken, &field.name)?.to_string()));
        let of_body = fields.iter().filter(|field| self.is_required(field));
        required.extend(of_body.filter_map(setter));
        let one_of = fields
            .iter()
            .filter(|field| self.one_of().contains(&field.property));
        let one_of: Vec<String> = one_of.filter_map(setter).collect();
        let required =
            (!required.is_empty()).then(|| format!(" Required: {}.", required.join(", ")));
        let one_of = (!one_of.is_empty())
            .then(|| format!(" Exactly one of {} is required.", one_of.join(", ")));
        let lines = required.iter().chain(&one_of);
        quote! { #( #[doc = ""] #[doc = #lines] )* }
    }

    /// Whether a field of the body has to be set: it is no argument, and has no value of its own.
    fn is_required(&self, field: &Field) -> bool {
        let has_value = match &self.fields {
            Some(fields) => fields.is_preset(field),
            None => false,
        };
        field.is_required && !field.is_filled() && !has_value
    }

    /// Whether its body can only be set as a whole.
    fn is_whole(&self) -> bool {
        let body = self.prepared.body_shape(self.normalized);
        let is_object = matches!(body, None | Some(Shape::Object(_)));
        let is_json = matches!(self.operation().body, Body::Json | Body::Form);
        is_json && !is_object && self.fields.is_none()
    }

    /// The fields of the body of which exactly one has to be set.
    fn one_of(&self) -> &[String] {
        let body = match &self.fields {
            Some(fields) => Some(fields.schema),
            None => self.prepared.body_schema(),
        };
        let definition = body.and_then(|schema| self.normalized.schemas.get(schema));
        match definition.map(|definition| &definition.kind) {
            Some(DefinitionKind::Struct { one_of, .. }) => one_of,
            _ => &[],
        }
    }
}
