//! What an error lets be seen.

use std::error::Error;

/// Everything that an error says of itself and of its causes.
pub fn text(error: &dyn Error) -> String {
    let mut text = format!("{error} {error:?} {error:#?}");
    let mut cause = error.source();
    while let Some(error) = cause {
        text.push_str(&format!(" {error} {error:?}"));
        cause = error.source();
    }
    text
}
