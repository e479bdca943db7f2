import type { PasswordHasher } from '../domain/users/password-hasher.js';
import type { Clock } from '../ports/clock.js';
import { type Database, type Queryable, statement } from '../sql/statement.js';
import { demoCircles } from './circles.js';
import { demoManagers } from './managers.js';
import { DemoOwners } from './owners.js';
import { demoAddOns, demoParts } from './parts.js';
import { demoPeople } from './people.js';
import { demoPlaces } from './places.js';
import { Random } from './random.js';
import { demoReservations } from './reservations.js';
import { type DemoResource, demoResources } from './resources.js';
import { demoRules } from './rules.js';
import * as table from './tables.js';
import { demoTypes } from './types.js';

/** The password of every demo person. Only ever written into an empty database outside production. */
export const DEMO_PASSWORD = 'holdfast-demo-1';

export interface DemoSummary {
  readonly sites: number;
  readonly resources: number;
  readonly users: number;
  readonly reservations: number;
}

const EMPTY = statement<{ empty: boolean }>('demo-empty', 'select not exists (select from place) as empty');

const SEED = 20_270_301;

/**
 * Writes a believable organisation into an empty database, through the same constraints as everything else:
 * three sites in three time zones, some seventy resources, 40 people, rules, and two weeks of reservations around now.
 * Null, and nothing written, where the database knows a place already.
 */
export async function seedDemo(
  db: Database,
  clock: Clock,
  hasher: PasswordHasher,
): Promise<DemoSummary | null> {
  const [first] = await db.query(EMPTY, []);
  if (!first?.empty) return null;
  const { count, tables } = await organisation(clock.now(), hasher);
  await db.transaction(async (tx: Queryable) => {
    for (const [into, rows] of tables) await tx.query(into, [JSON.stringify(rows)]);
  });
  return count;
}

type Rows = readonly (readonly [into: typeof table.USERS, rows: readonly object[]])[];

/** Everything that there is, table by table, what is named before what names it. */
async function organisation(
  now: Date,
  hasher: PasswordHasher,
): Promise<{ count: DemoSummary; tables: Rows }> {
  const random = new Random(SEED);
  const password_hash = await hasher.hash(DEMO_PASSWORD);
  const people = demoPeople();
  const { places, sites } = demoPlaces();
  const types = demoTypes();
  const resources = demoResources(sites, types, random);
  const kinds = new Map(Object.values(types).map(({ id, name }) => [id, name]));
  const kindOf = ({ type_id }: DemoResource) => kinds.get(type_id) ?? '';
  const parts = demoParts(resources);
  const { group, training, members, trained } = demoCircles(people);
  const owners = new DemoOwners(people, trained, types.room.id, random);
  const reservations = demoReservations(resources, parts, kindOf, owners, now, random);
  const granted_at = now.toISOString();
  const tables: Rows = [
    [table.USERS, people.map((person) => ({ ...person, password_hash }))],
    [table.PLACES, places],
    [table.TYPES, Object.values(types)],
    [table.RESOURCES, resources.map((each) => (each.type_id === types.instrument.id ? byRule(each) : each))],
    [table.MANAGERS, demoManagers(resources, types, people)],
    [table.PARTS, parts],
    [table.ADD_ONS, demoAddOns(resources, types)],
    [table.GROUPS, [group]],
    [table.MEMBERS, members.map(({ id }) => ({ group_id: group.id, user_id: id }))],
    [table.TRAININGS, [training]],
    [table.TRAINED, trained.map(({ id }) => ({ training_id: training.id, user_id: id, granted_at }))],
    [table.RULES, demoRules(types, resources, group.id, training.id, now)],
    [table.RESERVATIONS, reservations],
    [table.CLAIMS, reservations],
  ];
  const count = {
    sites: sites.length,
    resources: resources.length,
    users: people.length,
    reservations: reservations.length,
  };
  return { count, tables };
}

/** Without buffers of its own, which are left to the rule. */
const byRule = (resource: DemoResource): DemoResource => ({
  ...resource,
  setup_minutes: 0,
  teardown_minutes: 0,
});
