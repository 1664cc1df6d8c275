//! From a corrected description to a document that generates well, and what the later steps must know besides.

pub mod all_of;
mod header;
pub mod idents;
pub mod ids;
mod inline_extensions;
mod ir;
pub mod operations;
pub mod pagination;
pub mod required_ids;
pub mod review;
mod schemas;
pub mod select;
pub mod shape;
pub mod time;
mod union;
pub mod usage;

pub use self::{
    ir::{Body, Definition, DefinitionKind, Normalized, Operation, Success, Tag},
    operations::Prepared,
};
use self::{required_ids::Resources, schemas::Schemas, usage::Usages};
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
    inline_extensions::extend(&mut description.document);
    let header = header::value(&description.document, &description.version);
    let usages = Usages::of(&description.document);
    let resources = Resources::of(&description.document);
    let none = serde_json::Map::new();
    let source = document::schemas(&description.document).unwrap_or(&none);
    let mut schemas = Schemas::new(source, &usages, &resources, docs);
    schemas.define_named()?;
    let mut operations = operations::prepare(&description, names, docs, &mut schemas)?;
    let Schemas {
        defined: schemas,
        undescribed,
        ..
    } = schemas;
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
