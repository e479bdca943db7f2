import type { DeliveryRow } from '../../sql/webhooks/delivery-row.js';
import { deliveriesByIds } from '../../sql/webhooks/read-deliveries.js';
import { lockWebhook } from '../../sql/webhooks/read-webhooks.js';
import { insertTest, replayDelivery as replay } from '../../sql/webhooks/write-delivery.js';
import type { ViewerCtx } from '../act.js';
import { recordAudit } from '../audit/record.js';
import { type NotFound, notFound } from '../failure.js';
import { newId } from '../ids.js';

/**
 * Makes a delivery due again, whatever became of it, with all its attempts before it: the same message under the
 * same webhook-id. One that is being sent this moment is left alone. For managers and administrators.
 */
export const replayDelivery = (
  ctx: ViewerCtx,
  { id }: { readonly id: string },
): Promise<DeliveryRow | NotFound> =>
  ctx.db.transaction(async (tx) => {
    const replayed = await replay(tx, ctx.clock.fixed(), id);
    if (!replayed) return (await deliveriesByIds(tx, [id])).get(id) ?? notFound(['id'], 'delivery');
    const { webhookId } = replayed;
    await recordAudit(tx, ctx, { action: 'webhook.replay', subjectId: webhookId, after: { deliveryId: id } });
    return replayed;
  });

/** Has a message without content sent once, also to a webhook that is paused. For managers and administrators. */
export const testWebhook = (
  ctx: ViewerCtx,
  { id }: { readonly id: string },
): Promise<DeliveryRow | NotFound> =>
  ctx.db.transaction(async (tx) => {
    const webhook = await lockWebhook(tx, id);
    if (!webhook) return notFound(['id'], 'webhook');
    const delivery = await insertTest(tx, ctx.clock.fixed(), newId(), id);
    await recordAudit(tx, ctx, { action: 'webhook.test', subjectId: id, after: { deliveryId: delivery.id } });
    return delivery;
  });
