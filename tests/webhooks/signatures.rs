//! Signatures that OpenSSL made, and the forms a header comes in.

use intercom_client::reqwest::header::{HeaderMap, HeaderValue};
use intercom_client::webhooks::{
    BODY_SIGNATURE_HEADER, SIGNATURE_HEADER, Topic, Verifier, WebhookError,
};

use crate::{SECRET, text, verifier};

/// A secret, a body, and what OpenSSL makes of them:
///
/// ```text
/// printf '%s' "$body" | openssl dgst -sha1 -hmac "$secret"
/// ```
const VECTORS: &[(&str, &str, &str)] = &[
    (
        "3f1c0a9e-client-secret",
        r#"{"topic": "ping"}"#,
        "sha1=6c6b93f5aee35f6237ac9c0902320234943b4a70",
    ),
    (
        "3f1c0a9e-client-secret",
        r#"{ "type": "notification_event", "topic": "ping", "id": null, "data": { "item": { "type": "ping" } } }"#,
        "sha1=fcbe8f5059048dea9da40fbbd30affde386cd645",
    ),
    (
        "3f1c0a9e-client-secret",
        "",
        "sha1=e551e42da7e6d4c0b97fb6db3d610f8facbf02e8",
    ),
    (
        "3f1c0a9e-client-secret",
        r#"{"topic":"ping","note":"Grüße, 東京 🚀"}"#,
        "sha1=f03fc4a4105d15e35ff262f98ce25a850c262897",
    ),
    (
        "s",
        "not JSON",
        "sha1=7a9946280476daaaad7e66056b2db3c079fdf87a",
    ),
    (
        "a secret that is longer than the sixty-four bytes of a block of the hash, so it is hashed itself",
        r#"{"topic":"ping"}"#,
        "sha1=e839fdcd4744dbf7eb3de6e05246efc650e0125a",
    ),
];

/// The keys and the data that OpenSSL reads from files, for they are no texts:
///
/// ```text
/// perl -e 'print pack "C*", 0..255' |
///     openssl dgst -sha1 -mac HMAC -macopt hexkey:$(printf 'ff%.0s' $(seq 100))
/// ```
const BINARY: &str = "sha1=d399f7eadf8e63744a3e8fdda6ce973d3401a13d";

#[test]
fn it_signs_as_openssl_does() {
    for (secret, body, expected) in VECTORS {
        let signature = Verifier::new(secret).sign(body.as_bytes());
        assert_eq!(signature, *expected, "{body:?} with {secret:?}");
    }
    let every_byte: Vec<u8> = (0..=255).collect();
    assert_eq!(Verifier::new([0xff; 100]).sign(&every_byte), BINARY);
}

#[test]
fn what_openssl_signed_is_accepted() {
    let mut accepted = 0;
    for (secret, body, signature) in VECTORS {
        match Verifier::new(secret).verify(body.as_bytes(), Some(signature)) {
            Ok(notification) => {
                assert_eq!(notification.topic, Topic::Ping);
                accepted += 1;
            }
            // The signature is right, and so there is something to say about the body.
            Err(WebhookError::InvalidNotification(_)) => {}
            Err(error) => panic!("{body:?} with {secret:?}: {error}"),
        }
    }
    assert_eq!(accepted, 4);
}

#[test]
fn a_header_is_taken_as_the_frameworks_have_it() {
    let body = br#"{"topic": "ping"}"#;
    let signature = verifier().sign(body);
    let value = HeaderValue::from_str(&signature).unwrap();
    let headers = HeaderMap::from_iter([("X-Hub-Signature".parse().unwrap(), value.clone())]);

    let verifier = verifier();
    assert!(verifier.verify(body, headers.get(SIGNATURE_HEADER)).is_ok());
    assert!(
        verifier
            .verify(body, headers.get("X-Hub-Signature"))
            .is_ok()
    );
    assert!(verifier.verify(body, Some(value)).is_ok());
    assert!(verifier.verify(body, Some(&signature)).is_ok());
    assert!(verifier.verify(body, Some(signature.as_str())).is_ok());
    assert!(verifier.verify(body, Some(signature.as_bytes())).is_ok());
    assert!(verifier.verify(body, Some(signature)).is_ok());
}

#[test]
fn the_digits_may_be_of_either_case() {
    let body = br#"{"topic": "ping"}"#;
    let digits = verifier().sign(body).replace("sha1=", "");
    assert!(
        digits.contains(|c: char| c.is_ascii_lowercase()),
        "{digits}"
    );

    let upper = format!("sha1={}", digits.to_uppercase());
    assert!(verifier().verify(body, Some(upper)).is_ok());
    let mixed = digits[..20].to_uppercase() + &digits[20..];
    assert!(
        verifier()
            .verify(body, Some(format!("sha1={mixed}")))
            .is_ok()
    );
}

