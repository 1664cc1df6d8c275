//! Which operators a field takes: what Intercom documents of the fields of contacts, conversations and tickets.
//!
//! A field that stands nowhere here takes every operator: nobody documents it, or its type is the user's own
//! (`custom_attributes.plan`, `ticket_attribute.7`), or its documented name is misspelt.

use super::query::Operator::{
    self, Contains, EndsWith, Equal, Greater, GreaterOrEqual, In, Less, LessOrEqual, NotContains,
    NotEqual, NotIn, StartsWith,
};

const TEXT: &[Operator] = &[
    Equal,
    NotEqual,
    In,
    NotIn,
    Contains,
    NotContains,
    StartsWith,
    EndsWith,
];
/// Numbers, and the times of conversations and tickets.
const NUMBER: &[Operator] = &[
    Equal,
    NotEqual,
    In,
    NotIn,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
];
const TRUTH: &[Operator] = &[Equal, NotEqual, In, NotIn];
/// The times of contacts, which are compared by calendar day.
const DAY: &[Operator] = &[Equal, Greater, Less];
const TAG: &[Operator] = &[Equal, NotEqual];

/// Fields of a resource that take the same operators.
struct Row {
    resource: &'static str,
    operators: &'static [Operator],
    fields: &'static [&'static str],
    /// The first and the last version of which it is true; all of them if there is none.
    since: Option<Version>,
    until: Option<Version>,
}

impl Row {
    const fn new(
        resource: &'static str,
        operators: &'static [Operator],
        fields: &'static [&'static str],
    ) -> Self {
        Self {
            resource,
            operators,
            fields,
            since: None,
            until: None,
        }
    }

    const fn since(mut self, version: Version) -> Self {
        self.since = Some(version);
        self
    }

    const fn until(mut self, version: Version) -> Self {
        self.until = Some(version);
        self
    }

    /// Whether it is true of a version; of one that is not known, only what is true of all.
    fn is_of(&self, version: Option<Version>) -> bool {
        match version {
            Some(version) => {
                self.since.is_none_or(|since| since <= version)
                    && self.until.is_none_or(|until| version <= until)
            }
            None => self.since.is_none() && self.until.is_none(),
        }
    }

    /// What is wrong with an operator; nothing if the fields take it.
    fn problem(&self, operator: Operator) -> Option<String> {
        let mut signs = String::new();
        for taken in self.operators {
            if *taken == operator {
                return None;
            }
            if !signs.is_empty() {
                signs.push_str(", ");
            }
            signs.push('`');
            signs.push_str(taken.wire());
            signs.push('`');
        }
        let (sign, resource) = (operator.wire(), self.resource);
        Some(format!(
            "`{sign}` is not taken here: of {resource} it is compared by {signs} only"
        ))
    }
}

const TABLE: &[Row] = &[
    Row::new("contacts", TEXT, CONTACT_TEXTS),
    Row::new("contacts", DAY, CONTACT_TIMES),
    Row::new("contacts", TRUTH, CONTACT_TRUTHS),
    Row::new("contacts", TAG, &["tag_id"]),
    Row::new("contacts", NUMBER, &["owner_id"]).until(Version(2, 15)),
    Row::new("contacts", TEXT, &["formatted_phone", "owner_id"]).since(Version(2, 16)),
    Row::new("conversations", TEXT, CONVERSATION_TEXTS),
    Row::new("conversations", NUMBER, CONVERSATION_TIMES),
    Row::new("conversations", NUMBER, CONVERSATION_NUMBERS),
    Row::new("conversations", TRUTH, CONVERSATION_TRUTHS),
    Row::new("tickets", TEXT, TICKET_TEXTS),
    Row::new("tickets", NUMBER, TICKET_TIMES),
    Row::new("tickets", TRUTH, &["open"]),
];

