//! Whether a body was signed with the client secret.

use std::fmt;

use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;
use sha2::Sha256;

use super::error::WebhookError;
use super::notification::Notification;

/// What the signature is written after, which names how it was made.
const SCHEME: &str = "sha1=";

/// Checks that notifications come from Intercom, and reads them.
///
/// It holds the client secret, which `Debug` does not show; a clone is a small copy. The comparison
/// takes the same time whatever the signature.
#[derive(Clone)]
pub struct Verifier {
    /// One for each secret, ready to begin.
    macs: Vec<Macs>,
}

/// What one secret signs with.
#[derive(Clone)]
struct Macs {
    /// Notifications.
    sha1: Hmac<Sha1>,
    /// All other requests.
    sha256: Hmac<Sha256>,
}

impl Verifier {
    /// A verifier with the client secret of the app, which the Developer Hub shows next to the client id.
    ///
    /// An empty secret is none: with it anyone could sign. Without a secret every notification is
    /// refused, as [`WebhookError::NoSecret`].
    pub fn new(client_secret: impl AsRef<[u8]>) -> Self {
        Self { macs: Vec::new() }.also_accept(client_secret)
    }

    /// Accepts what was signed with another secret too, while one replaces the other.
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

    /// The notification in a body, if it is signed.
    ///
    /// `raw_body` is what was received, byte for byte. `signature` is what a map of headers has for
    /// [`SIGNATURE_HEADER`](super::SIGNATURE_HEADER): the `Option<&HeaderValue>` of axum, hyper and
    /// actix goes in as it is, and so do texts and bytes in an `Option`. A missing header is one of the
    /// errors, so that there is one way to refuse.
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
    /// [`WrongSignature`](WebhookError::WrongSignature) say that nothing proves where the body comes
    /// from, and [`InvalidNotification`](WebhookError::InvalidNotification) that it is signed and no
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

    /// Checks the body of a request that is no notification: the app was uninstalled, a health check, Canvas Kit.
    ///
    /// `raw_body` is what was received, byte for byte. `signature` is what a map of headers has for
    /// [`BODY_SIGNATURE_HEADER`](super::BODY_SIGNATURE_HEADER). Which of the two headers is there says what the request is.
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
    /// [`WrongSignature`](WebhookError::WrongSignature): nothing proves where the body comes from.
    pub fn verify_body(
        &self,
        raw_body: &[u8],
        signature: Option<impl AsRef<[u8]>>,
    ) -> Result<(), WebhookError> {
        let signature = signature.as_ref().map(AsRef::as_ref);
        let of_secret = |macs: &Macs| macs.sha256.clone();
        self.check(raw_body, signature, digest::<32>, of_secret)
    }

    /// The value of [`BODY_SIGNATURE_HEADER`](super::BODY_SIGNATURE_HEADER) for a body, for the tests of a receiver; made with the
    /// first secret.
    pub fn sign_body(&self, raw_body: &[u8]) -> String {
        let mac = self.macs.first().map(|macs| macs.sha256.clone());
        let digest = mac.map(|mac| mac.chain_update(raw_body).finalize().into_bytes());
        digest.map(hex::encode).unwrap_or_default()
    }

    /// The value of the header for a body, for the tests of a receiver; made with the first secret.
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
        // Every secret is tried, so that the time does not tell which one fits.
        let fits = self.macs.iter().fold(false, |fits, macs| {
            let mac = of_secret(macs).chain_update(body);
            fits | mac.verify_slice(&digest).is_ok()
        });
        match fits {
            true => Ok(()),
            false => Err(WebhookError::WrongSignature),
        }
    }
}

/// The digest that hex digits tell, in either case.
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
