//! Mounts what the build script generated: a module for each enabled version.

include!(concat!(env!("OUT_DIR"), "/versions.rs"));
