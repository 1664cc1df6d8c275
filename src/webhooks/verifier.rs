//! Verifies that a body was signed with the client secret.

use std::fmt;

use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;
use sha2::Sha256;

use super::error::WebhookError;
use super::notification::Notification;

/// The prefix of the signature, which names its algorithm.
const SCHEME: &str = "sha1=";

/// Verifies that notifications come from Intercom, and reads them.
///
/// It holds the client secret, which `Debug` does not show. It is cheap to clone. Signatures are compared in constant time.
#[derive(Clone)]
pub struct Verifier {
    /// One for each secret, ready to begin.
    macs: Vec<Macs>,
}

/// The MACs of one secret.
#[derive(Clone)]
struct Macs {
    /// Notifications.
    sha1: Hmac<Sha1>,
    /// All other requests.
    sha256: Hmac<Sha256>,
}

impl Verifier {
    /// Creates a verifier with the client secret of the app, which the Developer Hub shows next to the client id.
    ///
    /// An empty secret is ignored, since anyone could sign with it. A verifier without a secret rejects every notification
    /// with [`WebhookError::NoSecret`].
    pub fn new(client_secret: impl AsRef<[u8]>) -> Self {
        Self { macs: Vec::new() }.also_accept(client_secret)
    }

    /// Accepts signatures by another secret too, for the time in which one replaces the other.
    ///
    /// ```
    /// use intercom_client::webhooks::Verifier;
    ///
    /// let body = br#"{ "type": "notification_event", "topic": "ping" }"#;
    /// let signature = Verifier::new("the new one").sign(body);
    /// let verifier = Verifier::new("the old one").also_accept("the new one");
    /// assert!(verifier.verify(body, Some(&signature)).is_ok());
    /// ```
    #[must_use]
    pub fn also_accept(mut self, client_secret: impl AsRef<[u8]>) -> Self {
        let secret = client_secret.as_ref();
        // A key may be of any length, so there is always a MAC.
        let macs = Hmac::new_from_slice(secret)
            .ok()
            .zip(Hmac::new_from_slice(secret).ok());
        let macs = macs.filter(|_| !secret.is_empty());
        self.macs
            .extend(macs.map(|(sha1, sha256)| Macs { sha1, sha256 }));
        self
    }

    /// Verifies the signature of a body, and reads the notification in it.
    ///
    /// `raw_body` is the body as it was received, byte for byte. `signature` is the value of the header
    /// [`SIGNATURE_HEADER`](super::SIGNATURE_HEADER): the `Option<&HeaderValue>` of axum, hyper and
    /// actix works as it is, and so do text and bytes in an `Option`. A missing header is one of the
    /// errors.
    ///
    /// ```
    /// use intercom_client::webhooks::{Topic, Verifier, WebhookError};
    ///
    /// # fn main() -> Result<(), WebhookError> {
    /// let verifier = Verifier::new("a-client-secret");
    /// let body = br#"{ "type": "notification_event", "topic": "ping", "id": null }"#;
    /// let header = Some("sha1=948d0f3f6dd13c1f0e79c40383df7be9b7882d82");
    /// let notification = verifier.verify(body, header)?;
    /// assert_eq!(notification.topic, Topic::Ping);
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    ///
    /// [`NoSecret`](WebhookError::NoSecret), [`MissingSignature`](WebhookError::MissingSignature),
    /// [`MalformedSignature`](WebhookError::MalformedSignature) and
    /// [`WrongSignature`](WebhookError::WrongSignature) if nothing proves that Intercom sent the body, and
    /// [`InvalidNotification`](WebhookError::InvalidNotification) if the body is signed but is not a
    /// notification.
    pub fn verify(
        &self,
        raw_body: &[u8],
        signature: Option<impl AsRef<[u8]>>,
    ) -> Result<Notification, WebhookError> {
        let signature = signature.as_ref().map(AsRef::as_ref);
        let plain = |signature: &[u8]| digest::<20>(signature.strip_prefix(SCHEME.as_bytes())?);
        self.check(raw_body, signature, plain, |macs| macs.sha1.clone())?;
        Notification::from_unverified(raw_body)
    }

