import { readPeople } from '../../sql/people/read-people.js';
import type { WaitTarget } from '../../sql/waitlist/write-wait.js';
import type { ViewerCtx } from '../act.js';
import { openInquiry } from '../availability/open-inquiry.js';
import { viewerAsPerson } from '../decisions/docket.js';
import { judge } from '../decisions/judge.js';
import { type ReasonCode, type ReservationRefused, refused } from '../decisions/reason.js';
import type { Standing, WaitTerms } from '../schedules/rule.js';
import { type JoinWaitlist, startsOf } from './check-join.js';
import { firstFit } from './first-fit.js';
import { priorityOf, waitTermsOf } from './wait-terms.js';

/** A wish that time can grant, and how it waits. */
export interface Hopes {
  readonly priority: number;
  readonly rule: Standing<'WAITLIST'> | null;
  readonly terms: WaitTerms;
}

/** What may change while one waits. */
const PASSING: ReadonlySet<ReasonCode> = new Set([
  'SLOT_TAKEN',
  'SLOT_HELD',
  'BUFFER_CONFLICT',
  'CAPACITY_EXCEEDED',
]);

/**
 * Whether the wish would be granted if nothing were reserved.
 * @returns null where a resource is unknown; why not, for the first window and what was asked for, where it would not
 */
export async function judgeHopes(
  ctx: ViewerCtx,
  input: JoinWaitlist,
  targets: readonly WaitTarget[],
): Promise<Hopes | ReservationRefused | null> {
  const { firstStart, lastStart, lengthMs } = startsOf(input);
  const { userId: ownerId } = ctx.viewer;
  const inquiry = await openInquiry(ctx, {
    resourceIds: [...new Set(targets.map(({ resourceId }) => resourceId))],
    within: { from: firstStart, to: lastStart + lengthMs },
    countsQuotas: true,
    mostUses: 0,
  });
  const [first] = input.resources;
  const of = inquiry?.resource(first?.resourceId ?? '');
  if (!inquiry || !of || !input.resources.every(({ resourceId }) => inquiry.resource(resourceId)))
    return null;
  if (firstFit(inquiry, { firstStart, lastStart, lengthMs, targets })) {
    const { rule, terms } = waitTermsOf(inquiry.book, of, firstStart);
    const asksForGroups = terms.priorities.some(({ groupIds }) => groupIds.length > 0);
    const read = asksForGroups ? (await readPeople(ctx.db, [ownerId])).get(ownerId) : null;
    return { rule, terms, priority: priorityOf(terms, read ?? viewerAsPerson(ctx)) };
  }
  const window = { startsAt: new Date(firstStart), endsAt: new Date(firstStart + lengthMs) };
  const wishes = input.resources.map((resource) => ({ ...resource, window, ownerId, keepsStart: false }));
  const judged = await judge(ctx, [wishes], { suggests: false });
  if (!judged) return null;
  const lasting = judged.reasons.filter(({ code }) => !PASSING.has(code));
  return refused(lasting.length > 0 ? lasting : judged.reasons);
}
