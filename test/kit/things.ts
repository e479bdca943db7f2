import { newId } from '../../src/domain/ids.js';
import { type Database, statement } from '../../src/sql/statement.js';

export interface ThingFacts {
  name?: string;
  description?: string;
  typeId?: string;
  placeId?: string;
  timeZone?: string;
  status?: 'ACTIVE' | 'MAINTENANCE' | 'RETIRED';
  tags?: string[];
  attributes?: Record<string, unknown>;
  seats?: number;
  setupMinutes?: number;
  teardownMinutes?: number;
  managers?: string[];
}

export interface ThingRow {
  readonly id: string;
  readonly name: string;
  readonly typeId: string;
  readonly placeId: string;
  readonly timeZone: string;
  readonly pooled: boolean;
  readonly capacity: number;
}

const insertPlace = statement(
  'kit-place',
  `insert into place (id, parent_id, kind, name, time_zone, path)
   select $1::uuid, $2::uuid, $3, $4, $5,
     coalesce((select path from place where id = $2::uuid), '{}') || $1::uuid`,
);
const insertType = statement(
  'kit-type',
  'insert into resource_type (id, name, attributes) values ($1, $2, $3)',
);
const insertResource = statement(
  'kit-resource',
  `insert into resource (id, name, description, type_id, place_id, time_zone, pooled, capacity, seats, status, tags,
     attributes, setup_minutes, teardown_minutes)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
);
const insertManager = statement(
  'kit-manager',
  'insert into resource_manager (resource_id, user_id) values ($1, $2)',
);

let count = 0;

/** A place, by default a site at the top. */
export async function place(
  db: Database,
  facts: {
    name?: string;
    kind?: 'SITE' | 'BUILDING' | 'FLOOR' | 'AREA';
    parentId?: string;
    timeZone?: string;
  } = {},
): Promise<{ id: string; name: string }> {
  const id = newId();
  const name = facts.name ?? `Place ${++count}`;
  await db.query(insertPlace, [
    id,
    facts.parentId ?? null,
    facts.kind ?? 'SITE',
    name,
    facts.timeZone ?? null,
  ]);
  return { id, name };
}

/** A type of resources, without attributes unless they are given. */
export async function resourceType(
  db: Database,
  facts: { name?: string; attributes?: object[] } = {},
): Promise<{ id: string; name: string }> {
  const id = newId();
  const name = facts.name ?? `Type ${++count}`;
  await db.query(insertType, [id, name, JSON.stringify(facts.attributes ?? [])]);
  return { id, name };
}

async function thing(db: Database, facts: ThingFacts, pooled: boolean, capacity: number): Promise<ThingRow> {
  const id = newId();
  const name = facts.name ?? `${pooled ? 'Pool' : 'Room'} ${++count}`;
  const typeId = facts.typeId ?? (await resourceType(db)).id;
  const placeId = facts.placeId ?? (await place(db)).id;
  const timeZone = facts.timeZone ?? 'UTC';
  await db.query(insertResource, [
    id,
    name,
    facts.description ?? '',
    typeId,
    placeId,
    timeZone,
    pooled,
    capacity,
    facts.seats ?? null,
    facts.status ?? 'ACTIVE',
    facts.tags ?? [],
    JSON.stringify(facts.attributes ?? {}),
    facts.setupMinutes ?? 0,
    facts.teardownMinutes ?? 0,
  ]);
  for (const userId of facts.managers ?? []) await db.query(insertManager, [id, userId]);
  return { id, name, typeId, placeId, timeZone, pooled, capacity };
}

/** A resource that one reservation has for itself; with a type and a site of its own unless they are given. */
export const room = (db: Database, facts: ThingFacts = {}): Promise<ThingRow> => thing(db, facts, false, 1);

/** A pool of equal things, three unless said otherwise. */
export const pool = (db: Database, facts: ThingFacts & { capacity?: number } = {}): Promise<ThingRow> =>
  thing(db, facts, true, facts.capacity ?? 3);
