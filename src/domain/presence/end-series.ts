import { byProgram } from '../../sql/audit/source.js';
import { nextStrike, takeStrike } from '../../sql/presence/strikes.js';
import type { ReservationRow } from '../../sql/reservations/reservation-json.js';
import { isNotPlaced } from '../../sql/reservations/reserve.js';
import { cancelOccurrences, forgetClosings } from '../../sql/series/cancel-occurrences.js';
import { readSeries, type SeriesTarget } from '../../sql/series/read-series.js';
import { updateSeries } from '../../sql/series/update-series.js';
import type { Queryable } from '../../sql/statement.js';
import type { Ctx, Passed, PassingCtx } from '../act.js';
import { newId } from '../ids.js';
import { NotPlaced } from '../series/not-placed.js';

const NOBODY = '00000000-0000-0000-0000-000000000000';
const ATTENDED = new Set(['CHECKED_IN', 'COMPLETED']);
const STANDS = new Set(['CONFIRMED', 'PENDING_APPROVAL']);

/**
 * What an unattended series loses: its occurrences to come, but for those that go their own way, where as many in a row
 * as the last of them allows were not attended. Empty where it goes on.
 */
function losesBy({ series, occurrences, now }: SeriesTarget): ReservationRow[] {
  const rows = occurrences.map(({ row }) => row);
  const due = rows.filter(({ state }) => state === 'NO_SHOW' || ATTENDED.has(state));
  const missed = due.slice(due.findLastIndex(({ state }) => ATTENDED.has(state)) + 1);
  const strikes = missed.at(-1)?.checkIn?.strikes ?? null;
  if (series.cancelledAt !== null || strikes === null || missed.length < strikes) return [];
  const isToCome = ({ startsAt }: ReservationRow) => Date.parse(startsAt) > Date.parse(now);
  return rows.filter((row) => STANDS.has(row.state) && !row.detached && isToCome(row));
}

const resourcesOf = (rows: readonly ReservationRow[]): string[] => [
  ...new Set(rows.flatMap(({ claims }) => claims.map(({ resourceId }) => resourceId))),
];

type EndingCtx = PassingCtx & Pick<Ctx, 'waitlist'>;

/**
 * Judges one series, and passes on what it frees in the same transaction (O6).
 * @returns the resources of what has ended
 * @throws NotPlaced, or what isNotPlaced knows, where something changes meanwhile
 */
async function judge(ctx: EndingCtx, tx: Queryable, seriesId: string): Promise<Passed<string[]>> {
  const before = await readSeries(tx, ctx.clock.fixed(), seriesId, NOBODY, true);
  const losing = before ? losesBy(before) : [];
  const freeing = { reservationIds: losing.map(({ id }) => id), resourceIds: resourcesOf(losing) };
  return ctx.waitlist.passOn(ctx, tx, freeing, () => end(ctx, tx, seriesId, freeing.reservationIds));
}

/** Takes the note and cancels what the series loses, all of which must be among what was expected and locked. */
async function end(
  { clock, requestId }: EndingCtx,
  tx: Queryable,
  seriesId: string,
  expected: readonly string[],
): Promise<string[]> {
  const now = clock.fixed();
  // What was read before the note was taken may lack the occurrence that it is about.
  const target = (await takeStrike(tx, seriesId)) ? await readSeries(tx, now, seriesId, NOBODY, true) : null;
  const leaving = target ? losesBy(target) : [];
  if (!target || leaving.length === 0) return [];
  if (!leaving.every(({ id }) => expected.includes(id))) throw new NotPlaced();
  const actId = newId();
  const by = {
    actorId: null,
    source: byProgram(requestId),
    auditId: actId,
    actId,
    action: 'reservation.cancelByStrikes',
  };
  const ended = await updateSeries(tx, now, { ...target.series, isCancelled: true }, by);
  await forgetClosings(tx, now, { id: seriesId, from: null }, by);
  const targets = leaving.map(({ id, version }) => ({ id, version, auditId: newId() }));
  if (!ended || !(await cancelOccurrences(tx, now, targets, by))) throw new NotPlaced();
  return resourcesOf(leaving);
}

function leftForLater(error: unknown): null {
  if (error instanceof NotPlaced || isNotPlaced(error)) return null;
  throw error;
}

/**
 * Cancels the rest of each series to which nobody has come as often in a row as its rule allows, tells its owner, and
 * passes on what that frees; one act, which can be undone. By any number of callers each series once; one that changes
 * meanwhile is left for the next call.
 * @returns how many have ended
 */
export async function endDeadSeries(ctx: EndingCtx): Promise<number> {
  for (let ended = 0; ; ) {
    const seriesId = await nextStrike(ctx.db);
    if (seriesId === null) return ended;
    const passed = await ctx.db.transaction((tx) => judge(ctx, tx, seriesId)).catch(leftForLater);
    if (passed === null) return ended;
    const resourceIds = [...passed.done, ...passed.touched];
    if (resourceIds.length > 0) ctx.bus.wake({ kind: 'streams', resourceIds });
    if (passed.done.length > 0) ended++;
  }
}
