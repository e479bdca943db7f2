import { NOW } from '../reservations/reservation-json.js';
import { type Queryable, statement } from '../statement.js';

/** How often one client, or people (null), asked for a field within so many days, and on which of them last. */
export interface FieldUseRow {
  readonly field: string;
  readonly clientId: string | null;
  readonly count: number;
  /** `2026-03-01`, in UTC. */
  readonly lastDay: string;
}

const OF_FIELDS = statement<FieldUseRow>(
  'usage-of-fields',
  `select u.field, u.client_id as "clientId", sum(u.count)::float8 as count, max(u.day)::text as "lastDay"
   from field_usage u
   where u.field = any ($2::text[]) and u.day > (${NOW} at time zone 'UTC')::date - $3::integer
   group by u.field, u.client_id order by u.field, count desc, u.client_id`,
);

/** Who has asked for these fields within so many days, today included: by field, the most frequent first. */
export const usageOfFields = (
  on: Queryable,
  now: string | null,
  fields: readonly string[],
  days: number,
): Promise<FieldUseRow[]> => on.query(OF_FIELDS, [now, fields, days]);

export interface DocumentUseRow {
  readonly clientId: string;
  readonly document: string;
  readonly count: number;
  readonly lastDay: string;
}

const OF_DOCUMENTS = statement<DocumentUseRow>(
  'usage-of-documents',
  `select u.client_id as "clientId", u.document, sum(u.count)::float8 as count, max(u.day)::text as "lastDay"
   from document_usage u where u.client_id = any ($1::uuid[]) and u.document = any ($2::text[])
   group by u.client_id, u.document`,
);

/** How often these clients have run these documents, as far back as it is kept. */
export const usageOfDocuments = (
  on: Queryable,
  clientIds: readonly string[],
  documents: readonly string[],
): Promise<DocumentUseRow[]> => on.query(OF_DOCUMENTS, [clientIds, documents]);

/** A document of a client by how often it was run; null where its operations came as text. */
export interface ClientUseRow extends Omit<DocumentUseRow, 'document'> {
  readonly document: string | null;
}

/** So many of a client are told, the most frequent first. */
const MOST_TOLD = 100;

const OF_CLIENTS = statement<ClientUseRow>(
  'usage-of-clients',
  `select used.* from unnest($1::uuid[]) c (id) cross join lateral (
     select u.client_id as "clientId", u.document, sum(u.count)::float8 as count, max(u.day)::text as "lastDay"
     from document_usage u where u.client_id = c.id
     group by u.client_id, u.document order by count desc, u.document limit ${MOST_TOLD}) used`,
);

/** What these clients run, as far back as it is kept. */
export const usageOfClients = async (
  on: Queryable,
  clientIds: readonly string[],
): Promise<Map<string, ClientUseRow[]>> =>
  Map.groupBy(await on.query(OF_CLIENTS, [clientIds]), ({ clientId }) => clientId);
