import {
  ApprovalResolver,
  ApprovalStepResolver,
  ReservationApprovalResolver,
} from './approvals/approval.resolver.js';
import { ApprovalWordResolver, ApprovalWordsResolver } from './approvals/approval-words.resolver.js';
import { DeputyResolver } from './approvals/deputy.resolver.js';
import { AttachmentResolver, ReservationAttachmentsResolver } from './attachments/attachment.resolver.js';
import { ReservationAsOfResolver, ResourceAsOfResolver } from './audit/as-of.resolver.js';
import { AuditResolver } from './audit/audit.resolver.js';
import { AuditChainResolver } from './audit/chain.resolver.js';
import { ReservationHistoryResolver } from './audit/history.resolver.js';
import { AuthResolver } from './auth/auth.resolver.js';
import { SessionResolver, UserSessionsResolver } from './auth/session.resolver.js';
import { AvailabilityResolver, BusySpanResolver } from './availability/availability.resolver.js';
import {
  AvailabilityChangeResolver,
  AvailabilitySnapshotResolver,
  AvailabilitySubscription,
} from './availability/availability-event.resolver.js';
import { ColourResolver, SpanCauseResolver } from './availability/colour.resolver.js';
import { FreeResourcesResolver } from './availability/free-resources.resolver.js';
import { ApiClientResolver, ApiSecretResolver, UserClientResolver } from './clients/client.resolver.js';
import { ApiClientMutations } from './clients/client-mutations.resolver.js';
import { ClosedSpanResolver, ResourceClosuresResolver } from './closures/closed-spans.resolver.js';
import {
  ClosingResolver,
  ClosingUndoOutcomeResolver,
  ClosingUndoSuccessResolver,
} from './closures/closing.resolver.js';
import { ClosureResolver } from './closures/closure.resolver.js';
import { ClosureMutations } from './closures/closure-mutations.resolver.js';
import { MetReservationsResolver } from './closures/closure-results.resolver.js';
import { CommentResolver, ReservationCommentsResolver } from './comments/comment.resolver.js';
import { DelegateResolver } from './delegates/delegate.resolver.js';
import { DirectoryResolver, DirectorySyncChangeResolver } from './directory/directory.resolver.js';
import { FactorMutations } from './factors/factor-mutations.resolver.js';
import { FactorsResolver, UserFactorsResolver } from './factors/factors.resolver.js';
import { FeedResolver } from './feeds/feed.resolver.js';
import { FeedMutations } from './feeds/feed-mutations.resolver.js';
import { ImportMutations } from './feeds/import-mutations.resolver.js';
import { IdentityMutations, UserIdentitiesResolver } from './identities/identities.resolver.js';
import { LogFileResolver } from './logs/log-file.resolver.js';
import { MailResolver } from './mail/mail.resolver.js';
import { NodeResolver, VersionConflictResolver } from './node/node.resolver.js';
import { NotificationResolver } from './notifications/notification.resolver.js';
import { NotificationSubscription } from './notifications/notification.subscription.js';
import { PreferenceResolver } from './notifications/preference.resolver.js';
import { SettingsResolver } from './notifications/settings.resolver.js';
import { ClientUseResolver, PersistedOperationResolver } from './operations/operation.resolver.js';
import { PersistedOperationMutations } from './operations/operation-mutations.resolver.js';
import { SchemaUsageResolver } from './operations/schema-usage.resolver.js';
import { ParticipantResolver, ReservationParticipantsResolver } from './participants/participant.resolver.js';
import { FactorPasskeysResolver, PasskeyMutations, PasskeyResolver } from './passkeys/passkeys.resolver.js';
import {
  GrantedTrainingResolver,
  GroupResolver,
  TrainingResolver,
  UserCirclesResolver,
} from './people/people.resolver.js';
import { GroupMutations, TrainingMutations } from './people/people-mutations.resolver.js';
import { AttendanceResolver } from './presence/attendance.resolver.js';
import { DoorLinkResolver, ResourceLinkResolver } from './presence/door-link.resolver.js';
import {
  ReservationCheckInResolver,
  ReservationPresenceResolver,
} from './presence/reservation-presence.resolver.js';
import { PrivacyResolver } from './privacy/privacy.resolver.js';
import { ConflictResolver, ReasonResolver } from './reservations/refusal.resolver.js';
import { ReservationResolver, ReservedResourceResolver } from './reservations/reservation.resolver.js';
import { ReservationMutations } from './reservations/reservation-mutations.resolver.js';
import { ResourceAddOnResolver, ResourcePartsResolver } from './resources/parts.resolver.js';
import { PlaceResolver } from './resources/place.resolver.js';
import { PlaceMutations } from './resources/place-mutations.resolver.js';
import { ResourceResolver } from './resources/resource.resolver.js';
import { ResourceMutations } from './resources/resource-mutations.resolver.js';
import { ResourceTypeResolver } from './resources/resource-type.resolver.js';
import { RuleResolver } from './rules/rule.resolver.js';
import { RuleMutations } from './rules/rule-mutations.resolver.js';
import {
  AccessPeopleResolver,
  ApproversResolver,
  QuotaPeopleResolver,
  WaitPriorityResolver,
} from './rules/rule-people.resolver.js';
import { ResourceRulesResolver, RulesResolver } from './rules/rules.resolver.js';
import { BrokenReservationResolver, RulesPreviewResolver } from './rules/rules-preview.resolver.js';
import {
  AlternativeMutations,
  AlternativeResourceResolver,
  AlternativesResolver,
  FoundPickResolver,
  NextFreeResolver,
  SearchResolver,
} from './search/search.resolver.js';
import {
  ReservationSeriesResolver,
  SeriesResolver,
  SeriesResourceResolver,
} from './series/series.resolver.js';
import { SeriesMutations } from './series/series-mutations.resolver.js';
import { SeriesOccurrenceResolver, SubstituteResolver } from './series/series-report.resolver.js';
import {
  ActResolver,
  ImportUndoResolver,
  ReservationUndoResolver,
  SeriesUndoResolver,
} from './undo/act.resolver.js';
import { UserResolver } from './users/user.resolver.js';
import { UserMutations } from './users/user-mutations.resolver.js';
import { WaitedResourceResolver, WaitlistPlaceResolver, WaitResolver } from './waitlist/wait.resolver.js';
import { WaitlistMutations } from './waitlist/waitlist-mutations.resolver.js';
import { WebhookDeliveryResolver, WebhookResolver } from './webhooks/webhook.resolver.js';
import { WebhookMutations } from './webhooks/webhook-mutations.resolver.js';

