//! JSON Schema of the types (feature `schemars`): what `crate::runtime::schema` has to know of each, as data.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::{Expr, Item, ItemEnum, Lit, Meta};

use crate::{
    casing,
    emit::{enums, json},
    error::Problem,
    lower::{Definition, Kind, Normalized, Tag, ids, time},
    rewrite::{
        fields::{self, Field, Form},
        types,
    },
    spec::document::schema_name,
};

/// What the types are made of, and the document of them all.
pub struct Schemas {
    /// For the module of types.
    pub described: TokenStream,
    /// For the module of the version.
    pub document: TokenStream,
}

impl Schemas {
    pub fn of(items: &[Item], normalized: &Normalized) -> Result<Self, Problem> {
        Ok(Self {
            described: described(items, normalized)?,
            document: document(normalized),
        })
    }
}

fn described(items: &[Item], normalized: &Normalized) -> Result<TokenStream, Problem> {
    let definitions = types::definitions(normalized);
    let mut all = Vec::new();
    for item in items {
        match item {
            Item::Struct(found) => {
                let definition = types::lookup(&definitions, &found.ident.to_string())?;
                let fields = fields::of(found, definition);
                let one_of = match &definition.kind {
                    Kind::Struct { one_of, .. } => one_of.as_slice(),
                    _ => &[],
                };
                let shape = object(&fields, one_of, definition.usage.read);
                all.push((found.ident.clone(), sentences(&found.attrs), shape));
            }
            Item::Enum(found) => {
                all.push((found.ident.clone(), sentences(&found.attrs), union(found)));
            }
            _ => {}
        }
    }
    for (name, definition) in &normalized.schemas {
        let shape = match &definition.kind {
            Kind::Enum(_) => quote!(schema::Shape::OpenEnum(Self::VALUES)),
            Kind::Tagged(tag) => tagged_union(definition, tag),
            // Among the items.
            Kind::Struct { .. } | Kind::Union(_) => continue,
        };
        let ident = format_ident!("{}", casing::type_name(name));
        all.push((ident, enums::sentence(name, definition), shape));
    }
    let impls = all.iter().map(|(name, sentences, shape)| {
        let description = plain(sentences);
        quote! {
            impl schema::Described for #name {
                const DESCRIPTION: &'static str = #description;
                const SHAPE: schema::Shape = #shape;
            }
        }
    });
    let names = all.iter().map(|(name, ..)| name);
    Ok(quote! {
        use crate::runtime::schema;

        #( #impls )*
        schema::described! { #( #names )* }
    })
}

