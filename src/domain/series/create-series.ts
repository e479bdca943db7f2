import { askApprovals } from '../../sql/approvals/ask-approvals.js';
import { expireNamedHolds } from '../../sql/reservations/expire-holds.js';
import { forgetOldAnswer, keepAnswer } from '../../sql/reservations/idempotency.js';
import { lockResources } from '../../sql/reservations/lock-resources.js';
import type { ReservationRow } from '../../sql/reservations/reservation-json.js';
import { type IdempotencyKey, isNotPlaced } from '../../sql/reservations/reserve.js';
import { insertSeries } from '../../sql/series/insert-series.js';
import { reserveMany } from '../../sql/series/reserve-many.js';
import type { Queryable } from '../../sql/statement.js';
import type { ViewerCtx } from '../act.js';
import { sourceOf } from '../audit/source.js';
import {
  type IdempotencyKeyReused,
  type InvalidInput,
  type NotFound,
  notFound,
  Unavailable,
} from '../failure.js';
import { givingWay } from '../giving-way.js';
import { newId } from '../ids.js';
import { acceptTerms } from '../reservations/accept-terms.js';
import { askInput } from '../reservations/ask-input.js';
import { checkOnBehalf, checkOwners } from '../reservations/check-owner.js';
import { checkResources, checkWords } from '../reservations/check-request.js';
import { idempotencyKey } from '../reservations/idempotency-key.js';
import type { Occurrence } from '../schedules/recurrence.js';
import { answered } from './answered.js';
import { type ConflictMode, checkMode, mostLeftOut } from './conflict-mode.js';
import { NotPlaced } from './not-placed.js';
import { type PlannedSeries, planSeries, type SeriesWanted, wishesOf } from './plan-series.js';
import { refusedFor, type SeriesRefused, type SeriesReport, seriesRefused } from './report.js';
import { roomLeft, type Settled, settle } from './settle.js';
import { asReservation, asSeries, reportOf } from './show.js';
import { type OccurrenceToMake, toReserve, touchedBy } from './to-reserve.js';

export interface CreateSeries extends SeriesWanted {
  readonly mode: ConflictMode;
  readonly idempotencyKey: string | null;
  readonly dryRun: boolean;
}

export type CreateSeriesResult =
  | SeriesReport
  | SeriesRefused
  | InvalidInput
  | NotFound
  | IdempotencyKeyReused;

/** A race lost: another reservation came in between, or the rules have changed. */
const ATTEMPTS = 8;

/**
 * Makes all reservations of a recurrence rule in one go and says of each occurrence what became of it (S1, S2).
 * The number of statements does not depend on how many there are.
 * @returns the report, the first answer to the same key (D6), or why nothing was made
 */
export async function createSeries(ctx: ViewerCtx, input: CreateSeries): Promise<CreateSeriesResult> {
  const invalid =
    checkWords(input.title, input.details) ?? checkResources(input.resources) ?? checkMode(input.mode);
  if (invalid) return invalid;
  const resourceIds = input.resources.map(({ resourceId }) => resourceId);
  const asked = input.mode.kind === 'SUBSTITUTE' ? null : resourceIds;
  const notOnBehalf = await checkOnBehalf(ctx, input.ownerId, asked);
  if (notOnBehalf) return seriesRefused(notOnBehalf.reasons);
  const { dryRun, idempotencyKey: chosen, ...payload } = input;
  const key = idempotencyKey('series.create', chosen, payload);
  if (key && 'kind' in key) return key;
  const kept = input.dryRun ? null : key;
  for (let tries = 1; tries <= ATTEMPTS; tries++) {
    const result = (await answered(ctx, kept)) ?? (await tryCreate(ctx, input, kept));
    if (result === 'AGAIN') continue;
    // what refuses may be what a parallel call with the same key has made in between
    return ('kind' in result && (await answered(ctx, kept))) || result;
  }
  throw new Unavailable('the windows are contended; nothing was decided');
}

