import { createIdentity } from '../../src/domain/auth/identity.js';
import { KeySeal } from '../../src/domain/auth/key-seal.js';
import { createWebhook, type WebhookWithSecret } from '../../src/domain/webhooks/create-webhook.js';
import type { DeliveryParts } from '../../src/domain/webhooks/deliver.js';
import { undiciCourier } from '../../src/infra/courier/undici.js';
import type { Courier } from '../../src/ports/courier.js';
import type { WebhookFields } from '../../src/sql/webhooks/write-webhook.js';
import { Deliveries } from '../../src/sweeper/deliveries.js';
import { scopeOf } from './closures.js';
import type { TestCtx } from './ctx.js';
import { person } from './people.js';
import { SECRET } from './program.js';

export const seal = new KeySeal(SECRET);

let count = 0;

/** A webhook of every event that a manager has added, with its secret. */
export async function webhook(
  ctx: TestCtx,
  url: string,
  facts: Partial<WebhookFields> = {},
): Promise<WebhookWithSecret> {
  const { viewer } = await person(ctx.db, 'MANAGER');
  const identity = await createIdentity({ ...ctx, secret: SECRET, issuer: 'kit', audience: 'kit' });
  const fields = { name: `Webhook ${++count}`, url, events: [], ...scopeOf(), ...facts };
  const made = await createWebhook({ ...ctx, viewer, identity }, fields);
  await identity.close();
  if ('kind' in made) throw new Error(made.message);
  return made;
}

const couriers: Courier[] = [];
afterAll(() => Promise.all(couriers.map((courier) => courier.close())));

/** What a sweeper of its own delivers with; it may go to loopback unless it is careful. */
export function deliveryParts(ctx: TestCtx, options: { careful?: boolean } = {}): DeliveryParts {
  const courier = undiciCourier({ allowPrivate: !options.careful });
  couriers.push(courier);
  return { db: ctx.db, clock: ctx.clock, log: ctx.log, courier, seal, random: () => 0 };
}

/** One round of a sweeper, until nothing is under way. */
export async function deliverDue(parts: DeliveryParts): Promise<void> {
  const deliveries = new Deliveries(parts);
  await deliveries.round();
  await deliveries.idle();
}