#[test]
fn each_way_to_lack_a_signature_has_its_own_error() {
    let body = br#"{"topic": "ping"}"#;
    let missing = verifier().verify(body, None::<&str>).unwrap_err();
    assert!(matches!(missing, WebhookError::MissingSignature));
    let malformed = verifier().verify(body, Some("sha256=00")).unwrap_err();
    assert!(matches!(malformed, WebhookError::MalformedSignature));
    let other = Verifier::new("another secret").sign(body);
    let wrong = verifier().verify(body, Some(&other)).unwrap_err();
    assert!(matches!(wrong, WebhookError::WrongSignature));
    let unreadable = crate::signed("[]").unwrap_err();
    assert!(matches!(unreadable, WebhookError::InvalidNotification(_)));

    for error in [&missing, &malformed, &wrong] {
        assert!(error.is_unauthenticated(), "{error}");
        assert!(error.to_string().contains("X-Hub-Signature"), "{error}");
        assert!(!text(error).contains(&other["sha1=".len()..]), "{error:?}");
    }
    assert!(!unreadable.is_unauthenticated());
}

#[test]
fn while_a_secret_is_replaced_both_sign() {
    let body = br#"{"topic": "ping"}"#;
    let both = Verifier::new("old").also_accept("new");
    for secret in ["old", "new"] {
        let signature = Verifier::new(secret).sign(body);
        assert!(
            both.clone().verify(body, Some(signature)).is_ok(),
            "{secret}"
        );
    }
    let third = Verifier::new("oldnew").sign(body);
    let error = both.verify(body, Some(third)).unwrap_err();
    assert!(matches!(error, WebhookError::WrongSignature));
    assert_eq!(both.sign(body), Verifier::new("old").sign(body));
}

/// HMAC fills a key up with zeros, so an empty one is that of everybody.
#[test]
fn an_empty_secret_is_none() {
    let body = br#"{"topic": "ping"}"#;
    // printf '%s' '{"topic": "ping"}' | openssl dgst -sha1 -mac HMAC -macopt hexkey:00
    let forged = "sha1=724c1a775a5340b6393be09f539526f3bdaf0de2";
    for verifier in [Verifier::new(""), Verifier::new("").also_accept("")] {
        let error = verifier.verify(body, Some(forged)).unwrap_err();
        assert!(matches!(error, WebhookError::NoSecret), "{error}");
        assert!(verifier.verify(body, Some(verifier.sign(body))).is_err());
    }
    let error = verifier()
        .also_accept("")
        .verify(body, Some(forged))
        .unwrap_err();
    assert!(matches!(error, WebhookError::WrongSignature), "{error}");
}

#[test]
fn the_secret_is_not_shown() {
    let shown = format!(
        "{:?} {:#?}",
        verifier(),
        verifier().also_accept("another secret")
    );
    assert!(shown.contains("Verifier"), "{shown}");
    assert!(
        !shown.contains(SECRET) && !shown.contains("another"),
        "{shown}"
    );
}

#[test]
fn it_goes_where_receivers_need_it() {
    fn shared<T: Clone + Send + Sync + 'static>() {}
    fn error<T: std::error::Error + Send + Sync + 'static>() {}
    shared::<Verifier>();
    shared::<intercom_client::webhooks::Notification>();
    error::<WebhookError>();
}

#[test]
fn a_request_that_is_no_notification_has_its_own_header_and_digest() {
    // As OpenSSL makes it, with -sha256.
    let body = br#"{"topic": "ping"}"#;
    let expected = "01dfc0870d41fb7af78c59e4740f129d6cc49e061ffe1017ea9c56349690cefe";
    let verifier = Verifier::new("another").also_accept("3f1c0a9e-client-secret");
    assert_eq!(
        Verifier::new("3f1c0a9e-client-secret").sign_body(body),
        expected
    );
    let mut headers = HeaderMap::new();
    headers.insert(
        BODY_SIGNATURE_HEADER,
        HeaderValue::from_str(expected).unwrap(),
    );
    verifier
        .verify_body(body, headers.get(BODY_SIGNATURE_HEADER))
        .unwrap();
    verifier
        .verify_body(body, Some(expected.to_uppercase()))
        .unwrap();
    let none: Option<&str> = None;
    for (signature, error) in [
        (none, "MissingSignature"),
        (Some("sha256=00"), "MalformedSignature"),
        (Some(&expected[1..]), "MalformedSignature"),
    ] {
        let outcome = verifier.verify_body(body, signature);
        let found = outcome.unwrap_err();
        assert_eq!(format!("{found:?}"), error);
        assert!(found.to_string().contains("X-Body-Signature"), "{found}");
    }
    let other = verifier.verify_body(b"{}", Some(expected)).unwrap_err();
    assert!(matches!(other, WebhookError::WrongSignature));
    assert!(other.to_string().contains("X-Body-Signature"), "{other}");
    // Neither is taken for the other.
    assert!(verifier.verify(body, Some(expected)).is_err());
    assert!(
        verifier
            .verify_body(body, Some(verifier.sign(body)))
            .is_err()
    );
    assert!(matches!(
        Verifier::new("").verify_body(body, Some(expected)),
        Err(WebhookError::NoSecret)
    ));
}
