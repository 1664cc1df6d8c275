use super::{response::Response, rule};

/// Method, path and tags; what the rule makes of them.
const TABLE: &[(&str, &[&str], &str, &[&str])] = &[
    // Reading and writing things.
    ("GET /contacts", &["Contacts"], "contacts.list", &[]),
    ("POST /contacts", &["Contacts"], "contacts.create", &[]),
    (
        "GET /contacts/{id}",
        &["Contacts"],
        "contacts.get",
        &["contact_id"],
    ),
    (
        "PUT /contacts/{contact_id}",
        &["Contacts"],
        "contacts.update",
        &["contact_id"],
    ),
    (
        "PATCH /data_connectors/{id}",
        &["Data Connectors"],
        "data_connectors.update",
        &["data_connector_id"],
    ),
    ("DELETE /tags/{id}", &["Tags"], "tags.delete", &["tag_id"]),
    (
        "GET /ip_allowlist",
        &["IP Allowlist"],
        "ip_allowlist.get",
        &[],
    ),
    (
        "PUT /ip_allowlist",
        &["IP Allowlist"],
        "ip_allowlist.update",
        &[],
    ),
    ("GET /brands/{id}", &["Brands"], "brands.get", &["brand_id"]),
    (
        "GET /news/news_items/{id}",
        &["News"],
        "news.get_item",
        &["item_id"],
    ),
    // What hangs below a thing; the tag that names the path's first segment wins.
    (
        "GET /companies/{company_id}/notes",
        &["Notes", "Companies"],
        "companies.list_notes",
        &["company_id"],
    ),
    (
        "POST /companies/{company_id}/notes",
        &["Notes", "Companies"],
        "companies.create_note",
        &["company_id"],
    ),
    (
        "GET /conversations/{id}/handling_events",
        &["Conversations"],
        "conversations.list_handling_events",
        &["conversation_id"],
    ),
    (
        "GET /articles/{article_id}/versions/{id}",
        &["Articles"],
        "articles.get_version",
        &["article_id", "version_id"],
    ),
    (
        "GET /articles/{id}/draft",
        &["Articles"],
        "articles.get_draft",
        &["article_id"],
    ),
    (
        "PUT /articles/{id}/draft",
        &["Articles"],
        "articles.update_draft",
        &["article_id"],
    ),
    (
        "POST /contacts/{contact_id}/tags",
        &["Tags", "Contacts"],
        "contacts.attach_tag",
        &["contact_id"],
    ),
    (
        "DELETE /contacts/{contact_id}/tags/{id}",
        &["Tags", "Contacts"],
        "contacts.detach_tag",
        &["contact_id", "tag_id"],
    ),
    // Resources whose name is spread over the path.
    (
        "PUT /ticket_types/{ticket_type_id}/attributes/{id}",
        &["Ticket Type Attributes"],
        "ticket_type_attributes.update",
        &["ticket_type_id", "attribute_id"],
    ),
    (
        "GET /conversations/attributes",
        &["Conversations Attributes"],
        "conversation_attributes.list",
        &[],
    ),
    ("POST /fin/reply", &["Fin Agent"], "fin_agent.reply", &[]),
    (
        "GET /ai/external_pages",
        &["AI Content"],
        "ai_content.list_external_pages",
        &[],
    ),
    // Actions.
    ("POST /contacts/merge", &["Contacts"], "contacts.merge", &[]),
    (
        "POST /contacts/{id}/archive",
        &["Contacts"],
        "contacts.archive",
        &["contact_id"],
    ),
    (
        "POST /articles/{id}/draft/publish",
        &["Articles"],
        "articles.publish_draft",
        &["article_id"],
    ),
    (
        "POST /contacts/{id}/banners/{view_id}/dismiss",
        &["Banners", "Contacts"],
        "contacts.dismiss_banner",
        &["contact_id", "view_id"],
    ),
    (
        "POST /conversations/{id}/run_assignment_rules",
        &["Conversations"],
        "conversations.run_assignment_rules",
        &["conversation_id"],
    ),
    (
        "POST /custom_channel_events/notify_new_message",
        &["Custom Channel Events"],
        "custom_channel_events.notify_new_message",
        &[],
    ),
    (
        "POST /fin_voice/register",
        &["Calls"],
        "calls.register_fin_voice",
        &[],
    ),
    (
        "GET /fin_voice/collect/{id}",
        &["Calls"],
        "calls.collect_fin_voice",
        &["fin_voice_id"],
    ),
    (
        "GET /export/workflows/{id}",
        &["Workflows"],
        "workflows.export",
        &["workflow_id"],
    ),
    (
        "GET /companies/scroll",
        &["Companies"],
        "companies.scroll",
        &[],
    ),
    ("GET /me", &["Admins"], "admins.me", &[]),
    (
        "POST /admins/activity_logs/search",
        &["Admins"],
        "admins.search_activity_logs",
        &[],
    ),
    (
        "GET /messages/whatsapp/status",
        &["Messages"],
        "messages.get_whatsapp_status",
        &[],
    ),
    (
        "POST /tickets/{ticket_id}/linked_conversations",
        &["Tickets"],
        "tickets.link_conversation",
        &["ticket_id"],
    ),
    (
        "DELETE /tickets/{ticket_id}/linked_conversations/{id}",
        &["Tickets"],
        "tickets.unlink_conversation",
        &["ticket_id", "linked_conversation_id"],
    ),
    (
        "POST /tickets/{id}/linked_conversations/{conversation_id}/resolve",
        &["Tickets"],
        "tickets.resolve_linked_conversation",
        &["ticket_id", "conversation_id"],
    ),
    // What the resource says already is not said again.
    (
        "POST /office_hours_schedules",
        &["Office Hours"],
        "office_hours.create_schedule",
        &[],
    ),
    (
        "PUT /office_hours_schedules/{schedule_id}/office_hours_exceptions/{id}",
        &["Office Hours"],
        "office_hours.update_schedule_exception",
        &["schedule_id", "exception_id"],
    ),
    (
        "GET /tickets/{id}/ticket_notes",
        &["Tickets"],
        "tickets.list_notes",
        &["ticket_id"],
    ),
    ("POST /events", &["Data Events"], "data_events.create", &[]),
    (
        "PUT /articles/{id}/archive",
        &["Articles"],
        "articles.archive",
        &["article_id"],
    ),
    (
        "POST /articles/{article_id}/versions/{id}/restore",
        &["Articles"],
        "articles.restore_version",
        &["article_id", "version_id"],
    ),
    (
        "PUT /articles/{id}/draft/close",
        &["Articles"],
        "articles.close_draft",
        &["article_id"],
    ),
    // By what a thing is found.
    (
        "GET /contacts/find_by_external_id/{external_id}",
        &["Contacts"],
        "contacts.find_by_external_id",
        &["external_id"],
    ),
    (
        "GET /fin_voice/external_id/{external_id}",
        &["Calls"],
        "calls.get_fin_voice_by_external_id",
        &["external_id"],
    ),
    (
        "GET /fin_voice/conversation/{conversation_id}",
        &["Calls"],
        "calls.get_fin_voice_by_conversation_id",
        &["conversation_id"],
    ),
    (
        "GET /fin_voice/phone_number/{phone_number}",
        &["Calls"],
        "calls.get_fin_voice_by_phone_number",
        &["phone_number"],
    ),
    // Odd ones.
    ("GET /", &[], "root.get", &[]),
    ("POST /2fa/{type}", &["2FA"], "x2fa.create", &["type_"]),
    ("POST /reports/move", &["Reports"], "reports.move_", &[]),
    (
        "GET /files/{name}.{format}",
        &["Files"],
        "files.get",
        &["name", "format"],
    ),
];

