//! Calls that are given up leave nothing behind.
