import { takeStrike } from '../../sql/presence/strikes.js';
import { lockResources } from '../../sql/reservations/lock-resources.js';
import type { ReservationRow } from '../../sql/reservations/reservation-json.js';
import { cancelOccurrences, forgetClosings } from '../../sql/series/cancel-occurrences.js';
import { readSeries, type SeriesTarget } from '../../sql/series/read-series.js';
import { updateSeries } from '../../sql/series/update-series.js';
import type { Queryable } from '../../sql/statement.js';
import type { Ctx } from '../act.js';
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

/** Judges one series; null where none is left to judge, else the resources that it has freed. */
async function endNext(tx: Queryable, clock: Ctx['clock'], requestId: string): Promise<string[] | null> {
  const seriesId = await takeStrike(tx);
  if (seriesId === null) return null;
  const now = clock.fixed();
  const target = await readSeries(tx, now, seriesId, NOBODY, true);
  const leaving = target ? losesBy(target) : [];
  if (!target || leaving.length === 0) return [];
  const touched = [...new Set(leaving.flatMap(({ claims }) => claims.map(({ resourceId }) => resourceId)))];
  await lockResources(tx, touched);
  const actId = newId();
  const by = { actorId: null, requestId, auditId: actId, actId, action: 'reservation.cancelByStrikes' };
  const ended = await updateSeries(tx, now, { ...target.series, isCancelled: true }, by);
  await forgetClosings(tx, now, { id: seriesId, from: null }, by);
  const targets = leaving.map(({ id, version }) => ({ id, version, auditId: newId() }));
  if (!ended || !(await cancelOccurrences(tx, now, targets, by))) throw new NotPlaced();
  return touched;
}

function leftForLater(error: unknown): null {
  if (error instanceof NotPlaced) return null;
  throw error;
}

/**
 * Cancels the rest of each series to which nobody has come as often in a row as its rule allows, and tells its owner; one
 * act, which can be undone. By any number of callers each series once; one that changes meanwhile is left for the next
 * call.
 * @returns how many have ended
 */
export async function endDeadSeries(
  { db, bus, clock }: Pick<Ctx, 'db' | 'bus' | 'clock'>,
  requestId: string,
): Promise<number> {
  for (let ended = 0; ; ) {
    const freed = await db.transaction((tx) => endNext(tx, clock, requestId)).catch(leftForLater);
    if (freed === null) return ended;
    if (freed.length === 0) continue;
    bus.wake({ kind: 'streams', resourceIds: freed });
    ended++;
  }
}