#[test]
fn the_rule_gives_these_names() {
    for (operation, tags, expected, setters) in TABLE {
        let (method, path) = operation.split_once(' ').unwrap();
        let name = &rule::for_path(method, path, tags, Response::Unknown)[0];
        assert_eq!(
            format!("{}.{}", name.resource, name.verb),
            *expected,
            "{operation}"
        );
        assert_eq!(name.path, *setters, "{operation}");
    }
}

#[test]
fn an_operation_has_more_names_for_when_the_first_is_taken() {
    let verbs = |operation: &str| -> Vec<String> {
        let (method, path) = operation.split_once(' ').unwrap();
        rule::for_path(method, path, &["Contacts"], Response::Unknown)
            .into_iter()
            .map(|name| name.verb)
            .collect()
    };
    assert_eq!(
        verbs("POST /contacts/bulk"),
        ["bulk", "create_bulk", "create_bulk", "post_contacts_bulk"]
    );
    assert_eq!(
        verbs("GET /contacts/bulk/{id}"),
        [
            "bulk",
            "get_bulk",
            "get_bulk_by_id",
            "get_contacts_bulk_by_id"
        ]
    );
}

#[test]
fn what_is_read_is_named_by_its_response() {
    let verb = |path: &str, response| {
        let name = rule::for_path("GET", path, &["Teams"], response).swap_remove(0);
        name.verb
    };
    for (path, response, expected) in [
        ("/teams/{id}/metrics", Response::One, "get_metrics"),
        ("/teams/{id}/metrics", Response::List, "get_metrics"),
        ("/teams/{id}/metrics", Response::Pages, "list_metrics"),
        ("/teams/status", Response::One, "get_status"),
        ("/teams/status", Response::Pages, "list_statuses"),
        ("/teams/deleted", Response::List, "list_deleted"),
        (
            "/teams/{id}/merge_history",
            Response::One,
            "get_merge_history",
        ),
        (
            "/teams/{id}/merge_history",
            Response::Pages,
            "list_merge_history",
        ),
        ("/teams/{id}/exports", Response::List, "list_exports"),
        ("/teams/{id}/export", Response::One, "get_export"),
        ("/teams/{id}/export", Response::File, "download_export"),
        ("/teams/{id}/settings", Response::One, "get_settings"),
        ("/teams/get_datasets", Response::List, "list_datasets"),
        ("/teams", Response::List, "list"),
    ] {
        assert_eq!(verb(path, response), expected, "{path} {response:?}");
    }
}
