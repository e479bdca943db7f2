import type { Queryable } from '../../sql/statement.js';
import { lockWebhook } from '../../sql/webhooks/read-webhooks.js';
import type { WebhookRow } from '../../sql/webhooks/webhook-row.js';
import {
  pauseWebhook as pause,
  removeWebhook as remove,
  resumeWebhook as resume,
  rotateSecret,
  updateWebhook as update,
  type WebhookFields,
} from '../../sql/webhooks/write-webhook.js';
import type { ViewerCtx } from '../act.js';
import { recordAudit } from '../audit/record.js';
import type { AuthViewerCtx } from '../auth/identity.js';
import { type InvalidInput, type NotFound, notFound, type VersionConflict } from '../failure.js';
import { difference } from '../resources/difference.js';
import { stale } from '../resources/stale.js';
import { type WebhookWithSecret, webhookNameTaken } from './create-webhook.js';
import { newSecret } from './secret.js';
import { checkWebhook, settleWebhook } from './webhook-policy.js';

/** How long the secret before signs along. */
const OVERLAP_MS = 86_400_000;

export interface ExistingWebhook {
  readonly id: string;
  readonly expectedVersion?: number | null | undefined;
}

/** What is left out stays. */
export type UpdateWebhook = ExistingWebhook & Partial<WebhookFields>;

const fieldsOf = ({ name, url, events, resourceId, typeId, placeId }: WebhookRow): WebhookFields => ({
  name,
  url,
  events,
  resourceId,
  typeId,
  placeId,
});

/** Runs the change on the webhook at the version that the caller expects, in one transaction. */
const changing = <Result>(
  ctx: ViewerCtx,
  { id, expectedVersion }: ExistingWebhook,
  change: (tx: Queryable, before: WebhookRow) => Promise<Result>,
): Promise<Result | NotFound | VersionConflict> =>
  ctx.db.transaction(async (tx) => {
    const before = await lockWebhook(tx, id);
    if (!before) return notFound(['id'], 'webhook');
    return stale('Webhook', before, expectedVersion) ?? change(tx, before);
  });

/** Describes a webhook anew; what waits to be sent goes to the new address. For managers and administrators. */
export async function updateWebhook(
  ctx: ViewerCtx,
  input: UpdateWebhook,
): Promise<WebhookRow | InvalidInput | NotFound | VersionConflict> {
  const { id, expectedVersion: _expected, ...wanted } = input;
  try {
    return await changing(ctx, input, async (tx, before) => {
      const after = settleWebhook({ ...fieldsOf(before), ...wanted });
      const refusal = await checkWebhook(tx, after);
      if (refusal) return refusal;
      const changed = difference(fieldsOf(before), after);
      if (!changed) return before;
      await recordAudit(tx, ctx, { action: 'webhook.update', subjectId: id, ...changed });
      return update(tx, id, after);
    });
  } catch (error) {
    return webhookNameTaken(error);
  }
}

/** Removes a webhook, its history, and what waits to be sent. For managers and administrators. */
export const removeWebhook = (
  ctx: ViewerCtx,
  input: ExistingWebhook,
): Promise<WebhookRow | NotFound | VersionConflict> =>
  changing(ctx, input, async (tx, before) => {
    await remove(tx, before.id);
    await recordAudit(tx, ctx, { action: 'webhook.remove', subjectId: before.id, before: fieldsOf(before) });
    return before;
  });

/**
 * Gives a webhook another secret, shown this once. For 24 h the present one signs along, so that a receiver that
 * knows either of them takes every message. For managers and administrators.
 */
export const rotateWebhookSecret = (
  ctx: AuthViewerCtx,
  input: ExistingWebhook,
): Promise<WebhookWithSecret | NotFound | VersionConflict> =>
  changing(ctx, input, async (tx, before) => {
    const { secret, sealed } = newSecret(ctx.identity.seal, before.id);
    const webhook = await rotateSecret(tx, ctx.clock.fixed(), before.id, sealed, OVERLAP_MS);
    await recordAudit(tx, ctx, { action: 'webhook.rotateSecret', subjectId: before.id });
    return { webhook, secret };
  });

const BY_HAND = 'Paused by hand.';

/**
 * Pauses a webhook until it is resumed: what happens meanwhile is not kept for it. One that is paused stays as it is.
 * For managers and administrators.
 */
export const pauseWebhook = (
  ctx: ViewerCtx,
  input: ExistingWebhook,
): Promise<WebhookRow | NotFound | VersionConflict> =>
  changing(ctx, input, async (tx, before) => {
    if (before.pausedAt !== null) return before;
    await recordAudit(tx, ctx, {
      action: 'webhook.pause',
      subjectId: before.id,
      after: { reason: BY_HAND },
    });
    return pause(tx, ctx.clock.fixed(), before.id, BY_HAND);
  });

/**
 * Ends the pause of a webhook: what has waited is due at once. What happened during the pause was not kept for it.
 * One that is not paused stays as it is. For managers and administrators.
 */
export const resumeWebhook = (
  ctx: ViewerCtx,
  input: ExistingWebhook,
): Promise<WebhookRow | NotFound | VersionConflict> =>
  changing(ctx, input, async (tx, before) => {
    if (before.pausedAt === null) return before;
    await recordAudit(tx, ctx, {
      action: 'webhook.resume',
      subjectId: before.id,
      before: { reason: before.pauseReason },
    });
    return resume(tx, ctx.clock.fixed(), before.id);
  });
