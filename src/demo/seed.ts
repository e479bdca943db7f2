import type { PasswordHasher } from '../domain/users/password-hasher.js';
import type { Clock } from '../ports/clock.js';
import { type Database, type Queryable, statement } from '../sql/statement.js';
import { demoManagers } from './managers.js';
import { demoAddOns, demoParts } from './parts.js';
import { demoPeople } from './people.js';
import { demoPlaces } from './places.js';
import { Random } from './random.js';
import { demoReservations } from './reservations.js';
import { demoResources } from './resources.js';
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

const insert = (table: string, columns: string, rowType: string, select = columns) =>
  statement<never>(
    `demo-${table}`,
    `insert into ${table} (${columns}) select ${select} from jsonb_to_recordset($1::jsonb) as row (${rowType})`,
  );

const USERS = insert(
  'app_user',
  'id, email, name, role, time_zone, password_hash',
  'id uuid, email text, name text, role text, time_zone text, password_hash text',
);
const PLACES = insert(
  'place',
  'id, parent_id, kind, name, time_zone, path',
  'id uuid, parent_id uuid, kind text, name text, time_zone text, path uuid[]',
);
const TYPES = insert(
  'resource_type',
  'id, name, description, attributes',
  'id uuid, name text, description text, attributes jsonb',
);
const RESOURCES = insert(
  'resource',
  'id, name, description, type_id, place_id, time_zone, pooled, capacity, seats, status, status_reason, tags, attributes, setup_minutes, teardown_minutes, add_on_only',
  `id uuid, name text, description text, type_id uuid, place_id uuid, time_zone text, pooled boolean, capacity integer, seats integer,
   status text, status_reason text, tags text[], attributes jsonb, setup_minutes integer, teardown_minutes integer, add_on_only boolean`,
);
const MANAGERS = insert('resource_manager', 'resource_id, user_id', 'resource_id uuid, user_id uuid');
const PARTS = insert(
  'resource_part',
  'whole_id, part_id, depth',
  'whole_id uuid, part_id uuid',
  'whole_id, part_id, 1',
);
const ADD_ONS = insert(
  'resource_add_on',
  'resource_id, pool_id, most',
  'resource_id uuid, pool_id uuid, most integer',
);
const RESERVATIONS = insert(
  'reservation',
  'id, title, owner_id, creator_id, state, starts_at, ends_at, created_at, updated_at',
  'id uuid, title text, owner_id uuid, state text, starts_at timestamptz, ends_at timestamptz, created_at timestamptz',
  'id, title, owner_id, owner_id, state, starts_at, ends_at, created_at, created_at',
);
const CLAIMS = statement<never>(
  'demo-claim',
  `with own as (
     select v.id, r.id as resource_id, r.pooled, row.quantity, v.occupies_until,
       tstzrange(v.starts_at - r.setup_minutes * interval '1 minute',
         v.ends_at + r.teardown_minutes * interval '1 minute') as occupied
     from jsonb_to_recordset($1::jsonb) as row (id uuid, resource_id uuid, quantity integer)
     join reservation v on v.id = row.id join resource r on r.id = row.resource_id
   )
   insert into claim (reservation_id, resource_id, pooled, kind, quantity, occupied, occupies_until)
   select id, resource_id, pooled, 'OWN', quantity, occupied, occupies_until from own
   union all
   select o.id, l.part_id, false, 'PART', 1, o.occupied, o.occupies_until
   from own o join resource_part l on l.whole_id = o.resource_id
   union all
   select o.id, l.whole_id, false, 'SHADE', 1, o.occupied, o.occupies_until
   from own o join resource_part l on l.part_id = o.resource_id`,
);

const SEED = 20_270_301;

/**
 * Writes a believable organisation into an empty database, through the same constraints as everything else:
 * three sites in three time zones, some seventy resources, 40 people and two weeks of reservations around now.
 * Null, and nothing written, where the database knows a place already.
 */
export async function seedDemo(
  db: Database,
  clock: Clock,
  hasher: PasswordHasher,
): Promise<DemoSummary | null> {
  const [first] = await db.query(EMPTY, []);
  if (!first?.empty) return null;
  const random = new Random(SEED);
  const password_hash = await hasher.hash(DEMO_PASSWORD);
  const people = demoPeople();
  const { places, sites } = demoPlaces();
  const types = demoTypes();
  const resources = demoResources(sites, types, random);
  const kinds = new Map(Object.values(types).map(({ id, name }) => [id, name]));
  const kindOf = ({ type_id }: { type_id: string }) => kinds.get(type_id) ?? '';
  const parts = demoParts(resources);
  const reservations = demoReservations(resources, parts, kindOf, people, clock.now(), random);
  await db.transaction(async (tx: Queryable) => {
    const write = (into: typeof USERS, rows: readonly object[]) => tx.query(into, [JSON.stringify(rows)]);
    await write(
      USERS,
      people.map((person) => ({ ...person, password_hash })),
    );
    await write(PLACES, places);
    await write(TYPES, Object.values(types));
    await write(RESOURCES, resources);
    await write(MANAGERS, demoManagers(resources, types, people));
    await write(PARTS, parts);
    await write(ADD_ONS, demoAddOns(resources, types));
    await write(RESERVATIONS, reservations);
    await write(CLAIMS, reservations);
  });
  return {
    sites: sites.length,
    resources: resources.length,
    users: people.length,
    reservations: reservations.length,
  };
}
