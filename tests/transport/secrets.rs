//! Nothing that a failure says, anywhere, holds the token or what was sent.
