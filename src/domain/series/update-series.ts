import { forgetOldAnswer, keepAnswer } from '../../sql/reservations/idempotency.js';
import type { Destination } from '../../sql/reservations/move-reservations.js';
import { type IdempotencyKey, isNotPlaced } from '../../sql/reservations/reserve.js';
import type { Queryable } from '../../sql/statement.js';
import type { ViewerCtx } from '../act.js';
import { near } from '../decisions/claims.js';
import {
  type IdempotencyKeyReused,
  type InvalidInput,
  invalidInput,
  notFound,
  Unavailable,
} from '../failure.js';
import { givingWay } from '../giving-way.js';
import { checkResources, checkWords } from '../reservations/check-request.js';
import { idempotencyKey } from '../reservations/idempotency-key.js';
import { answered } from './answered.js';
import { type ConflictMode, checkMode } from './conflict-mode.js';
import { editRefusal, editReport, rehearsedEdit } from './edit-report.js';
import { NotPlaced } from './not-placed.js';
import { planEdit, type SeriesEdit } from './plan-edit.js';
import { type SeriesReport, seriesRefused } from './report.js';
import { readSeriesToChange, type SeriesAct, type SeriesProblem } from './series-target.js';
import { destinationsOf, type SettledMoves, settleMoves } from './settle-edit.js';
import { writeEdit } from './write-edit.js';

export interface UpdateSeries extends SeriesAct, SeriesEdit {
  readonly mode: ConflictMode;
  readonly idempotencyKey: string | null;
  readonly dryRun: boolean;
}

export type ChangeSeriesResult = SeriesReport | SeriesProblem | IdempotencyKeyReused;

const ATTEMPTS = 8;
const TIME = /^([01]\d|2[0-3]):[0-5]\d$/;

function checkEdit({
  title,
  details,
  startTime,
  endTime,
  resources,
  visibility = null,
  mode,
}: UpdateSeries): InvalidInput | null {
  if ([title, details, startTime, endTime, resources, visibility].every((part) => part === null)) {
    return invalidInput(['input'], 'Say what shall change.');
  }
  for (const [name, time] of Object.entries({ startTime, endTime })) {
    if (time !== null && !TIME.test(time))
      return invalidInput(['input', name], 'A time of day looks like 09:00.');
  }
  return checkWords(title, details) ?? (resources && checkResources(resources)) ?? checkMode(mode);
}

/**
 * Changes words, times of day or resources of one occurrence, of it and those behind it, or of all (S3). What is over
 * or has begun stays, and so does what was moved, changed or cancelled by hand. One occurrence goes its own way from
 * then on; this and following begins a series of its own.
 * @returns the series that has changed with what became of each occurrence, the first answer to the same key, or why not
 */
export async function updateSeries(ctx: ViewerCtx, input: UpdateSeries): Promise<ChangeSeriesResult> {
  const invalid = checkEdit(input);
  if (invalid) return invalid;
  const { dryRun, idempotencyKey: chosen, ...payload } = input;
  const key = idempotencyKey('series.update', chosen, payload);
  if (key && 'kind' in key) return key;
  const kept = dryRun ? null : key;
  for (let tries = 1; tries <= ATTEMPTS; tries++) {
    const result = (await answered(ctx, kept)) ?? (await tryUpdate(ctx, input, kept));
    if (result === 'AGAIN') continue;
    return ('kind' in result && (await answered(ctx, kept))) || result;
  }
  throw new Unavailable('the series is contended; nothing was decided');
}

/** One attempt: judge, and unless something speaks against it, write; AGAIN where the facts changed in between. */
async function tryUpdate(
  ctx: ViewerCtx,
  input: UpdateSeries,
  key: IdempotencyKey | null,
): Promise<ChangeSeriesResult | 'AGAIN'> {
  const target = await readSeriesToChange(ctx, input);
  if ('kind' in target) return target;
  const trimmed = { ...input, title: input.title?.trim() ?? null };
  const plan = planEdit(target, trimmed, input.scope);
  if ('kind' in plan) return plan.kind === 'ReservationRefused' ? seriesRefused(plan.reasons) : plan;
  const moves = plan.moves.length > 0 ? await settleMoves(ctx, plan.moves, input.mode) : null;
  if (plan.moves.length > 0 && !moves) return notFound(['input', 'resources'], 'resource');
  const to = moves ? destinationsOf(moves, target.series.timeZone, plan.places) : [];
  const decided = { target, plan, moves, to, touched: moves ? touchedBy(moves, to) : [] };
  const refusal = editRefusal(decided, input.mode);
  if (refusal) return refusal;
  if (input.dryRun) return editReport(decided, rehearsedEdit(ctx, decided));
  try {
    const write = async (tx: Queryable) => {
      const answer = editReport(decided, await writeEdit(ctx, tx, decided));
      if (key) await keepAnswer(tx, ctx.clock.fixed(), ctx.viewer.userId, key, answer);
      return answer;
    };
    const report = await givingWay(ctx, () => ctx.db.transaction(write));
    ctx.bus.wake({ kind: 'streams', resourceIds: [...decided.touched] });
    return report;
  } catch (error) {
    if (!(error instanceof NotPlaced || isNotPlaced(error))) throw error;
    if (key) await forgetOldAnswer(ctx.db, ctx.clock.fixed(), ctx.viewer.userId, key);
    return 'AGAIN';
  }
}

/** Every resource that the moves leave or come to, parts and wholes included. */
function touchedBy({ movers, settled }: SettledMoves, to: readonly Destination[]): string[] {
  const { book } = settled.docket;
  const left = movers.flatMap(({ move }) => move.before.claims.map(({ resourceId }) => resourceId));
  const taken = to.flatMap(({ claims }) => claims.map(({ resourceId }) => resourceId));
  return [...new Set([...taken, ...left.flatMap((id) => near(book, id))])];
}
