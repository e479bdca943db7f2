import { askApprovals } from '../../sql/approvals/ask-approvals.js';
import { expireNamedHolds } from '../../sql/reservations/expire-holds.js';
import { forgetOldAnswer } from '../../sql/reservations/idempotency.js';
import type { Facts } from '../../sql/reservations/read-facts.js';
import type { ReservationRow } from '../../sql/reservations/reservation-json.js';
import { isNotPlaced, type ReserveInput, reserve, reserveAfter } from '../../sql/reservations/reserve.js';
import type { Queryable } from '../../sql/statement.js';
import type { ViewerCtx } from '../act.js';
import { type ApprovalAsk, approvalFor } from '../decisions/approval.js';
import type { Wish } from '../decisions/case.js';
import { checkInFor } from '../decisions/check-in.js';
import { claimsFor } from '../decisions/claims.js';
import { type CaseSet, judgeByRules } from '../decisions/decide.js';
import { type Docket, openDocket } from '../decisions/docket.js';
import { judge } from '../decisions/judge.js';
import { type QuotaCount, quotaCounts } from '../decisions/quota.js';
import { type RefusedWish, type ReservationRefused, refused, spanOf } from '../decisions/reason.js';
import {
  type IdempotencyKeyReused,
  type InvalidInput,
  type NotFound,
  notFound,
  Unavailable,
} from '../failure.js';
import { givingWay } from '../giving-way.js';
import { acceptsTerms, acceptTerms } from './accept-terms.js';
import { askInput, withAsked } from './ask-input.js';
import { checkOwners } from './check-owner.js';
import { replay } from './idempotency-key.js';
import { localTimes } from './local-times.js';
import { quotasLeft } from './quotas-left.js';

export type Placed = ReservationRow | ReservationRefused | NotFound | InvalidInput | IdempotencyKeyReused;

/** A new reservation as it is asked for; what it occupies depends on the rules of the moment. */
export interface Wanted
  extends Omit<
    ReserveInput,
    'now' | 'claims' | 'judgedBy' | 'localStart' | 'localEnd' | 'timeZone' | 'heldAs' | 'checkIn'
  > {
  readonly wishes: readonly Wish[];
}

/** What a refusal of it offers something else for. */
export const refusedWish = ({ ownerId, startsAt, endsAt, wishes }: Wanted): RefusedWish => ({
  ownerId,
  window: spanOf(startsAt.getTime(), endsAt.getTime()),
  resources: wishes.map(({ resourceId, quantity }) => ({ resourceId, quantity })),
  moving: null,
});

/** A conflict can vanish, or a new one appear, between the attempt and the reading of the facts. */
const ATTEMPTS = 8;

/** Who must decide about it before it counts; of a hold, that is asked when it is confirmed. */
export const askFor = ({ holdMs }: Wanted, docket: Docket): ApprovalAsk | null =>
  holdMs === null ? approvalFor(docket.sets[0] ?? []) : null;

/** All that the reservation writes, by the rules on the docket. */
export function toReserve(ctx: ViewerCtx, { wishes, ...wanted }: Wanted, docket: Docket): ReserveInput {
  const ask = askFor({ wishes, ...wanted }, docket);
  const window = { startsAt: wanted.startsAt, endsAt: wanted.endsAt };
  return {
    ...wanted,
    now: ctx.clock.fixed(),
    holdMs: ask?.deadlineMs ?? wanted.holdMs,
    heldAs: ask ? 'PENDING_APPROVAL' : 'HELD',
    ...localTimes(docket, window, wishes[0]?.resourceId ?? ''),
    checkIn: checkInFor(docket.sets[0] ?? []),
    claims: claimsFor(docket.sets[0] ?? []),
    judgedBy: docket.book.version,
  };
}

/** Asks those who must decide about it, and writes down which terms are accepted, in the transaction that makes it. */
const settling =
  (ctx: ViewerCtx, { now }: ReserveInput, ask: ApprovalAsk | null, cases: CaseSet) =>
  async (tx: Queryable, made: ReservationRow): Promise<void> => {
    if (ask) await askApprovals(tx, now, [askInput(made.id, ask)]);
    await acceptTerms(ctx, tx, [{ reservationId: made.id, cases }]);
  };

/** Null where it found no place, also because somebody waits for it, who has got it by now. */
async function unlessTaken(
  ctx: ViewerCtx,
  attempt: () => Promise<ReservationRow | null>,
): Promise<ReservationRow | null> {
  try {
    return await givingWay(ctx, attempt);
  } catch (error) {
    if (isNotPlaced(error)) return null;
    throw error;
  }
}

