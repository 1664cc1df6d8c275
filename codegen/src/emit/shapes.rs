//! The tables of what requests carry.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use crate::{
    casing,
    lower::{
        Body, Definition, DefinitionKind, Normalized, Prepared, Success, idents, ids,
        shape::{self, Field, Shape},
        time,
    },
    spec::document::schema_name,
};

/// `CreateContactRequest`, which the type and its table are both called.
pub fn ident(schema: &str) -> Ident {
    format_ident!("{}", casing::type_name(schema))
}

/// The modules of tables: of types, and of what each operation takes and returns.
pub fn tables(normalized: &Normalized, is_dynamic: bool) -> TokenStream {
    let schemas = normalized.schemas.iter();
    let written = schemas.filter(|(_, definition)| definition.usage.written);
    let shapes = written.map(|(name, definition)| table(name, definition, normalized));
    let operations = normalized.operations.iter();
    let signatures = operations.map(|prepared| signature(prepared, normalized));
    let constants = normalized.operations.iter();
    let constants = constants.map(|prepared| idents::constant(&prepared.operation));
    let all = is_dynamic.then(|| {
        quote! {
            /// What every operation takes and returns, for calls by name.
            static SIGNATURES: &[&crate::runtime::Signature] = &[ #( &signatures::#constants ),* ];
        }
    });
    quote! {
        #all

        #[allow(non_upper_case_globals, reason = "each is called as its type is")]
        pub(crate) mod shapes {
            use crate::runtime::{Field, Object, Shape, Union};
            use super::shapes;

            #( #shapes )*
        }

        mod signatures {
            use crate::runtime::{Content, Field, Object, Outcome, Shape, Signature};
            use super::{operations, shapes};

            #( #signatures )*
        }
    }
}

/// The table of one type; enums have none.
fn table(name: &str, definition: &Definition, normalized: &Normalized) -> TokenStream {
    let (ident, text) = (ident(name), casing::type_name(name));
    match &definition.kind {
        DefinitionKind::Enum(_) => TokenStream::new(),
        DefinitionKind::Struct { one_of, .. } => {
            let fields = shape::fields(definition, &normalized.schemas);
            let fields = fields.iter().map(field);
            quote! {
                pub(crate) static #ident: Object = Object { name: #text, fields: &[ #( #fields ),* ], one_of: &[ #( #one_of ),* ] };
            }
        }
        DefinitionKind::Union(_) | DefinitionKind::Tagged(_) => {
            let alternatives = alternatives(definition, normalized);
            let alternatives = alternatives.iter().map(shape);
            quote! {
                pub(crate) static #ident: Union = Union { name: #text, alternatives: &[ #( #alternatives ),* ] };
            }
        }
    }
}

/// The alternatives of a union: what requires more comes first, since it would be taken for what requires less.
pub fn alternatives(definition: &Definition, normalized: &Normalized) -> Vec<Shape> {
    let placed = definition.schema["oneOf"].as_array();
    let placed = placed.into_iter().flatten();
    let mut found: Vec<(usize, Shape)> = placed
        .map(|placed| {
            let target = schema_name(placed).and_then(|name| normalized.schemas.get(name));
            let required = match target.map(|target| &target.kind) {
                Some(DefinitionKind::Struct { required, .. }) => required.len(),
                _ => 0,
            };
            (required, shape::of(placed, &normalized.schemas))
        })
        .collect();
    found.sort_by_key(|(required, _)| std::cmp::Reverse(*required));
    found.into_iter().map(|(_, shape)| shape).collect()
}

/// The structs and unions that a union can be made of, those within its unions too.
pub fn leaves(schema: &str, normalized: &Normalized) -> Vec<String> {
    let mut leaves = Vec::new();
    if let Some(definition) = normalized.schemas.get(schema) {
        collect(definition, normalized, &mut leaves, 0);
    }
    leaves.retain(|leaf| leaf != schema);
    leaves
}

/// Collects them, each once.
fn collect(
    definition: &Definition,
    normalized: &Normalized,
    leaves: &mut Vec<String>,
    depth: usize,
) {
    if depth > 8 {
        return;
    }
    for shape in alternatives(definition, normalized) {
        let (Shape::Object(schema) | Shape::Union(schema)) = shape else {
            continue;
        };
        if leaves.contains(&schema) {
            continue;
        }
        leaves.push(schema.clone());
        if let Some(inner) = normalized.schemas.get(&schema)
            && !matches!(inner.kind, DefinitionKind::Struct { .. })
        {
            collect(inner, normalized, leaves, depth + 1);
        }
    }
}

fn field(field: &Field) -> TokenStream {
    let (property, shape) = (&field.property, shape(&field.shape));
    let required = field.is_required.then(|| quote!(.required()));
    let nullable = field.is_nullable.then(|| quote!(.nullable()));
    let constant = field.constant.iter().map(|value| quote!(.constant(#value)));
    let joined = field.separator.iter().map(|text| quote!(.joined(#text)));
    quote! { Field::new(#property, #shape) #required #nullable #( #constant )* #( #joined )* }
}

fn shape(shape: &Shape) -> TokenStream {
    match shape {
        Shape::Text | Shape::Enum(_) => quote!(Shape::Text),
        Shape::Id(ids::IdFormat::Text) => quote!(Shape::Id),
        Shape::Id(ids::IdFormat::Integer) => quote!(Shape::IntegerId),
        Shape::Integer => quote!(Shape::Integer),
        Shape::Number => quote!(Shape::Number),
        Shape::Bool => quote!(Shape::Bool),
        Shape::Time(time::TimeFormat::UnixSeconds) => quote!(Shape::UnixSeconds),
        Shape::Time(time::TimeFormat::Iso8601) => quote!(Shape::Iso8601),
        Shape::Map => quote!(Shape::Map),
        Shape::Any => quote!(Shape::Any),
        Shape::List(items) => {
            let items = self::shape(items);
            quote!(Shape::List(&#items))
        }
        Shape::Object(schema) => {
            let table = ident(schema);
            quote!(Shape::Object(&shapes::#table))
        }
        Shape::Union(schema) => {
            let table = ident(schema);
            quote!(Shape::Union(&shapes::#table))
        }
    }
}

fn signature(prepared: &Prepared, normalized: &Normalized) -> TokenStream {
    let operation = &prepared.operation;
    let constant = idents::constant(operation);
    let path = &operation.name.path;
    let object = |place: &str, none: TokenStream| {
        let fields = prepared.parameters(place, normalized);
        if fields.is_empty() {
            return none;
        }
        let fields = fields.iter().map(field);
        quote! { Object { name: #place, fields: &[ #( #fields ),* ], one_of: &[] } }
    };
    let query = object("query", quote!(Object::NO_QUERY));
    let headers = object("header", quote!(Object::NO_HEADERS));
    let carried = prepared.body_shape(normalized).as_ref().map(shape);
    let body = match (&operation.body, carried) {
        (Body::Json, Some(shape)) => quote!(Content::Json(#shape)),
        (Body::Form, Some(shape)) => quote!(Content::Form(#shape)),
        (Body::Multipart, _) => quote!(Content::Multipart),
        (Body::Bytes(kind), _) => quote!(Content::Bytes(#kind)),
        _ => quote!(Content::None),
    };
    let outcome = match &operation.success {
        Success::Json => quote!(Outcome::Json),
        Success::Bytes(kind) => quote!(Outcome::Bytes(#kind)),
        Success::Empty => quote!(Outcome::Nothing),
    };
    quote! {
        pub(crate) static #constant: Signature = Signature {
            operation: &operations::#constant,
            path: &[ #( #path ),* ],
            query: #query,
            headers: #headers,
            body: #body,
            outcome: #outcome,
        };
    }
}
