import type { Clock } from '../../ports/clock.js';
import type { Carried, Courier } from '../../ports/courier.js';
import type { Log } from '../../ports/log.js';
import { byProgram } from '../../sql/audit/source.js';
import type { Database } from '../../sql/statement.js';
import type { ClaimedDelivery } from '../../sql/webhooks/claim-deliveries.js';
import { type Settled, settleDelivery } from '../../sql/webhooks/settle-delivery.js';
import type { KeySeal } from '../auth/key-seal.js';
import { globalId, newId } from '../ids.js';
import { payloadOf } from './payload.js';
import { signWith } from './secret.js';
import { waitsMs } from './waits.js';

export interface DeliveryParts {
  readonly db: Database;
  readonly clock: Clock;
  readonly log: Log;
  readonly courier: Courier;
  readonly seal: KeySeal;
  /** From 0 up to 1, evenly. */
  readonly random: () => number;
}

const GONE = 410;
const isRedirect = (status: number) => status >= 300 && status < 400;

async function send(
  { courier, seal }: DeliveryParts,
  { row, url, sealed, oldSealed, sentAtMs }: ClaimedDelivery,
): Promise<Carried> {
  const body = payloadOf(row);
  const message = { id: globalId('WebhookDelivery', row.id), sentAtMs, body };
  const signed = signWith(seal, row.webhookId, oldSealed ? [sealed, oldSealed] : [sealed], message);
  if (!signed) {
    return { kind: 'FAILED', message: 'the secret was sealed with another HOLDFAST_SECRET: rotate it' };
  }
  const headers = { ...signed, 'content-type': 'application/json', 'user-agent': 'Holdfast-Webhooks' };
  return courier.post({ url, headers, body });
}

/** How the attempt has ended: any 2xx is a delivery, all else is none. */
function judge(carried: Carried) {
  if (carried.kind === 'FAILED') {
    return {
      delivered: false,
      status: null,
      error: carried.message,
      response: null,
      gone: false,
      asked: null,
    };
  }
  const { status, excerpt, retryAfter: asked } = carried;
  const delivered = status >= 200 && status < 300;
  const error = `answered ${status}${isRedirect(status) ? ', and redirects are not followed' : ''}`;
  return {
    delivered,
    status,
    error: delivered ? null : error,
    response: excerpt,
    gone: status === GONE,
    asked,
  };
}

/**
 * Sends a claimed delivery once and writes down how that has ended: delivered, to be tried again after the next
 * wait, or given up, which may pause the webhook (see settle-delivery). Null where the lease had run out and another
 * took over: the receiver then has it twice under one webhook-id.
 */
export async function deliver(parts: DeliveryParts, claimed: ClaimedDelivery): Promise<Settled | null> {
  const { db, clock, log, random } = parts;
  const { asked, ...outcome } = judge(await send(parts, claimed));
  const settled = await settleDelivery(db, clock.fixed(), {
    ...outcome,
    id: claimed.row.id,
    lease: claimed.lease,
    waitsMs: waitsMs(clock.now().getTime(), asked, random()),
    auditId: newId(),
    source: byProgram('sweeper'),
  });
  if (settled?.paused) log.warn({ webhookId: settled.webhookId, reason: settled.paused }, 'paused a webhook');
  return settled;
}
