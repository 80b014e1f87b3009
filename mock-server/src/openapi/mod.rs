//! OpenAPI 3.1 documents, made from the tables that the routers are made from. It knows no API and no resource:
//! each describes itself beside its routes.
//!
//! Schemas are plain JSON values: OpenAPI 3.1 takes all of JSON Schema 2020-12, of which the builder types at
//! hand offer a part only (neither `not` nor `const`), and the documents are written here and never read.

mod call;
mod document;
mod operation;
pub(crate) mod parameter;
mod sample;
pub(crate) mod schema;

pub(crate) use call::{Call, Calls};
pub(crate) use document::{Description, Elsewhere, Path, fault};
pub(crate) use operation::{Operation, Reply, refusals};
pub(crate) use sample::{Sample, sample};