/** One attempt: a single statement for one claim, a transaction with its locks for several, quotas, approval and terms. */
const attempt = (
  ctx: ViewerCtx,
  input: ReserveInput,
  counts: readonly QuotaCount[],
  ask: ApprovalAsk | null,
  cases: CaseSet,
): Promise<ReservationRow | null> =>
  unlessTaken(ctx, () =>
    input.claims.length === 1 && counts.length === 0 && !ask && !acceptsTerms(cases)
      ? reserve(ctx.db, input)
      : reserveAfter(
          ctx.db,
          input,
          (tx) => quotasLeft(tx, input.now, counts),
          settling(ctx, input, ask, cases),
        ),
  );

/** Holds in the way that the clock has killed: they expire in the transaction that takes their place (O5). */
export const deadInTheWay = (facts: Pick<Facts, 'resources'>): string[] =>
  facts.resources.flatMap(({ conflicts }) =>
    conflicts.filter((conflict) => conflict.dead).map((conflict) => conflict.reservationId),
  );

/** Expires what the clock has killed in the way and reserves, in one transaction. */
async function overDeadHolds(
  ctx: ViewerCtx,
  input: ReserveInput,
  counts: readonly QuotaCount[],
  dead: readonly string[],
  settle: (tx: Queryable, made: ReservationRow) => Promise<void>,
): Promise<ReservationRow | null> {
  let freed: string[] = [];
  const prepare = async (tx: Queryable) => {
    const expired = await expireNamedHolds(tx, input.now, dead, input.source);
    freed = expired.flatMap((hold) => hold.resourceIds);
    return quotasLeft(tx, input.now, counts);
  };
  const made = await unlessTaken(ctx, () => reserveAfter(ctx.db, input, prepare, settle));
  if (made) ctx.bus.wake({ kind: 'streams', resourceIds: freed });
  return made;
}

/** Wakes whoever watches what a new reservation touches. */
function wake(ctx: ViewerCtx, { claims }: ReserveInput): void {
  ctx.bus.wake({ kind: 'streams', resourceIds: claims.map(({ resourceId }) => resourceId) });
}

/** Tries at once where the rules in memory allow it; null says to ask for the facts. */
async function tryAtOnce(ctx: ViewerCtx, wanted: Wanted, docket: Docket): Promise<ReservationRow | null> {
  const [cases = []] = docket.sets;
  if (judgeByRules(cases).length > 0) return null;
  const input = toReserve(ctx, wanted, docket);
  const ask = askFor(wanted, docket);
  const made = await attempt(ctx, input, quotaCounts(cases), ask, cases);
  if (made) wake(ctx, input);
  return made && withAsked(made, ask);
}

/**
 * Places the reservation, or tells every reason why not. Writes nothing unless it returns a new reservation.
 * @param suggests whether a refusal looks for what would pass
 */
export async function place(ctx: ViewerCtx, wanted: Wanted, suggests: boolean): Promise<Placed> {
  const key = wanted.key && { ...wanted.key, actorId: wanted.actorId };
  for (let tries = 1; tries <= ATTEMPTS; tries++) {
    const docket = await openDocket(ctx, [wanted.wishes]);
    if (!docket) return notFound(['input', 'resources'], 'resource');
    const invalid = checkOwners(docket);
    if (invalid) return invalid;
    const made = await tryAtOnce(ctx, wanted, docket);
    if (made) return made;
    const judged = await judge(ctx, [wanted.wishes], { key, suggests, docket });
    if (!judged) return notFound(['input', 'resources'], 'resource');
    const { facts, reasons } = judged;
    if (wanted.key && facts.answer) return replay(facts.answer, wanted.key);
    if (reasons.length > 0) return refused(reasons, refusedWish(wanted));
    const dead = deadInTheWay(facts);
    if (dead.length > 0) {
      const input = toReserve(ctx, wanted, judged.docket);
      const cases = judged.docket.sets[0] ?? [];
      const settle = settling(ctx, input, askFor(wanted, judged.docket), cases);
      const revived = await overDeadHolds(ctx, input, judged.counts, dead, settle);
      if (revived) {
        wake(ctx, input);
        return withAsked(revived, askFor(wanted, judged.docket));
      }
    }
    if (wanted.key) await forgetOldAnswer(ctx.db, ctx.clock.fixed(), wanted.actorId, wanted.key);
  }
  throw new Unavailable('the window is contended; nothing was decided');
}
