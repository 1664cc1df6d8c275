//! The operators that a field takes, if Intercom documents fewer than all.

use super::query::Operator;

/// The fields of contacts that hold a date. The API compares them by calendar day.
const CONTACT_DATES: [&str; 10] = [
    "android_last_seen_at",
    "created_at",
    "ios_last_seen_at",
    "last_contacted_at",
    "last_email_clicked_at",
    "last_email_opened_at",
    "last_replied_at",
    "last_seen_at",
    "signed_up_at",
    "updated_at",
];

const DATE: &[Operator] = &[Operator::Equal, Operator::Greater, Operator::Less];
const TAG: &[Operator] = &[Operator::Equal, Operator::NotEqual];

/// Returns why a field of a resource does not take an operator; nothing, if it does or that is not known.
pub(super) fn problem(resource: &str, field: &str, operator: Operator) -> Option<String> {
    let taken = match (resource, field) {
        ("contacts", field) if CONTACT_DATES.contains(&field) => DATE,
        ("contacts", "tag_id") => TAG,
        _ => return None,
    };
    if taken.contains(&operator) {
        return None;
    }
    let signs: Vec<String> = taken
        .iter()
        .map(|operator| format!("`{}`", operator.wire()))
        .collect();
    let sign = operator.wire();
    Some(format!(
        "`{sign}` is not taken here: of {resource} it is compared by {} only",
        signs.join(", ")
    ))
}