/** Every resolver class of the schema; build-schema.ts is the only reader. */
export const resolvers = [
  AuthResolver,
  FactorMutations,
  FactorsResolver,
  UserFactorsResolver,
  PasskeyResolver,
  FactorPasskeysResolver,
  PasskeyMutations,
  UserIdentitiesResolver,
  IdentityMutations,
  SessionResolver,
  UserSessionsResolver,
  DirectoryResolver,
  DirectorySyncChangeResolver,
  UserResolver,
  UserMutations,
  ReservationResolver,
  ReservedResourceResolver,
  ReservationMutations,
  ReasonResolver,
  ConflictResolver,
  AvailabilityResolver,
  BusySpanResolver,
  ColourResolver,
  SpanCauseResolver,
  AvailabilitySubscription,
  AvailabilitySnapshotResolver,
  AvailabilityChangeResolver,
  FreeResourcesResolver,
  SearchResolver,
  FoundPickResolver,
  NextFreeResolver,
  AlternativesResolver,
  AlternativeResourceResolver,
  AlternativeMutations,
  PlaceResolver,
  PlaceMutations,
  ResourceTypeResolver,
  ResourceResolver,
  ResourceMutations,
  ResourcePartsResolver,
  ResourceAddOnResolver,
  RuleResolver,
  RulesResolver,
  ResourceRulesResolver,
  RuleMutations,
  RulesPreviewResolver,
  BrokenReservationResolver,
  ClosureResolver,
  ClosureMutations,
  ResourceClosuresResolver,
  ClosedSpanResolver,
  MetReservationsResolver,
  ApprovalResolver,
  ApprovalStepResolver,
  ApprovalWordsResolver,
  ApprovalWordResolver,
  ReservationApprovalResolver,
  DeputyResolver,
  DelegateResolver,
  ClosingResolver,
  ClosingUndoSuccessResolver,
  ClosingUndoOutcomeResolver,
  NotificationResolver,
  NotificationSubscription,
  PreferenceResolver,
  SettingsResolver,
  MailResolver,
  GroupResolver,
  GroupMutations,
  TrainingResolver,
  TrainingMutations,
  UserCirclesResolver,
  AccessPeopleResolver,
  QuotaPeopleResolver,
  WaitPriorityResolver,
  ApproversResolver,
  GrantedTrainingResolver,
  SeriesResolver,
  SeriesResourceResolver,
  ReservationSeriesResolver,
  SeriesMutations,
  SeriesOccurrenceResolver,
  SubstituteResolver,
  ParticipantResolver,
  ReservationParticipantsResolver,
  AttachmentResolver,
  ReservationAttachmentsResolver,
  CommentResolver,
  ReservationCommentsResolver,
  ActResolver,
  ReservationUndoResolver,
  SeriesUndoResolver,
  ImportUndoResolver,
  ReservationPresenceResolver,
  ReservationCheckInResolver,
  ResourceLinkResolver,
  DoorLinkResolver,
  AttendanceResolver,
  WaitResolver,
  WaitedResourceResolver,
  WaitlistPlaceResolver,
  WaitlistMutations,
  FeedResolver,
  FeedMutations,
  ImportMutations,
  WebhookResolver,
  WebhookDeliveryResolver,
  WebhookMutations,
  PrivacyResolver,
  AuditResolver,
  AuditChainResolver,
  LogFileResolver,
  ReservationHistoryResolver,
  ResourceAsOfResolver,
  ReservationAsOfResolver,
  ApiClientResolver,
  ApiSecretResolver,
  UserClientResolver,
  ApiClientMutations,
  ClientUseResolver,
  PersistedOperationResolver,
  PersistedOperationMutations,
  SchemaUsageResolver,
  NodeResolver,
  VersionConflictResolver,
] as const;
