import { importedEvents } from '../../sql/feeds/imported-events.js';
import type { ActRow, ReservationRow } from '../../sql/reservations/reservation-json.js';
import type { ViewerCtx } from '../act.js';
import { judgeWindow } from '../decisions/judge-window.js';
import type { Reason, ReservationRefused } from '../decisions/reason.js';
import { type InvalidInput, type NotFound, notFound, Unavailable } from '../failure.js';
import { checkOnBehalf, checkOwners } from '../reservations/check-owner.js';
import { checkResources } from '../reservations/check-request.js';
import { ruleBooksOf } from '../schedules/rule-books.js';
import { settle } from '../series/settle.js';
import { type ImportReport, type ReservationsImportRefused, refusalOf, reported } from './import-report.js';
import { planEvents, type WantedEvent, type WantedEvents } from './plan-events.js';
import { asReservation, grantedEvents, type ImportTarget, writeEvents } from './write-events.js';

export interface ImportReservations {
  /** An iCalendar file. */
  readonly text: string;
  /** What each of its events reserves; by the first one a second import knows them. */
  readonly resources: readonly { readonly resourceId: string; readonly quantity: number }[];
  /** On whose behalf; null is the viewer. */
  readonly ownerId: string | null;
  /** Makes the reservations that can be made where others cannot. */
  readonly skipRefused: boolean;
  /** The terms that are accepted with it, rule@version. */
  readonly acceptedTerms?: readonly string[];
  readonly dryRun: boolean;
}

export type ImportResult =
  | ImportReport
  | ReservationsImportRefused
  | ReservationRefused
  | InvalidInput
  | NotFound;

/** A race lost: another reservation came in between, or the rules have changed. */
const ATTEMPTS = 8;
const SKIP = { kind: 'SKIP', maxConflicts: null, sameAttributes: false } as const;

/**
 * Makes each event of an iCalendar file a reservation, judged like any other, all at one instant and in order of
 * time; all of them or, where one is refused or wrong, none, unless `skipRefused` says to leave those out. An event
 * that was imported before for this owner and resource is left as it has become. Events that are over are counted.
 * A dry run answers the same and writes nothing.
 */
export async function importReservations(ctx: ViewerCtx, input: ImportReservations): Promise<ImportResult> {
  const ids = input.resources.map(({ resourceId }) => resourceId);
  const refusal = checkResources(input.resources) ?? (await checkOnBehalf(ctx, input.ownerId, ids));
  if (refusal) return refusal;
  const { placements } = await ruleBooksOf(ctx.db).placing(ids);
  const [first] = ids.flatMap((id) => placements.get(id) ?? []);
  if (!first || !ids.every((id) => placements.has(id))) return notFound(['input', 'resources'], 'resource');
  const { timeZone, id: resourceId } = first;
  const wanted = await planEvents(input.text, timeZone, ctx.clock.now().getTime());
  if ('kind' in wanted) return wanted;
  const target = { ownerId: input.ownerId ?? ctx.viewer.userId, resourceId, timeZone };
  for (let tries = 1; tries <= ATTEMPTS; tries++) {
    const result = await tryImport(ctx, input, target, wanted);
    if (result !== 'AGAIN') return result;
  }
  throw new Unavailable('the windows are contended; nothing was decided');
}

/** What is known of the windows before the engine is asked: imported before, or no windows at all. */
async function sortOut(ctx: ViewerCtx, target: ImportTarget, events: readonly WantedEvent[]) {
  const uids = events.map(({ uid }) => uid);
  const known = await importedEvents(ctx.db, ctx.clock.fixed(), target, uids);
  const refused = new Map<WantedEvent, readonly Reason[]>();
  const fresh: WantedEvent[] = [];
  for (const event of events) {
    const broken = judgeWindow(event);
    if (known.has(event.uid)) continue;
    if (broken) refused.set(event, [broken]);
    else fresh.push(event);
  }
  return { known, refused, fresh };
}

/** One attempt: judge, and write unless something speaks against it; AGAIN where the facts changed in between. */
async function tryImport(
  ctx: ViewerCtx,
  { resources, skipRefused, dryRun, acceptedTerms: accepts = [] }: ImportReservations,
  target: ImportTarget,
  { events, ...counts }: WantedEvents,
): Promise<ImportResult | 'AGAIN'> {
  const { known, refused, fresh } = await sortOut(ctx, target, events);
  const { ownerId } = target;
  const wishes = fresh.map(({ startsAt, endsAt }) => {
    const window = { startsAt, endsAt };
    return resources.map((resource) => ({ ...resource, window, ownerId, keepsStart: false, accepts }));
  });
  const settled = await settle(ctx, wishes, SKIP);
  if (!settled) return notFound(['input', 'resources'], 'resource');
  const invalid = checkOwners(settled.docket);
  if (invalid) return invalid;
  for (const [index, event] of fresh.entries()) {
    const verdict = settled.verdicts[index];
    if (verdict?.claims === null) refused.set(event, verdict.reasons);
  }
  const granted = grantedEvents(fresh, settled, target.timeZone);
  const reportWith = (rows: readonly ReservationRow[], act: ActRow | null): ImportReport => {
    const made = new Map(granted.map(({ event }, index) => [event, rows[index]]));
    const became = (event: WantedEvent) => {
      const before = known.get(event.uid);
      return before
        ? reported(event, 'KNOWN', before)
        : reported(event, refused.has(event) ? 'REFUSED' : 'RESERVED', made.get(event), refused.get(event));
    };
    return { ...counts, events: events.map(became), act };
  };
  const rehearsed = reportWith(
    granted.map((each) => asReservation(ctx, each, target, settled.now)),
    null,
  );
  const refusal = skipRefused ? null : refusalOf(rehearsed);
  if (refusal || dryRun || granted.length === 0) return refusal ?? rehearsed;
  const written = await writeEvents(ctx, target, granted, settled);
  return written ? reportWith(written.rows, written.act) : 'AGAIN';
}