    /// Verifies the signature of a request that is not a notification: an uninstall, a health check, Canvas Kit.
    ///
    /// `raw_body` is the body as it was received, byte for byte. `signature` is the value of the header
    /// [`BODY_SIGNATURE_HEADER`](super::BODY_SIGNATURE_HEADER). Each request has only one of the two headers, which shows its kind.
    ///
    /// ```
    /// use intercom_client::webhooks::{Verifier, WebhookError};
    ///
    /// # fn main() -> Result<(), WebhookError> {
    /// let verifier = Verifier::new("a-client-secret");
    /// let body = br#"{ "app_id": "ab12cd34" }"#;
    /// let header = Some(verifier.sign_body(body));
    /// verifier.verify_body(body, header)?;
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    ///
    /// [`NoSecret`](WebhookError::NoSecret), [`MissingSignature`](WebhookError::MissingSignature),
    /// [`MalformedSignature`](WebhookError::MalformedSignature) and
    /// [`WrongSignature`](WebhookError::WrongSignature) if nothing proves that Intercom sent the body.
    pub fn verify_body(
        &self,
        raw_body: &[u8],
        signature: Option<impl AsRef<[u8]>>,
    ) -> Result<(), WebhookError> {
        let signature = signature.as_ref().map(AsRef::as_ref);
        let of_secret = |macs: &Macs| macs.sha256.clone();
        self.check(raw_body, signature, digest::<32>, of_secret)
    }

    /// Returns the value of [`BODY_SIGNATURE_HEADER`](super::BODY_SIGNATURE_HEADER) for a body, for tests of a receiver. It uses
    /// the first secret.
    pub fn sign_body(&self, raw_body: &[u8]) -> String {
        let mac = self.macs.first().map(|macs| macs.sha256.clone());
        let digest = mac.map(|mac| mac.chain_update(raw_body).finalize().into_bytes());
        digest.map(hex::encode).unwrap_or_default()
    }

    /// Returns the value of [`SIGNATURE_HEADER`](super::SIGNATURE_HEADER) for a body, for tests of a receiver. It uses the first
    /// secret.
    ///
    /// ```
    /// use intercom_client::webhooks::Verifier;
    ///
    /// let signature = Verifier::new("a-client-secret").sign(b"{}");
    /// assert_eq!(signature, "sha1=cfef7ea00aeaaad3b5fa7c07ee41b8999247a6ab");
    /// ```
    pub fn sign(&self, raw_body: &[u8]) -> String {
        let mac = self.macs.first().map(|macs| macs.sha1.clone());
        let digest = mac.map(|mac| mac.chain_update(raw_body).finalize().into_bytes());
        format!("{SCHEME}{}", digest.map(hex::encode).unwrap_or_default())
    }

    fn check<M: Mac + Clone, const N: usize>(
        &self,
        body: &[u8],
        signature: Option<&[u8]>,
        digest: impl Fn(&[u8]) -> Option<[u8; N]>,
        of_secret: impl Fn(&Macs) -> M,
    ) -> Result<(), WebhookError> {
        if self.macs.is_empty() {
            return Err(WebhookError::NoSecret);
        }
        let signature = signature.ok_or(WebhookError::MissingSignature)?;
        let digest = digest(signature).ok_or(WebhookError::MalformedSignature)?;
        // Every secret is tried, so that the time does not show which one fits.
        let fits = self.macs.iter().fold(false, |fits, macs| {
            let mac = of_secret(macs).chain_update(body);
            fits | mac.verify_slice(&digest).is_ok()
        });
        if fits {
            Ok(())
        } else {
            Err(WebhookError::WrongSignature)
        }
    }
}

/// Decodes a digest in hex, in upper or lower case.
fn digest<const N: usize>(digits: &[u8]) -> Option<[u8; N]> {
    let mut digest = [0; N];
    hex::decode_to_slice(digits, &mut digest).ok()?;
    Some(digest)
}

impl fmt::Debug for Verifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut debug = f.debug_struct("Verifier");
        debug
            .field("secrets", &self.macs.len())
            .finish_non_exhaustive()
    }
}
