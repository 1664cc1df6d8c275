//! What commands print.

use std::{
    fmt::Display,
    io::{self, Write},
};

/// Prints one line or several; that the reader has seen enough (`| head`) is no failure.
pub fn say(what: impl Display) {
    let text = what.to_string();
    let end = if text.is_empty() || text.ends_with('\n') {
        ""
    } else {
        "\n"
    };
    let _ = write!(io::stdout(), "{text}{end}");
}
