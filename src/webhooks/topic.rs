//! What notifications are about.

crate::json::open_enum::open_enum! {
    /// What a notification is about. A topic that is not listed here is kept as [`Unknown`](Self::Unknown).
    ///
    /// A `match` on it needs a last arm for other topics, and Intercom does add topics at any
    /// time. [`Notification::item_type`](super::Notification::item_type) is the type of the item of a notification.
    ///
    /// ```
    /// use intercom_client::webhooks::Topic;
    ///
    /// assert_eq!(Topic::from("ticket.created"), Topic::TicketCreated);
    /// assert_eq!(Topic::TicketCreated.as_str(), "ticket.created");
    /// assert_eq!(Topic::from("pigeon.arrived").as_str(), "pigeon.arrived");
    /// ```
    pub enum Topic {
        /// `admin.added_to_workspace`: a teammate was added to the workspace.
        AdminAddedToWorkspace = "admin.added_to_workspace",
        /// `admin.away_mode_updated`: a teammate went away or came back.
        AdminAwayModeUpdated = "admin.away_mode_updated",
        /// `admin.activity_log_event.created`: an entry was written to the log of what teammates do.
        AdminActivityLogEventCreated = "admin.activity_log_event.created",
        /// `admin.removed_from_workspace`: a teammate was removed from the workspace.
        AdminRemovedFromWorkspace = "admin.removed_from_workspace",
        /// `admin.logged_in`: a teammate logged in.
        AdminLoggedIn = "admin.logged_in",
        /// `admin.logged_out`: a teammate logged out, or their session expired.
        AdminLoggedOut = "admin.logged_out",
        /// `api.request.completed`: the API responded to a request.
        ApiRequestCompleted = "api.request.completed",
        /// `article.created`: an article was written.
        ArticleCreated = "article.created",
        /// `article.updated`: an article was changed.
        ArticleUpdated = "article.updated",
        /// `article.published`: an article was published.
        ArticlePublished = "article.published",
        /// `article.unpublished`: an article was taken back to a draft.
        ArticleUnpublished = "article.unpublished",
        /// `article.deleted`: an article was deleted.
        ArticleDeleted = "article.deleted",
        /// `audience.created`: an audience was created.
        AudienceCreated = "audience.created",
        /// `audience.updated`: an audience was changed.
        AudienceUpdated = "audience.updated",
        /// `audience.deleted`: an audience was deleted.
        AudienceDeleted = "audience.deleted",
        /// `audience.member_added`: a piece of content was added to an audience.
        AudienceMemberAdded = "audience.member_added",
        /// `audience.member_removed`: a piece of content was removed from an audience.
        AudienceMemberRemoved = "audience.member_removed",
        /// `call.started`: a phone call began.
        CallStarted = "call.started",
        /// `call.ended`: a phone call that somebody took ended.
        CallEnded = "call.ended",
        /// `call.transcription_available`: the transcript of a call is ready.
        CallTranscriptionAvailable = "call.transcription_available",
        /// `call.recording_available`: the recording of a call is ready.
        CallRecordingAvailable = "call.recording_available",
        /// `company.created`: a company was created.
        CompanyCreated = "company.created",
        /// `company.deleted`: a company was deleted.
        CompanyDeleted = "company.deleted",
        /// `company.updated`: a company was changed.
        CompanyUpdated = "company.updated",
        /// `company.contact.attached`: a contact joined a company; the item has both.
        CompanyContactAttached = "company.contact.attached",
        /// `company.contact.detached`: a contact left a company; the item has both.
        CompanyContactDetached = "company.contact.detached",
        /// `contact.archived`: a contact was archived.
        ContactArchived = "contact.archived",
        /// `contact.deleted`: a contact was deleted; the item has little more than the id.
        ContactDeleted = "contact.deleted",
        /// `contact.email.updated`: the email address of a contact was changed.
        ContactEmailUpdated = "contact.email.updated",
        /// `contact.lead.added_email`: a lead got an email address.
        ContactLeadAddedEmail = "contact.lead.added_email",
        /// `contact.lead.created`: a lead was created.
        ContactLeadCreated = "contact.lead.created",
        /// `contact.lead.signed_up`: a lead became a user.
        ContactLeadSignedUp = "contact.lead.signed_up",
        /// `contact.lead.tag.created`: a lead was tagged; the item has the contact and the tag.
        ContactLeadTagCreated = "contact.lead.tag.created",
        /// `contact.lead.tag.deleted`: a tag was taken off a lead; the item has the contact and the tag.
        ContactLeadTagDeleted = "contact.lead.tag.deleted",
        /// `contact.lead.updated`: a lead was changed.
        ContactLeadUpdated = "contact.lead.updated",
        /// `contact.merged`: two contacts were merged; the item is the one that is left.
        ContactMerged = "contact.merged",
        /// `contact.subscribed`: a contact subscribed to emails; the item has the contact.
        ContactSubscribed = "contact.subscribed",
        /// `contact.unarchive`: a contact came back from the archive.
        ContactUnarchive = "contact.unarchive",
        /// `contact.unsubscribed`: a contact unsubscribed from emails; the item has the contact.
        ContactUnsubscribed = "contact.unsubscribed",
        /// `contact.user.created`: a user was created.
        ContactUserCreated = "contact.user.created",
        /// `contact.user.tag.created`: a user was tagged; the item has the contact and the tag.
        ContactUserTagCreated = "contact.user.tag.created",
        /// `contact.user.tag.deleted`: a tag was taken off a user; the item has the contact and the tag.
        ContactUserTagDeleted = "contact.user.tag.deleted",
        /// `contact.user.updated`: a user was changed.
        ContactUserUpdated = "contact.user.updated",
        /// `content_import_source.created`: a source of content for the AI was set up.
        ContentImportSourceCreated = "content_import_source.created",
        /// `content_import_source.updated`: a source of content for the AI was changed.
        ContentImportSourceUpdated = "content_import_source.updated",
        /// `content_import_source.deleted`: a source of content for the AI was deleted.
        ContentImportSourceDeleted = "content_import_source.deleted",
        /// `content_snippet.created`: a content snippet was written.
        ContentSnippetCreated = "content_snippet.created",
        /// `content_snippet.updated`: a content snippet was changed.
        ContentSnippetUpdated = "content_snippet.updated",
        /// `content_snippet.deleted`: a content snippet was deleted.
        ContentSnippetDeleted = "content_snippet.deleted",
        /// `content_stat.banner`: something happened with a banner.
        ContentStatBanner = "content_stat.banner",
        /// `content_stat.carousel`: something happened with a mobile carousel.
        ContentStatCarousel = "content_stat.carousel",
        /// `content_stat.chat`: something happened with a chat message.
        ContentStatChat = "content_stat.chat",
        /// `content_stat.checklist`: something happened with a checklist.
        ContentStatChecklist = "content_stat.checklist",
        /// `content_stat.custom_bot`: something happened with a custom bot.
        ContentStatCustomBot = "content_stat.custom_bot",
        /// `content_stat.email`: something happened with an email.
        ContentStatEmail = "content_stat.email",
        /// `content_stat.news_item`: something happened with a news item.
        ContentStatNewsItem = "content_stat.news_item",
        /// `content_stat.post`: something happened with a post.
        ContentStatPost = "content_stat.post",
        /// `content_stat.push`: something happened with a push message.
        ContentStatPush = "content_stat.push",
        /// `content_stat.series`: something happened with a series.
        ContentStatSeries = "content_stat.series",
        /// `content_stat.series.webhook`: something happened with a webhook in a series.
        ContentStatSeriesWebhook = "content_stat.series.webhook",
        /// `content_stat.sms`: something happened with a text message.
        ContentStatSms = "content_stat.sms",
        /// `content_stat.survey`: something happened with a survey.
        ContentStatSurvey = "content_stat.survey",
        /// `content_stat.tooltip_group`: something happened with a group of tooltips.
        ContentStatTooltipGroup = "content_stat.tooltip_group",
        /// `content_stat.tour`: something happened with a product tour.
        ContentStatTour = "content_stat.tour",
        /// `conversation.admin.assigned`: a conversation was assigned.
        ConversationAdminAssigned = "conversation.admin.assigned",
        /// `conversation.admin.closed`: a teammate closed a conversation.
        ConversationAdminClosed = "conversation.admin.closed",
        /// `conversation.admin.noted`: a teammate left a note in a conversation.
        ConversationAdminNoted = "conversation.admin.noted",
        /// `conversation.admin.open.assigned`: an open conversation was assigned.
        ConversationAdminOpenAssigned = "conversation.admin.open.assigned",
        /// `conversation.admin.opened`: a teammate opened a conversation again.
        ConversationAdminOpened = "conversation.admin.opened",
        /// `conversation.admin.replied`: a teammate replied to a conversation.
        ConversationAdminReplied = "conversation.admin.replied",
        /// `conversation.admin.replied.translated`: the reply of a teammate was translated.
        ConversationAdminRepliedTranslated = "conversation.admin.replied.translated",
        /// `conversation.admin.single.created`: a teammate began a conversation with one contact.
        ConversationAdminSingleCreated = "conversation.admin.single.created",
        /// `conversation.admin.snoozed`: a teammate snoozed a conversation.
        ConversationAdminSnoozed = "conversation.admin.snoozed",
        /// `conversation.admin.unsnoozed`: a snoozed conversation was woken.
        ConversationAdminUnsnoozed = "conversation.admin.unsnoozed",
        /// `conversation.company.updated`: a conversation was given another company.
        ConversationCompanyUpdated = "conversation.company.updated",
        /// `conversation.contact.attached`: a contact joined a conversation; the item has both.
        ConversationContactAttached = "conversation.contact.attached",
        /// `conversation.contact.detached`: a contact left a conversation; the item has both.
        ConversationContactDetached = "conversation.contact.detached",
        /// `conversation.deleted`: a conversation was deleted; the item has little more than the id.
        ConversationDeleted = "conversation.deleted",
        /// `conversation.operator.replied`: a bot replied to a conversation.
        ConversationOperatorReplied = "conversation.operator.replied",
        /// `conversation.priority.updated`: the priority of a conversation was changed.
        ConversationPriorityUpdated = "conversation.priority.updated",
        /// `conversation.rating.added`: a conversation was rated.
        ConversationRatingAdded = "conversation.rating.added",
        /// `conversation.read`: a contact read a conversation.
        ConversationRead = "conversation.read",
        /// `conversation.user.created`: a contact began a conversation.
        ConversationUserCreated = "conversation.user.created",
        /// `conversation.user.replied`: a contact replied to a conversation.
        ConversationUserReplied = "conversation.user.replied",
        /// `conversation_part.redacted`: a part of a conversation was redacted.
        ConversationPartRedacted = "conversation_part.redacted",
        /// `conversation_part.tag.created`: a part of a conversation was tagged.
        ConversationPartTagCreated = "conversation_part.tag.created",
        /// `data_connector.execution.completed`: a data connector ran.
        DataConnectorExecutionCompleted = "data_connector.execution.completed",
        /// `event.created`: an event of a contact was recorded.
        EventCreated = "event.created",
        /// `granular.subscribe`: a contact opted in to a subscription type.
        GranularSubscribe = "granular.subscribe",
        /// `granular.unsubscribe`: a contact opted out of a subscription type.
        GranularUnsubscribe = "granular.unsubscribe",
        /// `job.completed`: a job ended.
        JobCompleted = "job.completed",
        /// `ping`: Intercom tests whether notifications arrive.
        Ping = "ping",
        /// `procedure.hitl_notification.created`: a procedure of Fin waits for the answer of a human.
        ProcedureHitlNotificationCreated = "procedure.hitl_notification.created",
        /// `ticket.admin.assigned`: a ticket was assigned to a teammate.
        TicketAdminAssigned = "ticket.admin.assigned",
        /// `ticket.admin.replied`: a teammate replied to a ticket.
        TicketAdminReplied = "ticket.admin.replied",
        /// `ticket.admin.replied.translated`: the reply of a teammate to a ticket was translated.
        TicketAdminRepliedTranslated = "ticket.admin.replied.translated",
        /// `ticket.admin.snoozed`: a teammate snoozed a ticket.
        TicketAdminSnoozed = "ticket.admin.snoozed",
        /// `ticket.admin.unsnoozed`: a snoozed ticket was woken.
        TicketAdminUnsnoozed = "ticket.admin.unsnoozed",
        /// `ticket.attribute.updated`: an attribute of a ticket was changed.
        TicketAttributeUpdated = "ticket.attribute.updated",
        /// `ticket.closed`: a ticket's conversation was closed; from version 2.15 the item has the ticket in its field `ticket`.
        TicketClosed = "ticket.closed",
        /// `ticket.contact.attached`: a contact joined a ticket.
        TicketContactAttached = "ticket.contact.attached",
        /// `ticket.contact.detached`: a contact left a ticket.
        TicketContactDetached = "ticket.contact.detached",
        /// `ticket.contact.replied`: a contact replied to a ticket.
        TicketContactReplied = "ticket.contact.replied",
        /// `ticket.created`: a ticket was created.
        TicketCreated = "ticket.created",
        /// `ticket.note.created`: a teammate left a note on a ticket.
        TicketNoteCreated = "ticket.note.created",
        /// `ticket.rating.provided`: a ticket was rated.
        TicketRatingProvided = "ticket.rating.provided",
        /// `ticket.resolved`: a ticket was resolved.
        TicketResolved = "ticket.resolved",
        /// `ticket.state.updated`: a ticket went into another state.
        TicketStateUpdated = "ticket.state.updated",
        /// `ticket.team.assigned`: a ticket was assigned to a team.
        TicketTeamAssigned = "ticket.team.assigned",
        /// `visitor.signed_up`: a visitor became a user.
        VisitorSignedUp = "visitor.signed_up",
    }
}
