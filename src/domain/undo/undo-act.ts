import { forgetImported } from '../../sql/feeds/imported-events.js';
import { expireNamedHolds } from '../../sql/reservations/expire-holds.js';
import { lockResources } from '../../sql/reservations/lock-resources.js';
import { type ChangeTarget, readTargets } from '../../sql/reservations/read-reservations.js';
import type { ReservationRow } from '../../sql/reservations/reservation-json.js';
import { isNotPlaced } from '../../sql/reservations/reserve.js';
import type { Queryable } from '../../sql/statement.js';
import { putBack } from '../../sql/undo/put-back.js';
import { putBackBelongings, putBackSeries, removeBegunSeries } from '../../sql/undo/put-back-series.js';
import { type FoundAct, readAct, type Standing } from '../../sql/undo/read-act.js';
import type { ViewerCtx } from '../act.js';
import { recordAudits } from '../audit/record.js';
import { sourceOf } from '../audit/source.js';
import { type ReservationRefused, reason, refused } from '../decisions/reason.js';
import { type NotFound, notFound, Unavailable, type VersionConflict } from '../failure.js';
import { givingWay } from '../giving-way.js';
import { releasedReason } from '../reservations/released.js';
import { mayChangeAll } from '../reservations/rights.js';
import { NotPlaced } from '../series/not-placed.js';
import { judgeTooLate, type UndoTooLate } from '../undoable.js';
import { judgeUndo, type PlannedUndo } from './judge-undo.js';

/** The reservations as they were once the act was undone, in the order in which it had changed them. */
export interface ActUndone {
  readonly reservations: readonly ReservationRow[];
}

export type UndoRefusal = ReservationRefused | NotFound | UndoTooLate | VersionConflict;

const ATTEMPTS = 8;
const TOO_LATE = 'This can be undone for ten minutes; reserve or move anew instead.';

/**
 * Takes back one act that has cancelled, moved or imported reservations, within ten minutes: each has its former state, window,
 * resources and the span that was frozen then (O3), all of them or none (O7); what was imported is cancelled, and another import knows nothing of it. Rules for making reservations are not
 * asked, quotas and notice included (docs/decisions/0014); what is taken, closed since, out of service or over stays
 * lost, and the refusal says why. Refuses too where one of them was changed since: acts are undone from the last one
 * back. Called again, also in parallel, it answers the same and changes nothing. For whoever did it, and whoever may
 * change all of the reservations.
 */
export async function undoAct(ctx: ViewerCtx, id: string): Promise<ActUndone | UndoRefusal> {
  for (let tries = 1; tries <= ATTEMPTS; tries++) {
    const result = await tryUndo(ctx, id);
    if (result !== 'AGAIN') return result;
  }
  throw new Unavailable('the places are contended; nothing was undone');
}

/** One attempt: judge, and unless something speaks against it, write; AGAIN where the facts changed in between. */
async function tryUndo(ctx: ViewerCtx, id: string): Promise<ActUndone | UndoRefusal | 'AGAIN'> {
  const act = await readAct(ctx.db, ctx.clock.fixed(), id);
  const targets = act && (await targetsOf(ctx, ctx.db, act));
  if (!act || !targets) return notFound(['id'], 'act');
  const refusal = judgeRight(ctx, act, targets);
  if (refusal) return refusal;
  if (act.undone) return { reservations: act.undone };
  const barred = judgeTooLate(act.doneAt, Date.parse(act.now), TOO_LATE) ?? judgeStanding(act, targets);
  if (barred) return barred;
  const plan = await judgeUndo(ctx, act, targets);
  if (plan.reasons.length > 0) return refused(plan.reasons);
  try {
    const reservations = await givingWay(ctx, () => ctx.db.transaction((tx) => write(ctx, tx, act, plan)));
    ctx.bus.wake({ kind: 'streams', resourceIds: [...plan.touched] });
    return { reservations };
  } catch (error) {
    if (!(error instanceof NotPlaced || isNotPlaced(error))) throw error;
    return 'AGAIN';
  }
}

