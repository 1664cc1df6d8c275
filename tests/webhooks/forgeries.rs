//! Bodies and headers that are not what was signed: none is accepted, and none does harm.

use intercom_client::webhooks::{Notification, WebhookError};

use crate::{SECRET, text, verifier};

const BODY: &[u8] = br#"{
    "type": "notification_event", "id": "notif_5c1f", "topic": "contact.user.created",
    "created_at": 1747222800, "data": { "item": { "type": "contact", "id": "66f2a9", "email": "ada@example.com" } }
}"#;

fn verify(body: &[u8], header: impl AsRef<[u8]>) -> Result<Notification, WebhookError> {
    verifier().verify(body, Some(header))
}

#[test]
fn no_byte_of_the_body_may_change() {
    let signature = verifier().sign(BODY);
    assert!(verify(BODY, &signature).is_ok());
    for place in 0..BODY.len() {
        for bit in 0..8 {
            let mut body = BODY.to_vec();
            body[place] ^= 1 << bit;
            let error = verify(&body, &signature).unwrap_err();
            assert!(matches!(error, WebhookError::WrongSignature), "{place}");
        }
        let (before, after) = BODY.split_at(place);
        for body in [before, after, &[before, b" ", after].concat()] {
            let as_it_was = body == BODY;
            assert_eq!(verify(body, &signature).is_ok(), as_it_was, "{place}");
        }
    }
    assert!(verify(&[BODY, b"\n"].concat(), &signature).is_err());
    assert!(verify(&BODY.repeat(2), &signature).is_err());
}

#[test]
fn no_character_of_the_header_may_change() {
    let signature = verifier().sign(BODY).into_bytes();
    for place in 0..signature.len() {
        for byte in 0..=255 {
            let mut header = signature.clone();
            header[place] = byte;
            // The digits count, and not how they are written.
            let is_digit = place >= "sha1=".len();
            let same = byte == signature[place]
                || is_digit && byte.to_ascii_lowercase() == signature[place];
            match verify(BODY, &header) {
                Ok(_) => assert!(same, "{place} as {byte}"),
                Err(error) => {
                    let expected = if is_digit && byte.is_ascii_hexdigit() {
                        matches!(error, WebhookError::WrongSignature)
                    } else {
                        matches!(error, WebhookError::MalformedSignature)
                    };
                    assert!(expected && !same, "{place} as {byte}: {error}");
                }
            }
        }
    }
}

#[test]
fn a_header_of_another_form_is_malformed() {
    let signature = verifier().sign(BODY);
    let digits = &signature["sha1=".len()..];
    let cut = (0..signature.len()).map(|end| signature[..end].to_owned());
    let begun = (1..signature.len()).map(|start| signature[start..].to_owned());
    let others = [
        format!("{signature}0"),
        format!("{signature}00"),
        format!("{signature} "),
        format!(" {signature}"),
        format!("{signature}\0"),
        format!("{signature}{signature}"),
        format!("{signature},{signature}"),
        format!("{signature}, {signature}"),
        format!("sha1={signature}"),
        format!("sha1=0x{}", &digits[2..]),
        format!("SHA1={digits}"),
        format!("sha1:{digits}"),
        format!("sha256={digits}"),
        format!("sha256={digits}{}", "0".repeat(24)),
        format!("sha1=-{}", &digits[1..]),
        format!("sha1={}é", &digits[2..]),
        format!("sha1=٣{}", &digits[2..]),
        "ſha1=".to_owned() + digits,
        "sha1=".to_owned() + &"🚀".repeat(10),
        "0".repeat(1 << 20),
    ];
    for header in cut.chain(begun).chain(others) {
        let error = verify(BODY, &header).unwrap_err();
        assert!(
            matches!(error, WebhookError::MalformedSignature),
            "{header}"
        );
    }
    for header in [&b"\xff\xfe"[..], &[0; 45], &[0xff; 45], b"sha1=\xff"] {
        let error = verify(BODY, header).unwrap_err();
        assert!(
            matches!(error, WebhookError::MalformedSignature),
            "{header:?}"
        );
    }
}

#[test]
fn what_is_refused_is_not_shown() {
    let other = intercom_client::webhooks::Verifier::new("another secret");
    let error = verify(BODY, other.sign(BODY)).unwrap_err();
    let shown = text(&error);
    for secret in [
        SECRET,
        "ada",
        "66f2a9",
        "notif_",
        &verifier().sign(BODY)[5..],
    ] {
        assert!(!shown.contains(secret), "{shown}");
    }
}

/// Bytes of all kinds, and texts that resemble what is right.
fn random(random: &mut fastrand::Rng) -> Vec<u8> {
    let length = random.usize(..80);
    let mut bytes: Vec<u8> = match random.u8(..5) {
        0 => (0..length).map(|_| random.u8(..)).collect(),
        1 => (0..40).map(|_| random.digit(16) as u8).collect(),
        2 => format!("sha1={:040x}", random.u128(..)).into_bytes(),
        3 => {
            let pieces = [
                "{", "}", "[", "]", "\"", ":", ",", "topic", "data", "item", "null", "1e999",
                "\\u", "-",
            ];
            let mut text = String::from("{\"topic\":");
            (0..length).for_each(|_| text += random.choice(pieces).unwrap_or_default());
            text.into_bytes()
        }
        _ => BODY.to_vec(),
    };
    for _ in 0..random.usize(..4) {
        if !bytes.is_empty() {
            let place = random.usize(..bytes.len());
            bytes[place] = random.u8(..);
        }
    }
    if random.u8(..4) == 0 {
        bytes.truncate(random.usize(..=bytes.len()));
    }
    bytes
}

#[test]
fn no_random_input_is_accepted_or_does_harm() {
    let mut rng = fastrand::Rng::with_seed(0x1A7E_2C03);
    let verifier = verifier();
    let (mut wrong, mut read) = (0, 0);
    for number in 0..100_000 {
        let (body, header) = (random(&mut rng), random(&mut rng));
        match verifier.verify(&body, Some(&header)).unwrap_err() {
            WebhookError::WrongSignature => wrong += 1,
            WebhookError::MalformedSignature => {}
            error => panic!("{number}: {error}"),
        }
        // With the right signature the same bytes get further.
        let signature = verifier.sign(&body);
        match verifier.verify(&body, Some(signature)) {
            Ok(notification) => {
                read += 1;
                let _ = notification.item::<serde_json::Value>();
                let _ = format!("{notification:?}");
            }
            Err(WebhookError::InvalidNotification(error)) => drop(error.to_string()),
            Err(error) => panic!("{number}: {error}"),
        }
    }
    // Without this the inputs might be too far from what is right to try anything.
    assert!(wrong > 1_000, "{wrong} of the headers were well-formed");
    assert!(read > 1_000, "{read} of the bodies were notifications");
}
