import { managesAll } from '../../domain/resources/manager-policy.js';
import { deliveriesByIds } from '../../sql/webhooks/read-deliveries.js';
import { webhooksByIds } from '../../sql/webhooks/read-webhooks.js';
import { defineLoader } from '../loader.js';

/** For managers and administrators; there are none for others. */
export const webhookById = defineLoader(async (ctx, ids) =>
  ctx.viewer && managesAll(ctx.viewer) ? webhooksByIds(ctx.db, ids) : new Map(),
);

/** For managers and administrators; there are none for others. */
export const deliveryById = defineLoader(async (ctx, ids) =>
  ctx.viewer && managesAll(ctx.viewer) ? deliveriesByIds(ctx.db, ids) : new Map(),
);