const CONTACT_TEXTS: &[&str] = &[
    "android_app_name",
    "android_app_version",
    "android_device",
    "avatar",
    "browser",
    "browser_language",
    "email",
    "email_domain",
    "external_id",
    "id",
    "ios_app_device",
    "ios_app_name",
    "ios_app_version",
    "ios_device",
    "ios_os_version",
    "ios_sdk_version",
    "language_override",
    "location.city",
    "location.country",
    "location.region",
    "name",
    "os",
    "phone",
    "role",
    "segment_id",
];
const CONTACT_TIMES: &[&str] = &[
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
const CONTACT_TRUTHS: &[&str] = &[
    "has_hard_bounced",
    "marked_email_as_spam",
    "unsubscribed_from_emails",
];

const CONVERSATION_TEXTS: &[&str] = &[
    "ai_agent.last_answer_type",
    "ai_agent.rating_remark",
    "ai_agent.resolution_state",
    "ai_agent.source_title",
    "ai_agent.source_type",
    "channel_initiated",
    "contact_ids",
    "conversation_rating.contact_id",
    "conversation_rating.remark",
    "id",
    "priority",
    "source.author.email",
    "source.author.id",
    "source.author.name",
    "source.author.type",
    "source.body",
    "source.delivered_as",
    "source.id",
    "source.subject",
    "source.type",
    "source.url",
    "state",
    "statistics.last_closed_by_id",
    "tag_ids",
    "teammate_ids",
];
const CONVERSATION_TIMES: &[&str] = &[
    "conversation_rating.replied_at",
    "conversation_rating.requested_at",
    "created_at",
    "snoozed_until",
    "statistics.first_admin_reply_at",
    "statistics.first_assignment_at",
    "statistics.first_close_at",
    "statistics.first_contact_reply_at",
    "statistics.last_admin_reply_at",
    "statistics.last_assignment_admin_reply_at",
    "statistics.last_assignment_at",
    "statistics.last_close_at",
    "statistics.last_contact_reply_at",
    "updated_at",
    "waiting_since",
];
const CONVERSATION_NUMBERS: &[&str] = &[
    "admin_assignee_id",
    "ai_agent.rating",
    "conversation_rating.score",
    "statistics.count_assignments",
    "statistics.count_conversation_parts",
    "statistics.count_reopens",
    "statistics.median_time_to_reply",
    "statistics.time_to_admin_reply",
    "statistics.time_to_assignment",
    "statistics.time_to_first_close",
    "statistics.time_to_last_close",
    "team_assignee_id",
];
const CONVERSATION_TRUTHS: &[&str] = &["ai_agent_participated", "open", "read"];

const TICKET_TEXTS: &[&str] = &[
    "admin_assignee_id",
    "category",
    "contact_ids",
    "description",
    "id",
    "state",
    "team_assignee_id",
    "teammate_ids",
    "ticket_type_id",
    "title",
];
const TICKET_TIMES: &[&str] = &["created_at", "snoozed_until", "updated_at"];

/// A version of the API: `2.14`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Version(u16, u16);

impl Version {
    fn parse(text: &str) -> Option<Self> {
        let (major, minor) = text.split_once('.')?;
        Some(Self(major.parse().ok()?, minor.parse().ok()?))
    }
}

/// A search of a version: what it searches for.
#[derive(Clone, Copy)]
pub(super) struct Place<'p> {
    pub(super) resource: &'p str,
    pub(super) version: &'p str,
}

/// What is wrong with an operator for a field of a resource; nothing where the field takes it, or nobody knows.
pub(super) fn problem(place: Place<'_>, field: &str, operator: Operator) -> Option<String> {
    let Place { resource, version } = place;
    let version = Version::parse(version);
    for row in TABLE {
        if row.resource == resource && row.fields.contains(&field) && row.is_of(version) {
            return row.problem(operator);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::{Operator, Place, TABLE, Version, problem};

    #[test]
    fn a_field_has_one_row_in_every_version() {
        for version in (7..=16).map(|minor| Version(2, minor)) {
            for row in TABLE.iter().filter(|row| row.is_of(Some(version))) {
                for field in row.fields {
                    let others = TABLE.iter().filter(|other| {
                        other.resource == row.resource
                            && other.fields.contains(field)
                            && other.is_of(Some(version))
                    });
                    assert_eq!(others.count(), 1, "{field} of {}", row.resource);
                }
            }
        }
    }

    #[test]
    fn the_owner_of_a_contact_is_a_number_until_2_15_and_text_later() {
        let takes = |version, operator| {
            let resource = "contacts";
            problem(Place { resource, version }, "owner_id", operator).is_none()
        };
        for (version, is_number) in [("2.7", true), ("2.15", true), ("2.16", false)] {
            assert_eq!(takes(version, Operator::Greater), is_number, "{version}");
            assert_eq!(takes(version, Operator::Contains), !is_number, "{version}");
            assert!(takes(version, Operator::Equal), "{version}");
        }
        // Of a version that is not known, nothing is refused that some version takes.
        assert!(takes("Unstable", Operator::Greater));
        assert!(takes("Unstable", Operator::Contains));
    }
}
