//! Many calls among random faults: none is lost, none sent twice that must not be, and memory stays flat.
