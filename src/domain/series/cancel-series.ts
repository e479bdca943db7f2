import { forgetOldAnswer, keepAnswer } from '../../sql/reservations/idempotency.js';
import { lockResources } from '../../sql/reservations/lock-resources.js';
import type { ActRow, ReservationRow } from '../../sql/reservations/reservation-json.js';
import { type IdempotencyKey, isNotPlaced } from '../../sql/reservations/reserve.js';
import { cancelOccurrences, forgetClosings } from '../../sql/series/cancel-occurrences.js';
import { seriesOf } from '../../sql/series/read-series.js';
import { seriesByIds } from '../../sql/series/series-by-ids.js';
import type { SeriesRow } from '../../sql/series/series-row.js';
import { updateSeries } from '../../sql/series/update-series.js';
import type { Queryable } from '../../sql/statement.js';
import type { ViewerCtx } from '../act.js';
import { type Reason, spanOf } from '../decisions/reason.js';
import { notFound, Unavailable } from '../failure.js';
import { newId } from '../ids.js';
import { cancelReservation } from '../reservations/cancel-reservation.js';
import { idempotencyKey } from '../reservations/idempotency-key.js';
import { standingWishes } from '../reservations/standing-wishes.js';
import { actDone } from '../undoable.js';
import { answered } from './answered.js';
import { NotPlaced } from './not-placed.js';
import {
  type OccurrenceReport,
  type Outcome,
  refusedFor,
  type SeriesReport,
  seriesRefused,
} from './report.js';
import { readSeriesToChange, recurrenceOf, type SeriesAct, type SeriesToChange } from './series-target.js';
import { judgeGivingUpEach } from './settle-edit.js';
import { endedBefore } from './split-rule.js';
import type { ChangeSeriesResult } from './update-series.js';

export interface CancelSeries extends SeriesAct {
  readonly idempotencyKey: string | null;
}

const ATTEMPTS = 8;

/**
 * Cancels one occurrence, it and those behind it, or all (S3). What is over or has begun stays, and so does what goes
 * its own way; what it is too late to cancel stays too and is reported as SKIPPED.
 * @returns the series with what became of each occurrence, the first answer to the same key, or why not
 */
export async function cancelSeries(ctx: ViewerCtx, input: CancelSeries): Promise<ChangeSeriesResult> {
  if (input.scope === 'THIS') return cancelThis(ctx, input);
  const { idempotencyKey: chosen, ...payload } = input;
  const key = idempotencyKey('series.cancel', chosen, payload);
  if (key && 'kind' in key) return key;
  for (let tries = 1; tries <= ATTEMPTS; tries++) {
    const result = (await answered(ctx, key)) ?? (await tryCancel(ctx, input, key));
    if (result === 'AGAIN') continue;
    return ('kind' in result && (await answered(ctx, key))) || result;
  }
  throw new Unavailable('the series is contended; nothing was decided');
}

/** The ordinary cancellation of one reservation, which goes its own way from then on. */
async function cancelThis(ctx: ViewerCtx, input: CancelSeries): Promise<ChangeSeriesResult> {
  const { reservationId: id, expectedVersion, idempotencyKey: key } = input;
  const seriesId = id && (await seriesOf(ctx.db, id));
  if (!seriesId) return notFound(['id'], 'series');
  const cancelled = await cancelReservation(ctx, { id, expectedVersion, idempotencyKey: key });
  if ('kind' in cancelled) {
    return cancelled.kind === 'ReservationRefused' ? seriesRefused(cancelled.reasons) : cancelled;
  }
  const series = (await seriesByIds(ctx.db, [seriesId])).get(seriesId);
  if (!series) return notFound(['id'], 'series');
  return { series, occurrences: [report(cancelled, 'CANCELLED', [])], act: cancelled.act ?? null };
}

const report = (row: ReservationRow, outcome: Outcome, reasons: readonly Reason[]): OccurrenceReport => ({
  occurrence: row.occurrence ?? '',
  window: spanOf(Date.parse(row.startsAt), Date.parse(row.endsAt)),
  shifted: false,
  outcome,
  reservation: row,
  reasons,
  substitutes: [],
});

/** Why each of them can no longer be given up; what waits for approval always can. */
const judgeEach = (ctx: ViewerCtx, rows: readonly ReservationRow[]) =>
  judgeGivingUpEach(
    ctx,
    rows.map((row) => (row.state === 'CONFIRMED' ? standingWishes(row) : [])),
  );

/** One attempt; AGAIN where the facts changed in between. */
async function tryCancel(
  ctx: ViewerCtx,
  input: CancelSeries,
  key: IdempotencyKey | null,
): Promise<ChangeSeriesResult | 'AGAIN'> {
  const target = await readSeriesToChange(ctx, input, ['CONFIRMED', 'PENDING_APPROVAL']);
  if ('kind' in target) return target;
  const late = await judgeEach(ctx, target.reached);
  const staying = target.reached.flatMap((row, index) => {
    const reasons = late[index] ?? [];
    return reasons.length > 0 ? report(row, 'SKIPPED', reasons) : [];
  });
  const leaving = target.reached.filter((_, index) => late[index]?.length === 0);
  if (leaving.length === 0) return refusedFor(staying);
  const touched = leaving.flatMap(({ claims }) => claims.map(({ resourceId }) => resourceId));
  try {
    const answer = await ctx.db.transaction(async (tx) => {
      await lockResources(tx, touched);
      const { series, rows, act } = await write(ctx, tx, target, leaving);
      const all = [...staying, ...rows.map((row) => report(row, 'CANCELLED', []))];
      const byStart = all.toSorted((a, b) => (a.window.startsAt < b.window.startsAt ? -1 : 1));
      const written: SeriesReport = { series, occurrences: byStart, act };
      if (key) await keepAnswer(tx, ctx.clock.fixed(), ctx.viewer.userId, key, written);
      return written;
    });
    ctx.bus.wake({ kind: 'streams', resourceIds: [...new Set(touched)] });
    return answer;
  } catch (error) {
    if (!(error instanceof NotPlaced || isNotPlaced(error))) throw error;
    if (key) await forgetOldAnswer(ctx.db, ctx.clock.fixed(), ctx.viewer.userId, key);
    return 'AGAIN';
  }
}

async function write(
  ctx: ViewerCtx,
  tx: Queryable,
  { series, splitAt }: SeriesToChange,
  leaving: readonly ReservationRow[],
): Promise<{ series: SeriesRow; rows: readonly ReservationRow[]; act: ActRow }> {
  const now = ctx.clock.fixed();
  const by = { auditId: newId(), actorId: ctx.viewer.userId, requestId: ctx.requestId };
  const ends = splitAt === null ? {} : endedBefore(recurrenceOf(series), splitAt);
  const changed = await updateSeries(tx, now, { ...series, ...ends, isCancelled: splitAt === null }, by);
  const targets = leaving.map(({ id, version }) => ({ id, version, auditId: newId() }));
  const act = { ...by, actId: by.auditId, action: 'reservation.cancel' };
  await forgetClosings(tx, now, { id: series.id, from: splitAt }, act);
  const rows = changed && (await cancelOccurrences(tx, now, targets, act));
  if (!rows) throw new NotPlaced();
  return { series: changed, rows, act: actDone(by.auditId, changed.updatedAt) };
}
