//! Why notifications are rejected.

use std::error::Error;
use std::fmt;

use crate::json::JsonError;

/// Why a notification is rejected, or its item cannot be read.
///
/// Neither `Display` nor `Debug` shows a secret, a signature or a value of the body, so both can be
/// logged.
#[derive(Debug)]
#[non_exhaustive]
pub enum WebhookError {
    /// The client secret of the verifier is empty.
    NoSecret,
    /// The header is missing: `X-Hub-Signature`, or `X-Body-Signature` for [`verify_body`](super::Verifier::verify_body).
    MissingSignature,
    /// The header is not a signature: `sha1=` and 40 hexadecimal digits in `X-Hub-Signature`, or 64 of them in
    /// `X-Body-Signature`.
    MalformedSignature,
    /// The signature does not match the body and the client secret.
    ///
    /// Somebody else sent the body, the secret is that of another app, or the body was changed on its
    /// way, for example by a framework that parsed it and wrote it again.
    WrongSignature,
    /// The body is signed but is not a notification.
    InvalidNotification(InvalidJson),
    /// The item of the notification does not have the requested type.
    InvalidItem(InvalidJson),
}

impl WebhookError {
    /// Returns whether nothing proves that Intercom sent the body. Respond with `401` then.
    pub fn is_unauthenticated(&self) -> bool {
        match self {
            Self::NoSecret
            | Self::MissingSignature
            | Self::MalformedSignature
            | Self::WrongSignature => true,
            Self::InvalidNotification(_) | Self::InvalidItem(_) => false,
        }
    }
}

impl fmt::Display for WebhookError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoSecret => f.write_str("the client secret of the verifier is empty"),
            Self::MissingSignature => f.write_str(
                "there is no X-Hub-Signature header (for `verify_body` no X-Body-Signature header)",
            ),
            Self::MalformedSignature => f.write_str(
                "the X-Hub-Signature header is not `sha1=` and 40 hexadecimal digits (for `verify_body`, the X-Body-Signature \
                 header is not 64 of them)",
            ),
            Self::WrongSignature => {
                f.write_str(
                    "the X-Hub-Signature (for `verify_body`, the X-Body-Signature) header is not the signature of this body with \
                     this client secret",
                )
            }
            Self::InvalidNotification(error) => write!(f, "the body is no notification: {error}"),
            Self::InvalidItem(error) => {
                // By the path that users know.
                let expected = error.expected.replace("::generated::", "::");
                write!(f, "data.item of the notification cannot be read as {expected}: {error}")
            }
        }
    }
}

impl Error for WebhookError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::InvalidNotification(error) | Self::InvalidItem(error) => Some(error),
            _ => None,
        }
    }
}

/// What is wrong with a JSON text, and the path, line and column at which it shows.
#[derive(Debug)]
pub struct InvalidJson {
    expected: &'static str,
    error: JsonError,
}

impl InvalidJson {
    /// What `T` could not be read from.
    pub(super) fn new<T>(error: JsonError) -> Self {
        Self {
            expected: std::any::type_name::<T>(),
            error,
        }
    }
}

impl fmt::Display for InvalidJson {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.error.fmt(f)
    }
}

impl Error for InvalidJson {}
