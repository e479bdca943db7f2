import { type OutlookRow, readOutlook } from '../../sql/availability/read-outlook.js';
import { type PersonFacts, readPeople } from '../../sql/people/read-people.js';
import type { Placement } from '../../sql/rules/read-placements.js';
import { readUsage, type UsedSpan } from '../../sql/rules/read-usage.js';
import type { JudgingCtx } from '../act.js';
import { exemptRole } from '../decisions/case.js';
import { casesOf, type Docket, viewerAsPerson } from '../decisions/docket.js';
import { asksForPerson } from '../decisions/judge-access.js';
import { quotaCounts } from '../decisions/quota.js';
import type { Access, Quota } from '../schedules/rule.js';
import type { RuleBook } from '../schedules/rule-book.js';
import { ruleBooksOf } from '../schedules/rule-books.js';
import type { Stretch } from '../time/stretch.js';
import { Inquiry, type InquiryFacts, type KeptStart } from './inquiry.js';

export interface InquiryWish {
  readonly resourceIds: readonly string[];
  /** In which the windows lie; ms since 1970. */
  readonly within: Stretch;
  /** Whose reservation it would be; null is the viewer. */
  readonly ownerId?: string | null;
  /** Whether quotas count. */
  readonly countsQuotas: boolean;
  /** Reservations that do not count: those being moved. */
  readonly besides?: readonly string[];
  readonly kept?: KeptStart | null;
  /** How many of the next uses of each resource are read; all of them without it. */
  readonly mostUses?: number;
}

const ALL_USES = 100_000;
const HALF_DAY = 43_200_000;
/** No quota counts a longer period than a month; a day more for the zones. */
const PERIOD = 32 * 86_400_000;

/** Whether any rule looks at more of people than their role. */
const asksForPeople = ({ row }: RuleBook): boolean =>
  row.rules.some(
    ({ kind, settings }) =>
      (kind === 'ACCESS' && asksForPerson(settings as Access | null)) ||
      (kind === 'QUOTA' && (settings as Quota | null)?.groupId != null),
  );

/** Whose reservation it would be; reads a statement only where it is somebody else or rules look at people. */
async function readOwner(ctx: JudgingCtx, ownerId: string, book: RuleBook): Promise<PersonFacts | null> {
  if (ownerId === ctx.viewer.userId && !asksForPeople(book)) return viewerAsPerson(ctx);
  return (await readPeople(ctx.db, [ownerId])).get(ownerId) ?? null;
}

/** An instant of every local date that the stretch meets, in any zone. */
function instantsOf({ from, to }: Stretch): number[] {
  const instants = [to];
  for (let at = from; at < to; at += HALF_DAY) instants.push(at);
  return instants;
}

/** What is used of every quota that could count in the stretch, in one statement; none where there is no quota. */
async function readQuotas(
  ctx: JudgingCtx,
  { within, besides = [] }: InquiryWish,
  resources: readonly OutlookRow[],
  ownerId: string,
  docket: Omit<Docket, 'sets'>,
): Promise<Map<string, readonly UsedSpan[]>> {
  if (!docket.book.row.rules.some(({ kind }) => kind === 'QUOTA')) return new Map();
  const wishes = resources.flatMap(({ id }) =>
    instantsOf(within).map((at) => {
      const window = { startsAt: new Date(at), endsAt: new Date(at + 1) };
      return { resourceId: id, quantity: 1, window, ownerId, keepsStart: false };
    }),
  );
  const counts = quotaCounts(wishes.flatMap((wish) => casesOf([wish], docket, 0)));
  const byKey = new Map(counts.map((count) => [count.key, count]));
  const [from, to] = [within.from - PERIOD, within.to + PERIOD];
  const questions = [...byKey.values()].map((count) => ({ ...count, from, to }));
  if (questions.length === 0) return new Map();
  const used = await readUsage(ctx.db, ctx.clock.fixed(), questions, besides);
  return new Map(questions.map(({ key }, index) => [key, used[index] ?? []]));
}

/** What there is of resources at one instant, with the rules of that instant. */
export interface Prospect extends Pick<InquiryFacts, 'book' | 'now' | 'resources'> {}

/** Reads it in one statement; null where none of the resources exists. */
export async function readProspect(
  ctx: Pick<JudgingCtx, 'db' | 'clock'>,
  wish: Pick<InquiryWish, 'resourceIds' | 'within' | 'mostUses' | 'besides'>,
): Promise<Prospect | null> {
  for (;;) {
    const book = await ruleBooksOf(ctx.db).current();
    const outlook = await readOutlook(ctx.db, ctx.clock.fixed(), {
      ...wish.within,
      ...book.widestBuffers,
      resourceIds: wish.resourceIds,
      most: wish.mostUses ?? ALL_USES,
      besides: wish.besides ?? [],
    });
    if (!outlook) return null;
    if (outlook.bookVersion !== book.version) {
      await ruleBooksOf(ctx.db).renew(book.version);
      continue;
    }
    const { now, resources } = outlook;
    return { book, now, resources };
  }
}

/**
 * Reads all that decides about the resources in the stretch: one statement, one more where rules look at people,
 * and one where quotas count.
 * @returns null where none of the resources exists, or the owner does not or is not active
 */
export async function openInquiry(ctx: JudgingCtx, wish: InquiryWish): Promise<Inquiry | null> {
  const ownerId = wish.ownerId ?? ctx.viewer.userId;
  const prospect = await readProspect(ctx, wish);
  const owner = prospect && (await readOwner(ctx, ownerId, prospect.book));
  if (!prospect || !owner?.active) return null;
  const { book, resources } = prospect;
  const actorRole = exemptRole(ctx.viewer.role, owner.role);
  const parties = { actorRole, owners: new Map([[ownerId, owner]]) };
  const placements = new Map(resources.map((resource) => [resource.id, resource]));
  const usage = wish.countsQuotas
    ? await readQuotas(ctx, wish, resources, ownerId, { book, placements, parties })
    : new Map<string, readonly UsedSpan[]>();
  const { within, kept = null } = wish;
  return new Inquiry({ ...prospect, ownerId, parties, within, usage, kept });
}

/** What passes for a person who is known, by what was read already; quotas aside. */
export const inquiryFor = (prospect: Prospect, person: PersonFacts, within: Stretch): Inquiry =>
  new Inquiry({
    ...prospect,
    ownerId: person.id,
    parties: { actorRole: person.role, owners: new Map([[person.id, person]]) },
    within,
    usage: new Map(),
    kept: null,
  });

/** The same for resources that have room, as somebody else has read already: only the rules are to be asked. */
export async function inquiryWithoutUses(
  ctx: JudgingCtx,
  book: RuleBook,
  resources: readonly (Placement & Pick<OutlookRow, 'capacity' | 'seats'>)[],
  within: Stretch,
): Promise<Inquiry | null> {
  const ownerId = ctx.viewer.userId;
  const owner = await readOwner(ctx, ownerId, book);
  if (!owner) return null;
  return new Inquiry({
    book,
    now: ctx.clock.now().getTime(),
    ownerId,
    parties: { actorRole: ctx.viewer.role, owners: new Map([[ownerId, owner]]) },
    resources: resources.map((resource) => ({ ...resource, active: true, uses: [] })),
    within,
    usage: new Map(),
    kept: null,
  });
}