/** One attempt: expand, judge, and write unless something speaks against it; AGAIN where the facts changed in between. */
async function tryCreate(
  ctx: ViewerCtx,
  input: CreateSeries,
  key: IdempotencyKey | null,
): Promise<CreateSeriesResult | 'AGAIN'> {
  const planned = await planSeries(ctx, input);
  if ('kind' in planned) return planned;
  const { series, occurrences, plannedBy } = planned;
  const settled = await settle(ctx, wishesOf(planned), input.mode);
  if (!settled) return notFound(['input', 'resources'], 'resource');
  if (settled.docket.book.version !== plannedBy) return 'AGAIN';
  const invalid = checkOwners(settled.docket);
  if (invalid) return invalid;
  const refusal = refusalOf(occurrences, settled, input.mode);
  if (refusal) return refusal;
  const made = toReserve(occurrences, settled);
  if (input.dryRun) {
    const rows = made.map((one) => asReservation(one, series, settled.now));
    return { series: asSeries(series, settled.now), occurrences: reports(occurrences, settled, rows) };
  }
  try {
    const report = await givingWay(ctx, () =>
      ctx.db.transaction((tx) => write(ctx, tx, planned, settled, made, key)),
    );
    ctx.bus.wake({ kind: 'streams', resourceIds: touchedBy(made) });
    return report;
  } catch (error) {
    if (!(error instanceof NotPlaced || isNotPlaced(error))) throw error;
    if (key) await forgetOldAnswer(ctx.db, ctx.clock.fixed(), ctx.viewer.userId, key);
    return 'AGAIN';
  }
}

/** Why nothing is made: more conflicts than the mode leaves out, nothing that remains, or a horizon that is passed. */
function refusalOf(
  occurrences: readonly Occurrence[],
  { verdicts }: Settled,
  mode: ConflictMode,
): SeriesRefused | null {
  const leftOut = occurrences.flatMap((occurrence, index) => {
    const verdict = verdicts[index];
    return verdict && verdict.claims === null ? reportOf(occurrence, verdict, null) : [];
  });
  const isTooFar = leftOut.some(({ reasons }) => reasons.some(({ code }) => code === 'TOO_FAR_AHEAD'));
  const isTooMany = leftOut.length > mostLeftOut(mode) || leftOut.length === occurrences.length;
  return isTooFar || isTooMany ? refusedFor(leftOut) : null;
}

/** One report for each occurrence; `rows` are those of the ones that are not left out, by start. */
function reports(
  occurrences: readonly Occurrence[],
  { verdicts }: Settled,
  rows: readonly ReservationRow[],
): SeriesReport['occurrences'] {
  const byKey = new Map(rows.map((row) => [row.occurrence, row]));
  return occurrences.flatMap((occurrence, index) => {
    const verdict = verdicts[index];
    return verdict ? reportOf(occurrence, verdict, byKey.get(occurrence.key) ?? null) : [];
  });
}

async function write(
  ctx: ViewerCtx,
  tx: Queryable,
  { series, occurrences }: PlannedSeries,
  settled: Settled,
  made: readonly OccurrenceToMake[],
  key: IdempotencyKey | null,
): Promise<SeriesReport> {
  const now = ctx.clock.fixed();
  const source = sourceOf(ctx);
  const actorId = ctx.viewer.userId;
  await lockResources(tx, touchedBy(made));
  if (settled.dead.length > 0) await expireNamedHolds(tx, now, settled.dead, source);
  if (!(await roomLeft(tx, now, settled))) throw new NotPlaced();
  const row = await insertSeries(tx, now, series, { auditId: newId(), actorId, source });
  const { judgedBy } = settled;
  const rows = await reserveMany(tx, {
    now,
    seriesId: series.id,
    title: series.title,
    details: series.details,
    visibility: series.visibility,
    ownerId: series.ownerId,
    actorId,
    timeZone: series.timeZone,
    judgedBy,
    source,
    actId: null,
    occurrences: made,
  });
  if (!rows) throw new NotPlaced();
  const asks = made.flatMap(({ id, ask }) => (ask ? askInput(id, ask) : []));
  await askApprovals(tx, now, asks);
  await acceptTerms(
    ctx,
    tx,
    made.map(({ id, cases }) => ({ reservationId: id, cases })),
  );
  const report = { series: row, occurrences: reports(occurrences, settled, rows) };
  if (key) await keepAnswer(tx, now, actorId, key, report);
  return report;
}
