import type { Visibility } from '../../sql/reservations/reservation-json.js';
import type { Placement } from '../../sql/rules/read-placements.js';
import type { SeriesInput } from '../../sql/series/insert-series.js';
import type { SeriesResource } from '../../sql/series/series-row.js';
import type { ViewerCtx } from '../act.js';
import type { Wish } from '../decisions/case.js';
import { exemptRoleFor } from '../decisions/docket.js';
import { type InvalidInput, invalidInput, type NotFound, notFound } from '../failure.js';
import { newId } from '../ids.js';
import type { Occurrence } from '../schedules/recurrence.js';
import type { Recurrence } from '../schedules/recurrence-rule.js';
import { ruleBooksOf } from '../schedules/rule-books.js';
import { bookNow } from '../schedules/rule-reader.js';
import { expand } from './expand.js';
import type { SeriesRefused } from './report.js';

/** A series as it is asked for. */
export interface SeriesWanted {
  readonly title: string;
  readonly details: string;
  /** PUBLIC unless said otherwise. */
  readonly visibility?: Visibility;
  readonly resources: readonly SeriesResource[];
  /** The wall clock of the first occurrence; null as zone is that of the first resource. */
  readonly startsLocal: string;
  readonly endsLocal: string;
  readonly timeZone: string | null;
  readonly rrule: string;
  readonly exdates: readonly string[];
  readonly rdates: readonly string[];
  /** On whose behalf; null is the viewer. */
  readonly ownerId: string | null;
  /** The terms that are accepted with it, rule@version. */
  readonly acceptedTerms?: readonly string[];
}

/** So many claims of resources one series places at most. */
const MOST_CLAIMS = 5_000;

/** A series with all its occurrences, before anything is judged. */
export interface PlannedSeries {
  readonly series: SeriesInput;
  readonly occurrences: readonly Occurrence[];
  readonly accepts: readonly string[];
  /** The version of the rule book that gave the horizon. */
  readonly plannedBy: number;
}

/** Finds zone and occurrences of what is wanted, or why it cannot be a series at all. */
export async function planSeries(
  ctx: ViewerCtx,
  input: SeriesWanted,
): Promise<PlannedSeries | InvalidInput | NotFound | SeriesRefused> {
  const { title, details, resources, startsLocal, endsLocal, rrule, exdates, rdates } = input;
  const { book, placements } = await ruleBooksOf(ctx.db).placing(
    resources.map(({ resourceId }) => resourceId),
  );
  const placed = resources.flatMap(({ resourceId }) => placements.get(resourceId) ?? []);
  const [first] = placed;
  if (!first || placed.length < resources.length) return notFound(['input', 'resources'], 'resource');
  const recurrence: Recurrence = {
    rrule,
    startsLocal,
    endsLocal,
    timeZone: input.timeZone ?? first.timeZone,
    exdates,
    rdates,
  };
  const ownerId = input.ownerId ?? ctx.viewer.userId;
  const role = await exemptRoleFor(ctx, ownerId);
  const occurrences = expand(ctx, recurrence, placed as [Placement, ...Placement[]], book, role);
  if ('kind' in occurrences) {
    // Nothing behind this refusal would notice that the copy of the rules is old.
    const { version } = await bookNow(ctx);
    return version === book.version ? occurrences : planSeries(ctx, input);
  }
  if (occurrences.length * resources.length > MOST_CLAIMS) {
    return invalidInput(
      ['input', 'resources'],
      `Occurrences times resources: at most ${MOST_CLAIMS} at once.`,
    );
  }
  const series = {
    id: newId(),
    ...recurrence,
    title: title.trim(),
    details,
    visibility: input.visibility ?? ('PUBLIC' as const),
    ownerId,
    creatorId: ctx.viewer.userId,
    resources,
    previousId: null,
  };
  return { series, occurrences, accepts: input.acceptedTerms ?? [], plannedBy: book.version };
}

/** What each occurrence asks for. */
export const wishesOf = ({ series: { resources, ownerId }, occurrences, accepts }: PlannedSeries): Wish[][] =>
  occurrences.map(({ startsAt, endsAt }) =>
    resources.map((resource) => ({
      ...resource,
      window: { startsAt, endsAt },
      ownerId,
      keepsStart: false,
      accepts,
    })),
  );
