//! The objects of OpenAPI 3.0 and which of their keywords are facts.
//!
//! A list of what stays, by kind of object: a property may be called `title`, and a keyword that is new is not taken
//! for a fact before somebody has looked at it.

use intercom_client_codegen::lower::required_ids;

/// A kind of object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Document,
    Info,
    Server,
    ServerVariable,
    Tag,
    PathItem,
    Operation,
    Parameter,
    RequestBody,
    Response,
    Callback,
    Header,
    MediaType,
    Encoding,
    Link,
    Components,
    SecurityScheme,
    Schema,
}

/// What the value of a keyword is.
#[derive(Clone, Copy, Debug)]
pub enum Holds {
    /// Data, kept as it is.
    Data,
    One(Kind),
    List(Kind),
    /// Objects by a name, which may be any.
    Named(Kind),
    /// Objects by a path, code or expression; `x-…` beside them is an extension.
    Patterned(Kind),
}

/// Keywords that are prose, examples, or about the description rather than the API.
pub const PROSE: [&str; 10] = [
    "contact",
    "description",
    "example",
    "examples",
    "externalDocs",
    "license",
    "summary",
    "termsOfService",
    "title",
    "xml",
];

/// The keywords of a kind of object that are facts.
pub fn facts(kind: Kind) -> &'static [(&'static str, Holds)] {
    use Holds::*;
    match kind {
        Kind::Document => &[
            ("components", One(Kind::Components)),
            ("info", One(Kind::Info)),
            ("openapi", Data),
            ("paths", Patterned(Kind::PathItem)),
            ("security", Data),
            ("servers", List(Kind::Server)),
            ("tags", List(Kind::Tag)),
        ],
        Kind::Info => &[("version", Data)],
        Kind::Server => &[("url", Data), ("variables", Named(Kind::ServerVariable))],
        Kind::ServerVariable => &[("default", Data), ("enum", Data)],
        Kind::Tag => &[("name", Data)],
        Kind::PathItem => &[
            ("$ref", Data),
            ("delete", One(Kind::Operation)),
            ("get", One(Kind::Operation)),
            ("head", One(Kind::Operation)),
            ("options", One(Kind::Operation)),
            ("parameters", List(Kind::Parameter)),
            ("patch", One(Kind::Operation)),
            ("post", One(Kind::Operation)),
            ("put", One(Kind::Operation)),
            ("servers", List(Kind::Server)),
            ("trace", One(Kind::Operation)),
        ],
        Kind::Operation => &[
            ("callbacks", Named(Kind::Callback)),
            ("deprecated", Data),
            ("operationId", Data),
            ("parameters", List(Kind::Parameter)),
            ("requestBody", One(Kind::RequestBody)),
            ("responses", Patterned(Kind::Response)),
            ("security", Data),
            ("servers", List(Kind::Server)),
            ("tags", Data),
        ],
        Kind::Parameter => &[
            ("$ref", Data),
            ("allowEmptyValue", Data),
            ("allowReserved", Data),
            ("content", Named(Kind::MediaType)),
            ("deprecated", Data),
            ("explode", Data),
            ("in", Data),
            ("name", Data),
            ("required", Data),
            ("schema", One(Kind::Schema)),
            ("style", Data),
        ],
        Kind::RequestBody => &[
            ("$ref", Data),
            ("content", Named(Kind::MediaType)),
            ("required", Data),
        ],
        Kind::Response => &[
            ("$ref", Data),
            ("content", Named(Kind::MediaType)),
            ("headers", Named(Kind::Header)),
            ("links", Named(Kind::Link)),
        ],
        // Path items by expression: `Patterned` one level further down.
        Kind::Callback => &[],
        Kind::Header => &[
            ("$ref", Data),
            ("allowEmptyValue", Data),
            ("content", Named(Kind::MediaType)),
            ("deprecated", Data),
            ("explode", Data),
            ("required", Data),
            ("schema", One(Kind::Schema)),
            ("style", Data),
        ],
        Kind::MediaType => &[
            ("encoding", Named(Kind::Encoding)),
            ("schema", One(Kind::Schema)),
        ],
        Kind::Encoding => &[
            ("allowReserved", Data),
            ("contentType", Data),
            ("explode", Data),
            ("headers", Named(Kind::Header)),
            ("style", Data),
        ],
        Kind::Link => &[
            ("$ref", Data),
            ("operationId", Data),
            ("operationRef", Data),
            ("parameters", Data),
            ("requestBody", Data),
            ("server", One(Kind::Server)),
        ],
        Kind::Components => &[
            ("callbacks", Named(Kind::Callback)),
            ("headers", Named(Kind::Header)),
            ("links", Named(Kind::Link)),
            ("parameters", Named(Kind::Parameter)),
            ("requestBodies", Named(Kind::RequestBody)),
            ("responses", Named(Kind::Response)),
            ("schemas", Named(Kind::Schema)),
            ("securitySchemes", Named(Kind::SecurityScheme)),
        ],
        // How a token is obtained is not this client's concern.
        Kind::SecurityScheme => &[
            ("$ref", Data),
            ("bearerFormat", Data),
            ("in", Data),
            ("name", Data),
            ("scheme", Data),
            ("type", Data),
        ],
        Kind::Schema => &[
            ("$ref", Data),
            ("additionalProperties", One(Kind::Schema)),
            ("allOf", List(Kind::Schema)),
            ("anyOf", List(Kind::Schema)),
            ("default", Data),
            ("deprecated", Data),
            ("discriminator", Data),
            ("enum", Data),
            ("exclusiveMaximum", Data),
            ("exclusiveMinimum", Data),
            ("format", Data),
            ("items", One(Kind::Schema)),
            ("maxItems", Data),
            ("maxLength", Data),
            ("maxProperties", Data),
            ("maximum", Data),
            ("minItems", Data),
            ("minLength", Data),
            ("minProperties", Data),
            ("minimum", Data),
            ("multipleOf", Data),
            ("not", One(Kind::Schema)),
            ("nullable", Data),
            ("oneOf", List(Kind::Schema)),
            ("pattern", Data),
            ("properties", Named(Kind::Schema)),
            ("readOnly", Data),
            ("required", Data),
            ("type", Data),
            ("uniqueItems", Data),
            ("writeOnly", Data),
            // Not OpenAPI: the import writes it.
            (required_ids::KEY, Data),
        ],
    }
}