/** The reservations of the act as they are, in its order; null where one is not there any more. */
async function targetsOf(
  ctx: ViewerCtx,
  on: Queryable,
  { entries }: FoundAct,
  lock: 'LOCKED' | 'FREE' = 'FREE',
): Promise<ChangeTarget[] | null> {
  const ids = entries.map(({ id }) => id);
  const { userId } = ctx.viewer;
  const found = await readTargets(on, ctx.clock.fixed(), ids, userId, mayChangeAll(ctx.viewer), lock);
  const targets = ids.flatMap((id) => found.find(({ row }) => row.id === id) ?? []);
  return targets.length === ids.length ? targets : null;
}

function judgeRight(
  { viewer }: ViewerCtx,
  { actorId }: FoundAct,
  targets: readonly ChangeTarget[],
): ReservationRefused | NotFound | null {
  if (actorId === viewer.userId || targets.every(({ mayChange }) => mayChange)) return null;
  const isSeen = targets.every(({ mayChange, isSeen }) => mayChange || isSeen);
  return isSeen
    ? refused([reason('NOT_PERMITTED', 'Somebody else has done this, to what belongs to somebody else.')])
    : notFound(['id'], 'act');
}

/** Why they are not as the act has left them; null where they are. */
function judgeStanding(
  { entries, series }: FoundAct,
  targets: readonly ChangeTarget[],
): ReservationRefused | VersionConflict | null {
  const gone = targets.find(({ row }) => row.state === 'NO_SHOW')?.row;
  if (gone) return refused([releasedReason(gone)]);
  const dead = targets.find(({ row }) => row.state === 'EXPIRED')?.row;
  if (dead)
    return refused([
      reason('HOLD_EXPIRED', 'The hold has run out meanwhile.', { expiresAt: dead.expiresAt }),
    ]);
  const isChanged = ({ version, standsAt }: Standing) => version !== standsAt;
  return stale('Series', series.find(isChanged)) ?? stale('Reservation', entries.find(isChanged));
}

const stale = (node: 'Series' | 'Reservation', changed: Standing | undefined): VersionConflict | null =>
  changed
    ? {
        kind: 'VersionConflict',
        message: `The ${node.toLowerCase()} was changed since; undo that first.`,
        path: ['id'],
        expectedVersion: changed.version,
        currentVersion: changed.currentVersion,
        current: { node, id: changed.id },
      }
    : null;

async function write(
  ctx: ViewerCtx,
  tx: Queryable,
  act: FoundAct,
  { formers, judgedBy, dead, touched }: PlannedUndo,
): Promise<ReservationRow[]> {
  const now = ctx.clock.fixed();
  await lockResources(tx, touched);
  const by = { actId: act.id, actorId: ctx.viewer.userId, source: sourceOf(ctx) };
  for (const { id, currentVersion: version, before } of act.series)
    if (before && !(await putBackSeries(tx, now, { id, version, former: before }, by))) throw new NotPlaced();
  if (dead.length > 0) await expireNamedHolds(tx, now, dead, sourceOf(ctx));
  const targets = await targetsOf(ctx, tx, act, 'LOCKED');
  const isSame = targets?.every(({ row }, index) => row.version === act.entries[index]?.currentVersion);
  const back = isSame ? await putBack(tx, now, formers, judgedBy) : null;
  if (!targets || !back) throw new NotPlaced();
  if (act.belongings.length > 0) await putBackBelongings(tx, act.belongings);
  const made = act.entries.flatMap(({ id, isMade }) => (isMade ? id : []));
  if (made.length > 0) await forgetImported(tx, made);
  for (const { id, currentVersion: version, before } of act.series)
    if (!before && !(await removeBegunSeries(tx, now, { id, version }, by))) throw new NotPlaced();
  const byId = new Map(back.map((row) => [row.id, row]));
  const rows = targets.map(({ row: before }) => ({ before, after: byId.get(before.id) as ReservationRow }));
  const entries = rows.map(({ before, after }) => ({
    action: actionOf(before, after),
    subjectId: after.id,
    before,
    after,
    undoes: act.id,
  }));
  await recordAudits(tx, ctx, entries);
  return rows.map(({ after }) => after);
}

function actionOf(before: ReservationRow, after: ReservationRow): string {
  if (after.state === 'CANCELLED') return 'reservation.cancel';
  if (before.state !== after.state) return 'reservation.undo';
  const place = ({ startsAt, endsAt, claims }: ReservationRow) => JSON.stringify([startsAt, endsAt, claims]);
  return place(before) === place(after) ? 'reservation.edit' : 'reservation.move';
}
