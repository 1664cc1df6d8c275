//! From a corrected description to a document that generates well, and what the later steps must know besides.

pub mod all_of;
mod endless;
mod header;
pub mod idents;
pub mod ids;
mod inline_extensions;
mod ir;
pub mod operations;
pub mod pagination;
mod references;
pub mod required_ids;
pub mod review;
mod schemas;
pub mod select;
pub mod shape;
pub mod time;
pub mod type_names;
mod union;
pub mod usage;

pub use self::{
    ir::{Body, Definition, DefinitionKind, Normalized, Operation, Success, Tag, has_own_matcher},
    operations::Prepared,
};
use self::{required_ids::Resources, schemas::Schemas, type_names::TypeNames, usage::Usages};
use crate::{
    error::Problem,
    spec::{docs::Docs, document, load::Description, names::Names},
};

/// Normalizes a whole description: what a type looks like must not depend on which resources are on.
pub fn normalize(
    mut description: Description,
    names: &Names,
    docs: &Docs,
) -> Result<Normalized, Problem> {
    references::inline(&mut description.document)?;
    inline_extensions::extend(&mut description.document);
    let header = header::value(&description.document, &description.version);
    let usages = Usages::of(&description.document);
    let resources = Resources::of(&description.document);
    let none = serde_json::Map::new();
    let source = document::schemas(&description.document).unwrap_or(&none);
    let names_of_types = TypeNames::of(source, &usages);
    let mut schemas = Schemas::new(source, &usages, &resources, docs, names_of_types);
    schemas.define_named()?;
    let mut operations = operations::prepare(&description, names, docs, &mut schemas)?;
    let Schemas {
        defined: schemas,
        undescribed,
        ..
    } = schemas;
    endless::check(&schemas)?;
    for prepared in &mut operations {
        prepared.operation.list = pagination::find(prepared, &schemas);
    }
    let mut normalized = Normalized {
        version: description.version,
        header,
        operations,
        schemas,
        undescribed,
    };
    select::drop_unwritten(&mut normalized);
    Ok(normalized)
}
