import { type PersonFacts, readPeople } from '../../sql/people/read-people.js';
import type { Placement } from '../../sql/rules/read-placements.js';
import type { ViewerCtx } from '../act.js';
import type { RuleBook } from '../schedules/rule-book.js';
import { ruleBooksOf } from '../schedules/rule-books.js';
import { localDate } from '../time/local-day.js';
import { type Case, openCase, type Parties, type Wish } from './case.js';
import type { CaseSet } from './decide.js';
import { asksForPerson } from './judge-access.js';

/** The wishes of a request, one set for each reservation, with the rules and people that decide about them. */
export interface Docket {
  readonly book: RuleBook;
  readonly sets: readonly (readonly Wish[])[];
  readonly placements: ReadonlyMap<string, Placement>;
  readonly parties: Parties;
}

/** The viewer as far as rules ask for no more than the role. */
export const viewerAsPerson = ({ viewer }: ViewerCtx): PersonFacts => ({
  id: viewer.userId,
  role: viewer.role,
  active: true,
  groupIds: [],
  trainings: [],
});

/** Whether the rules ask for more of the owner than their role. */
function needsPerson(wish: Wish, book: RuleBook, of: Placement): boolean {
  const { access, quotas } = book.inForce(of, localDate(wish.window.startsAt.getTime(), of.timeZone));
  return asksForPerson(access?.settings ?? null) || quotas.some(({ settings }) => settings.groupId !== null);
}

/** Reads the owners that are somebody else, and the viewer only where a rule asks for more than the role. */
async function readOwners(ctx: ViewerCtx, wishes: readonly Wish[], docket: Omit<Docket, 'parties'>) {
  const mine = ctx.viewer.userId;
  const wanted = new Set(wishes.map(({ ownerId }) => ownerId).filter((id) => id !== mine));
  const asks = (wish: Wish) =>
    wish.ownerId === mine &&
    needsPerson(wish, docket.book, docket.placements.get(wish.resourceId) as Placement);
  if (wishes.some(asks)) wanted.add(mine);
  const owners = wanted.size > 0 ? await readPeople(ctx.db, [...wanted]) : new Map<string, PersonFacts>();
  return wanted.has(mine) ? owners : new Map([...owners, [mine, viewerAsPerson(ctx)]]);
}

/** Looks everything up that decides, mostly in memory. Null where one of the resources is unknown. */
export async function openDocket(ctx: ViewerCtx, sets: readonly (readonly Wish[])[]): Promise<Docket | null> {
  const wishes = sets.flat();
  const { book, placements } = await ruleBooksOf(ctx.db).placing(wishes.map(({ resourceId }) => resourceId));
  if (wishes.some(({ resourceId }) => !placements.has(resourceId))) return null;
  const owners = await readOwners(ctx, wishes, { book, sets, placements });
  return { book, sets, placements, parties: { actorRole: ctx.viewer.role, owners } };
}

/** The cases of the docket at that instant, in sets as the wishes. */
export const casesOf = ({ book, sets, placements, parties }: Docket, now: number): readonly CaseSet[] =>
  sets.map((wishes) =>
    wishes.map((wish): Case => {
      const of = placements.get(wish.resourceId) as Placement;
      return openCase(wish, book, of, now, parties);
    }),
  );
