import { constraintOf } from '../../sql/sqlstate.js';
import type { WebhookRow } from '../../sql/webhooks/webhook-row.js';
import { insertWebhook, type WebhookFields } from '../../sql/webhooks/write-webhook.js';
import { recordAudit } from '../audit/record.js';
import type { AuthViewerCtx } from '../auth/identity.js';
import { type InvalidInput, invalidInput, type NotFound } from '../failure.js';
import { newId } from '../ids.js';
import { newSecret } from './secret.js';
import { checkWebhook, settleWebhook } from './webhook-policy.js';

/** A webhook with the secret that it has from now on: shown this once. */
export interface WebhookWithSecret {
  readonly webhook: WebhookRow;
  readonly secret: string;
}

/** InvalidInput where the error says that the name is taken; rethrows any other. */
export function webhookNameTaken(error: unknown): InvalidInput {
  if (constraintOf(error) !== 'webhook_name_key') throw error;
  return invalidInput(['input', 'name'], 'There is a webhook of this name already.');
}

/** Adds a webhook, live from now on. For managers and administrators. The secret is kept sealed and never shown again. */
export async function createWebhook(
  ctx: AuthViewerCtx,
  input: WebhookFields,
): Promise<WebhookWithSecret | InvalidInput | NotFound> {
  const fields = settleWebhook(input);
  const refusal = await checkWebhook(ctx.db, fields);
  if (refusal) return refusal;
  const id = newId();
  const { secret, sealed } = newSecret(ctx.identity.seal, id);
  try {
    const webhook = await ctx.db.transaction(async (tx) => {
      const creatorId = ctx.viewer.userId;
      const row = await insertWebhook(tx, ctx.clock.fixed(), { ...fields, id, sealed, creatorId });
      await recordAudit(tx, ctx, { action: 'webhook.create', subjectId: id, after: fields });
      return row;
    });
    return { webhook, secret };
  } catch (error) {
    return webhookNameTaken(error);
  }
}
