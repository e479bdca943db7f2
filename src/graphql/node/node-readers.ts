import type { NodeKind } from '../../domain/failure.js';
import { seesUser } from '../../domain/users/user-reader.js';
import { deputyById } from '../approvals/loaders.js';
import { readableAttachment } from '../attachments/loaders.js';
import { readableEntry } from '../audit/loaders.js';
import { sessionById } from '../auth/session.resolver.js';
import { clientById, secretById } from '../clients/loaders.js';
import { closingById, closureById } from '../closures/loaders.js';
import { readableComment } from '../comments/loaders.js';
import type { GraphQLContext } from '../context.js';
import { readableDelegate } from '../delegates/loaders.js';
import { feedById } from '../feeds/loaders.js';
import { logFileById } from '../logs/loaders.js';
import { mailById } from '../mail/loaders.js';
import { notificationById } from '../notifications/loaders.js';
import { operationById } from '../operations/loaders.js';
import { readableParticipant } from '../participants/loaders.js';
import { passkeyById } from '../passkeys/loaders.js';
import { groupById, trainingById } from '../people/loaders.js';
import { reservationById } from '../reservations/loaders.js';
import { placeById, resourceById, resourceTypeById } from '../resources/loaders.js';
import { ruleById } from '../rules/loaders.js';
import { seriesById } from '../series/loaders.js';
import { actById } from '../undo/loaders.js';
import { userById } from '../users/user.loader.js';
import { ownWaitById } from '../waitlist/loaders.js';
import { deliveryById, webhookById } from '../webhooks/loaders.js';

type NodeReader = (ctx: GraphQLContext, id: string) => Promise<object | null>;

/** How each kind of node is read for the viewer: null for what is not there and for what is not theirs to see. */
export const nodeReaders: Readonly<Record<NodeKind, NodeReader>> = {
  User: async (ctx, id) => (seesUser(ctx.viewer, id) ? userById(ctx).load(id) : null),
  Place: (ctx, id) => placeById(ctx).load(id),
  ResourceType: (ctx, id) => resourceTypeById(ctx).load(id),
  Resource: (ctx, id) => resourceById(ctx).load(id),
  Reservation: (ctx, id) => reservationById(ctx).load(id),
  Rule: async (ctx, id) => {
    const rule = await ruleById(ctx).load(id);
    return rule && { ...rule, node: 'Rule' };
  },
  Closure: (ctx, id) => closureById(ctx).load(id),
  Closing: (ctx, id) => closingById(ctx).load(id),
  Group: (ctx, id) => groupById(ctx).load(id),
  Training: (ctx, id) => trainingById(ctx).load(id),
  Deputy: async (ctx, id) => {
    const deputy = await deputyById(ctx).load(id);
    return deputy && [deputy.userId, deputy.deputyId].includes(ctx.viewer?.userId ?? '') ? deputy : null;
  },
  Delegate: (ctx, id) => readableDelegate(ctx).load(id),
  Notification: (ctx, id) => notificationById(ctx).load(id),
  Series: (ctx, id) => seriesById(ctx).load(id),
  Feed: (ctx, id) => feedById(ctx).load(id),
  Webhook: (ctx, id) => webhookById(ctx).load(id),
  Passkey: (ctx, id) => passkeyById(ctx).load(id),
  Mail: (ctx, id) => mailById(ctx).load(id),
  WebhookDelivery: (ctx, id) => deliveryById(ctx).load(id),
  Session: (ctx, id) => sessionById(ctx).load(id),
  AuditEntry: readableEntry,
  LogFile: (ctx, id) => logFileById(ctx).load(id),
  Act: (ctx, id) => actById(ctx).load(id),
  Wait: (ctx, id) => ownWaitById(ctx).load(id),
  Participant: readableParticipant,
  Attachment: readableAttachment,
  Comment: readableComment,
  ApiClient: (ctx, id) => clientById(ctx).load(id),
  ApiSecret: (ctx, id) => secretById(ctx).load(id),
  PersistedOperation: (ctx, id) => operationById(ctx).load(id),
};
