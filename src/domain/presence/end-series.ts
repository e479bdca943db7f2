import { byProgram } from '../../sql/audit/source.js';
import { nextStrike, takeStrike } from '../../sql/presence/strikes.js';
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

const resourcesOf = (rows: readonly ReservationRow[]): string[] => [
  ...new Set(rows.flatMap(({ claims }) => claims.map(({ resourceId }) => resourceId))),
];

/** Judges one series, and returns the resources that it has freed; throws NotPlaced where it changes meanwhile. */
async function judge(
  tx: Queryable,
  clock: Ctx['clock'],
  seriesId: string,
  requestId: string,
): Promise<string[]> {
  const now = clock.fixed();
  const read = () => readSeries(tx, now, seriesId, NOBODY, true);
  const before = await read();
  const locked = new Set(before ? resourcesOf(losesBy(before)) : []);
  await lockResources(tx, [...locked]);
  // What was read before the note was taken may lack the occurrence that it is about.
  const target = (await takeStrike(tx, seriesId)) ? await read() : null;
  const leaving = target ? losesBy(target) : [];
  if (!target || leaving.length === 0) return [];
  const touched = resourcesOf(leaving);
  const actId = newId();
  const by = {
    actorId: null,
    source: byProgram(requestId),
    auditId: actId,
    actId,
    action: 'reservation.cancelByStrikes',
  };
  const ended = touched.every((id) => locked.has(id))
    ? await updateSeries(tx, now, { ...target.series, isCancelled: true }, by)
    : null;
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
    const seriesId = await nextStrike(db);
    if (seriesId === null) return ended;
    const freed = await db.transaction((tx) => judge(tx, clock, seriesId, requestId)).catch(leftForLater);
    if (freed === null) return ended;
    if (freed.length === 0) continue;
    bus.wake({ kind: 'streams', resourceIds: freed });
    ended++;
  }
}
