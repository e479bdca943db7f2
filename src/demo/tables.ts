import { statement } from '../sql/statement.js';

/** Writes rows of one table, which come as one JSON array. */
const insert = (table: string, columns: string, rowType: string, select = columns) =>
  statement<never>(
    `demo-${table}`,
    `insert into ${table} (${columns}) select ${select} from jsonb_to_recordset($1::jsonb) as row (${rowType})`,
  );

export const USERS = insert(
  'app_user',
  'id, email, name, role, time_zone, password_hash',
  'id uuid, email text, name text, role text, time_zone text, password_hash text',
);
export const PLACES = insert(
  'place',
  'id, parent_id, kind, name, time_zone, path',
  'id uuid, parent_id uuid, kind text, name text, time_zone text, path uuid[]',
);
export const TYPES = insert(
  'resource_type',
  'id, name, description, attributes',
  'id uuid, name text, description text, attributes jsonb',
);
export const RESOURCES = insert(
  'resource',
  'id, name, description, type_id, place_id, time_zone, pooled, capacity, seats, status, status_reason, tags, attributes, setup_minutes, teardown_minutes, add_on_only',
  `id uuid, name text, description text, type_id uuid, place_id uuid, time_zone text, pooled boolean, capacity integer, seats integer,
   status text, status_reason text, tags text[], attributes jsonb, setup_minutes integer, teardown_minutes integer, add_on_only boolean`,
  'id, name, description, type_id, place_id, time_zone, pooled, capacity, seats, status, status_reason, tags, attributes, nullif(setup_minutes, 0), nullif(teardown_minutes, 0), add_on_only',
);
export const MANAGERS = insert('resource_manager', 'resource_id, user_id', 'resource_id uuid, user_id uuid');
export const PARTS = insert(
  'resource_part',
  'whole_id, part_id, depth',
  'whole_id uuid, part_id uuid',
  'whole_id, part_id, 1',
);
export const ADD_ONS = insert(
  'resource_add_on',
  'resource_id, pool_id, most',
  'resource_id uuid, pool_id uuid, most integer',
);
export const GROUPS = insert('user_group', 'id, name, description', 'id uuid, name text, description text');
export const MEMBERS = insert('group_member', 'group_id, user_id', 'group_id uuid, user_id uuid');
export const TRAININGS = insert('training', 'id, name, description', 'id uuid, name text, description text');
export const TRAINED = insert(
  'user_training',
  'user_id, training_id, granted_at',
  'user_id uuid, training_id uuid, granted_at timestamptz',
);
export const RULES = insert(
  'rule',
  'id, kind, name, resource_id, type_id, place_id, exempt_roles, settings',
  'id uuid, kind text, name text, resource_id uuid, type_id uuid, place_id uuid, exempt_roles text[], settings jsonb',
);
export const RESERVATIONS = insert(
  'reservation',
  'id, title, owner_id, creator_id, state, starts_at, ends_at, created_at, updated_at',
  'id uuid, title text, owner_id uuid, state text, starts_at timestamptz, ends_at timestamptz, created_at timestamptz',
  'id, title, owner_id, owner_id, state, starts_at, ends_at, created_at, created_at',
);
export const CLAIMS = statement<never>(
  'demo-claim',
  `with own as (
     select v.id, r.id as resource_id, r.pooled, row.quantity, v.occupies_until,
       tstzrange(v.starts_at - row.setup_minutes * interval '1 minute',
         v.ends_at + row.teardown_minutes * interval '1 minute') as occupied
     from jsonb_to_recordset($1::jsonb) as row (id uuid, resource_id uuid, quantity integer,
       setup_minutes integer, teardown_minutes integer)
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
