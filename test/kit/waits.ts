import type { Viewer } from '../../src/domain/act.js';
import { newId } from '../../src/domain/ids.js';
import type { JoinWaitlist } from '../../src/domain/waitlist/check-join.js';
import { joinWaitlist } from '../../src/domain/waitlist/join-waitlist.js';
import { reservationsByIds } from '../../src/sql/reservations/read-reservations.js';
import type { ReservationRow } from '../../src/sql/reservations/reservation-json.js';
import { waitsByIds } from '../../src/sql/waitlist/read-waits.js';
import type { WaitRow } from '../../src/sql/waitlist/wait-row.js';
import type { TestCtx } from './ctx.js';

type Acting = TestCtx & { readonly viewer: Viewer };

/** A wish for one window of these resources, one of each. */
export const waitFor = (
  resourceIds: readonly string[],
  startsAt: string,
  endsAt: string,
  more: Partial<JoinWaitlist> = {},
): JoinWaitlist => ({
  title: 'Waiting',
  details: '',
  window: { startsAt: new Date(startsAt), endsAt: new Date(endsAt) },
  minutes: null,
  resources: resourceIds.map((resourceId) => ({ resourceId, quantity: 1 })),
  orEquivalent: false,
  sameAttributes: [],
  idempotencyKey: null,
  ...more,
});

/** Joins the waitlist; throws where that is refused. */
export async function waiting(ctx: Acting, ...wanted: Parameters<typeof waitFor>): Promise<WaitRow> {
  const joined = await joinWaitlist(ctx, waitFor(...wanted));
  if ('kind' in joined) throw new Error(joined.message);
  return joined;
}

/** The wish as it is by now. */
export const standing = async ({ db, clock }: TestCtx, { id }: WaitRow): Promise<WaitRow> =>
  (await waitsByIds(db, clock.fixed(), [id])).get(id) as WaitRow;

/** Sees whatever there is. */
const EVERYTHING = { userId: newId(), role: 'ADMINISTRATOR' } as const;

/** What was offered for the wish; throws where nothing was. */
export async function offerOf(ctx: TestCtx, wait: WaitRow): Promise<ReservationRow> {
  const { reservationId } = await standing(ctx, wait);
  if (reservationId === null) throw new Error('nothing was offered');
  return (await reservationsByIds(ctx.db, ctx.clock.fixed(), [reservationId], EVERYTHING)).get(
    reservationId,
  ) as ReservationRow;
}

/** The states of the wishes by now, in their order. */
export const statesOf = (ctx: TestCtx, waits: readonly WaitRow[]): Promise<string[]> =>
  Promise.all(waits.map(async (wait) => (await standing(ctx, wait)).state));