fn object(fields: &[Field], one_of: &[String], is_read: bool) -> TokenStream {
    let lines = fields.iter().map(|one| field(one, is_read));
    // What comes in place of the object is one field, so no other must be asked for.
    let alone = |taken: &&Field| {
        let mut others = fields.iter().filter(|other| other.name != taken.name);
        is_read && others.all(|other| !is_asked(other, is_read))
    };
    let list = json::list(fields).filter(alone);
    let list = match list.and_then(|one| one.form.item()) {
        Some(item) => quote!(Some(<#item as schema::Held>::held)),
        None => quote!(None),
    };
    let text = json::text(fields).filter(alone).is_some();
    quote! {
        schema::Shape::Struct { fields: &[ #( #lines ),* ], one_of: &[ #( #one_of ),* ], list: #list, text: #text }
    }
}

fn union(found: &ItemEnum) -> TokenStream {
    let kinds = found.variants.iter().flat_map(|variant| &variant.fields);
    let kinds = kinds.map(|field| &field.ty);
    quote! {
        schema::Shape::Union(&[ #( schemars::SchemaGenerator::subschema_for::<#kinds> ),* ])
    }
}

fn tagged_union(definition: &Definition, tag: &Tag) -> TokenStream {
    let placed = definition.schema["oneOf"].as_array();
    let kinds = placed.into_iter().flatten().filter_map(schema_name);
    let kinds = kinds.map(|target| format_ident!("{}", casing::type_name(target)));
    let values = tag.variants.iter().map(|(_, value)| value);
    let property = &tag.property;
    quote! {
        schema::Shape::Tagged(
            #property,
            &[ #( (#values, schemars::SchemaGenerator::subschema_for::<#kinds>) ),* ],
        )
    }
}

/// `json_schema`, for the module of a version.
fn document(normalized: &Normalized) -> TokenStream {
    let version = normalized.version.as_str();
    let title = format!("Intercom API {version}");
    let using = format!(
        " use intercom_client::{{schemars::generate::SchemaSettings, {}}};",
        normalized.version.feature()
    );
    let call = format!(
        " let document = {}::json_schema(SchemaSettings::openapi3().for_serialize());",
        normalized.version.feature()
    );
    quote! {
        /// A document with the JSON Schema of every type in [`types`], by name.
        ///
        /// The settings say which dialect of JSON Schema it is in, where in the document the schemas stand, and whether they
        /// describe what the types read, which is the default, or what they write. What is written is narrower: an instant has
        /// one form, a number is no string, and no field is there that the type does not have. It can be read again, so
        /// `for_serialize` also suits those who are asked for a body. A type has its schema from `schemars::schema_for!` too.
        ///
        /// What a schema admits is what the type reads, but for what JSON Schema cannot say: it does not tell `1.0` from `1`, and
        /// does not know that February has no 30th or that a number in a string is too large. The known values of an enum are
        /// listed, and any other is admitted.
        ///
        /// ```
        #[doc = #using]
        ///
        /// // The part of an OpenAPI description that has the types.
        #[doc = #call]
        /// println!("{:#}", document.as_value()["components"]);
        /// ```
        #[cfg_attr(docsrs, doc(cfg(feature = "schemars")))]
        pub fn json_schema(settings: schemars::generate::SchemaSettings) -> schemars::Schema {
            crate::runtime::schema::document(settings, #title, types::SCHEMAS)
        }
    }
}

/// One line: what the field holds and what is said of it.
fn field(field: &Field, is_read: bool) -> TokenStream {
    let Field {
        property,
        docs,
        form,
        time,
        id,
        constant,
        ..
    } = field;
    let value = form.value();
    let value = match time {
        Some(time::Form::UnixSeconds) => quote!(schema::UnixSeconds),
        Some(time::Form::Iso8601) => quote!(schema::Iso8601),
        None if is_read && matches!(form, Form::Plain(_)) => quote!(schema::Id),
        None if *id == Some(ids::Form::Integer) => {
            let held = match is_read {
                true => quote!(schema::IntegerOrText),
                false => quote!(schema::IntegerId),
            };
            match form.item() {
                Some(_) => quote!(Vec<#held>),
                None => held,
            }
        }
        None => quote!(#value),
    };
    let description = plain(&sentences(docs));
    let asked = is_asked(field, is_read).then(|| quote!(.asked()));
    let always = matches!(form, Form::Plain(_)).then(|| quote!(.always()));
    let nullable = matches!(form, Form::Nullable(_)).then(|| quote!(.nullable()));
    let constant = constant.iter().map(|value| quote!(.constant(#value)));
    quote! {
        schema::field::<#value>(#property, #description) #asked #always #nullable #( #constant )*
    }
}

/// Whether nothing is read without the field.
fn is_asked(field: &Field, is_read: bool) -> bool {
    let is_plain = matches!(field.form, Form::Plain(_));
    // A request that has one by itself is not asked for it.
    let is_filled = field.required && field.constant.is_some();
    match is_read {
        true => is_plain,
        false => (field.required || is_plain) && !is_filled,
    }
}

/// The text of documentation.
fn sentences(attributes: &[syn::Attribute]) -> String {
    let lines = attributes
        .iter()
        .filter_map(|attribute| match &attribute.meta {
            Meta::NameValue(pair) if pair.path.is_ident("doc") => match &pair.value {
                Expr::Lit(syn::ExprLit {
                    lit: Lit::Str(line),
                    ..
                }) => Some(line.value()),
                _ => None,
            },
            _ => None,
        });
    lines.collect::<Vec<_>>().join("\n")
}

/// Documentation without its links, which lead nowhere outside of Rust's.
fn plain(sentences: &str) -> String {
    sentences
        .replace("[`", "`")
        .replace("`]", "`")
        .trim()
        .to_owned()
}
