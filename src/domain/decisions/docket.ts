import { type PersonFacts, readPeople } from '../../sql/people/read-people.js';
import type { Placement } from '../../sql/rules/read-placements.js';
import { acceptedTerms } from '../../sql/terms/acceptances.js';
import type { JudgingCtx, Role, ViewerCtx } from '../act.js';
import type { RuleBook } from '../schedules/rule-book.js';
import { ruleBooksOf } from '../schedules/rule-books.js';
import { localDate } from '../time/local-day.js';
import { exemptRole, openCase, type Parties, type Wish } from './case.js';
import type { CaseSet } from './decide.js';
import { asksForPerson } from './judge-access.js';
import { termsKey, termsToLookUp } from './judge-terms.js';
import { sharing } from './sharing.js';

/** The wishes of a request, one set for each reservation, with the rules and people that decide about them. */
export interface Docket {
  readonly book: RuleBook;
  readonly placements: ReadonlyMap<string, Placement>;
  readonly parties: Parties;
  /** A case for each wish, at the instant at which the docket was opened. */
  readonly sets: readonly CaseSet[];
}

/** An owner who does not exist can have nothing. */
const NOBODY: Omit<PersonFacts, 'id'> = { role: 'GUEST', active: false, groupIds: [], trainings: [] };

/** The viewer as far as rules ask for no more than the role. */
export const viewerAsPerson = ({ viewer }: Pick<JudgingCtx, 'viewer'>): PersonFacts => ({
  id: viewer.userId,
  role: viewer.role,
  active: true,
  groupIds: [],
  trainings: [],
});

/** Whose role may be exempt where the viewer acts for that owner; reads the owner only where it is theirs. */
export async function exemptRoleFor(ctx: JudgingCtx, ownerId: string): Promise<Role> {
  const { userId, role } = ctx.viewer;
  if (ownerId === userId || exemptRole(role, 'GUEST') === role) return role;
  return (await readPeople(ctx.db, [ownerId])).get(ownerId)?.role ?? 'GUEST';
}

/** Whether the rules ask for more of the owner than their role. */
function needsPerson(wish: Wish, book: RuleBook, of: Placement): boolean {
  const { access, quotas } = book.inForce(of, localDate(wish.window.startsAt.getTime(), of.timeZone));
  // Also a version of another date: what counts for a group then counts this reservation, and is locked for it.
  const countsGroup = () => book.quotasOf(of).some(({ settings }) => settings.groupId !== null);
  return asksForPerson(access?.settings ?? null) || (quotas.length > 0 && countsGroup());
}

/** Reads the owners that are somebody else, and the viewer only where a rule asks for more than the role. */
async function readOwners(
  ctx: ViewerCtx,
  wishes: readonly Wish[],
  book: RuleBook,
  placements: Docket['placements'],
): Promise<ReadonlyMap<string, PersonFacts>> {
  const mine = ctx.viewer.userId;
  const wanted = new Set(wishes.map(({ ownerId }) => ownerId));
  // A quota of one wish may count all others, whoever owns them.
  const asks = (wish: Wish) => needsPerson(wish, book, placements.get(wish.resourceId) as Placement);
  if (wanted.has(mine) && !wishes.some(asks)) wanted.delete(mine);
  const known = wanted.size > 0 ? await readPeople(ctx.db, [...wanted]) : new Map<string, PersonFacts>();
  const owners = new Map([[mine, viewerAsPerson(ctx)]]);
  for (const id of wanted) owners.set(id, known.get(id) ?? { ...NOBODY, id });
  return owners;
}

/** Looks everything up that decides, mostly in memory. Null where one of the resources is unknown. */
export async function openDocket(ctx: ViewerCtx, sets: readonly (readonly Wish[])[]): Promise<Docket | null> {
  const wishes = sets.flat();
  const { book, placements } = await ruleBooksOf(ctx.db).placing(wishes.map(({ resourceId }) => resourceId));
  if (wishes.some(({ resourceId }) => !placements.has(resourceId))) return null;
  const owners = await readOwners(ctx, wishes, book, placements);
  const parties = { actorRole: ctx.viewer.role, owners };
  const now = ctx.clock.now().getTime();
  const known = { book, placements, parties };
  const open = (given: Omit<Docket, 'sets'>) => ({
    ...given,
    sets: sets.map((each) => casesOf(each, given, now)),
  });
  const docket = open(known);
  const ruleIds = book.asksForTerms ? termsToLookUp(docket.sets.flat()) : [];
  if (ruleIds.length === 0) return docket;
  const before = await acceptedTerms(ctx.db, ctx.viewer.userId, ruleIds);
  const accepted = new Set(before.map(({ ruleId, version }) => termsKey(ruleId, version)));
  return open({ ...known, parties: { ...parties, accepted } });
}

/** The cases of one reservation, all of whose resources and owners are known. */
export function casesOf(
  wishes: readonly Wish[],
  { book, placements, parties }: Omit<Docket, 'sets'>,
  now: number,
): CaseSet {
  const beside = sharing(wishes, book);
  const placed = (id: string) => placements.get(id) as Placement;
  return wishes.map((wish) => {
    const others = beside(wish.resourceId).map(placed);
    return openCase(wish, book, placed(wish.resourceId), others, now, parties);
  });
}

/** The cases of the docket at another instant. */
export const casesAt = ({ sets }: Docket, now: number): readonly CaseSet[] =>
  sets.map((cases) => cases.map((at) => ({ ...at, now })));
