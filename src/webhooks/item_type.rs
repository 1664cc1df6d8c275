//! Which kind of object the notifications of a topic carry.

use super::topic::Topic;

impl Topic {
    /// The `type` that the item of such a notification has, as Intercom documents it or was seen to send it.
    ///
    /// It is a hint for the choice of the type to read the item as: `contact` is `types::Contact`, and
    /// so on. `None` where the item holds two objects side by side, and for a topic that is unknown.
    /// What a notification really carries is in [`Notification::item_type`](super::Notification::item_type).
    ///
    /// ```
    /// use intercom_client::webhooks::Topic;
    ///
    /// assert_eq!(Topic::ConversationUserReplied.item_type(), Some("conversation"));
    /// assert_eq!(Topic::ConversationContactAttached.item_type(), None);
    /// ```
    pub fn item_type(&self) -> Option<&'static str> {
        Some(match self {
            Self::AdminAddedToWorkspace
            | Self::AdminAwayModeUpdated
            | Self::AdminActivityLogEventCreated
            | Self::AdminRemovedFromWorkspace
            | Self::AdminLoggedIn
            | Self::AdminLoggedOut => "admin",
            Self::ApiRequestCompleted => "api_request",
            Self::ArticleCreated
            | Self::ArticleUpdated
            | Self::ArticlePublished
            | Self::ArticleUnpublished
            | Self::ArticleDeleted => "article",
            Self::AudienceCreated | Self::AudienceUpdated | Self::AudienceDeleted => "audience",
            Self::AudienceMemberAdded | Self::AudienceMemberRemoved => "audience_membership",
            Self::CallStarted
            | Self::CallEnded
            | Self::CallTranscriptionAvailable
            | Self::CallRecordingAvailable => "call",
            Self::CompanyCreated | Self::CompanyDeleted | Self::CompanyUpdated => "company",
            Self::ContactArchived
            | Self::ContactDeleted
            | Self::ContactEmailUpdated
            | Self::ContactLeadAddedEmail
            | Self::ContactLeadCreated
            | Self::ContactLeadSignedUp
            | Self::ContactLeadUpdated
            | Self::ContactMerged
            | Self::ContactUnarchive
            | Self::ContactUserCreated
            | Self::ContactUserUpdated => "contact",
            Self::ContactLeadTagCreated
            | Self::ContactLeadTagDeleted
            | Self::ContactUserTagCreated
            | Self::ContactUserTagDeleted => "contact_tag",
            Self::ContactSubscribed => "contact_subscribe",
            Self::ContactUnsubscribed => "contact_unsubscribe",
            Self::ContentImportSourceCreated
            | Self::ContentImportSourceUpdated
            | Self::ContentImportSourceDeleted => "content_import_source",
            Self::ContentSnippetCreated
            | Self::ContentSnippetUpdated
            | Self::ContentSnippetDeleted => "content_snippet",
            Self::ContentStatBanner => "content_stat.banner",
            Self::ContentStatCarousel => "content_stat.carousel",
            Self::ContentStatChat => "content_stat.chat",
            Self::ContentStatChecklist => "content_stat.checklist",
            Self::ContentStatCustomBot => "content_stat.custom_bot",
            Self::ContentStatEmail => "content_stat.email",
            Self::ContentStatNewsItem => "content_stat.news_item",
            Self::ContentStatPost => "content_stat.post",
            Self::ContentStatPush => "content_stat.push",
            Self::ContentStatSeries => "content_stat.series",
            Self::ContentStatSeriesWebhook => "content_stat.series.webhook",
            Self::ContentStatSms => "content_stat.sms",
            Self::ContentStatSurvey => "content_stat.survey",
            Self::ContentStatTooltipGroup => "content_stat.tooltip_group",
            Self::ContentStatTour => "content_stat.tour",
            Self::ConversationAdminAssigned
            | Self::ConversationAdminClosed
            | Self::ConversationAdminNoted
            | Self::ConversationAdminOpenAssigned
            | Self::ConversationAdminOpened
            | Self::ConversationAdminReplied
            | Self::ConversationAdminRepliedTranslated
            | Self::ConversationAdminSingleCreated
            | Self::ConversationAdminSnoozed
            | Self::ConversationAdminUnsnoozed
            | Self::ConversationCompanyUpdated
            | Self::ConversationDeleted
            | Self::ConversationOperatorReplied
            | Self::ConversationPriorityUpdated
            | Self::ConversationRatingAdded
            | Self::ConversationRead
            | Self::ConversationUserCreated
            | Self::ConversationUserReplied => "conversation",
            Self::ConversationPartRedacted | Self::ConversationPartTagCreated => {
                "conversation_part"
            }
            Self::DataConnectorExecutionCompleted => "data_connector.execution",
            Self::EventCreated => "event",
            Self::GranularSubscribe | Self::GranularUnsubscribe => "subscription",
            Self::JobCompleted => "job",
            Self::Ping => "ping",
            Self::ProcedureHitlNotificationCreated => "procedure.hitl_notification",
            Self::TicketAdminAssigned
            | Self::TicketAdminReplied
            | Self::TicketAdminRepliedTranslated
            | Self::TicketAdminSnoozed
            | Self::TicketAdminUnsnoozed
            | Self::TicketAttributeUpdated
            | Self::TicketClosed
            | Self::TicketContactAttached
            | Self::TicketContactDetached
            | Self::TicketContactReplied
            | Self::TicketCreated
            | Self::TicketNoteCreated
            | Self::TicketRatingProvided
            | Self::TicketResolved
            | Self::TicketStateUpdated
            | Self::TicketTeamAssigned => "ticket",
            Self::VisitorSignedUp => "visitor",
            Self::CompanyContactAttached
            | Self::CompanyContactDetached
            | Self::ConversationContactAttached
            | Self::ConversationContactDetached
            | Self::Unknown(_) => return None,
        })
    }
}
