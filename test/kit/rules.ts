import { newId } from '../../src/domain/ids.js';
import type { RuleKind, RuleSettings } from '../../src/domain/schedules/rule.js';
import { type Database, statement } from '../../src/sql/statement.js';

/** At most one of them; none stands for the whole organisation. */
export interface ScopeFacts {
  readonly resourceId?: string;
  readonly typeId?: string;
  readonly placeId?: string;
}

const insertRule = statement(
  'kit-rule',
  `insert into rule (id, kind, name, resource_id, type_id, place_id, effective_from, exempt_roles, settings)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
);
const insertClosure = statement(
  'kit-closure',
  `insert into closure (id, title, resource_id, type_id, place_id, starts_local, ends_local, rrule, exdates, creator_id)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
);

/** Writes a rule as it is, past every check of the acts; its id. */
export async function rule<Kind extends RuleKind>(
  db: Database,
  kind: Kind,
  settings: RuleSettings[Kind] | null,
  facts: ScopeFacts & { name?: string; effectiveFrom?: string | null; exemptRoles?: readonly string[] } = {},
): Promise<string> {
  const id = newId();
  const name = facts.name ?? (kind === 'QUOTA' ? 'Fair share' : '');
  await db.query(insertRule, [
    id,
    kind,
    name,
    facts.resourceId ?? null,
    facts.typeId ?? null,
    facts.placeId ?? null,
    facts.effectiveFrom ?? null,
    facts.exemptRoles ?? [],
    settings && JSON.stringify(settings),
  ]);
  return id;
}

/** Writes a closure by wall-clock times as it is; its id. */
export async function closure(
  db: Database,
  creatorId: string,
  startsLocal: string,
  endsLocal: string,
  facts: ScopeFacts & { title?: string; rrule?: string; exdates?: string[] } = {},
): Promise<string> {
  const id = newId();
  await db.query(insertClosure, [
    id,
    facts.title ?? 'Maintenance',
    facts.resourceId ?? null,
    facts.typeId ?? null,
    facts.placeId ?? null,
    startsLocal,
    endsLocal,
    facts.rrule ?? null,
    facts.exdates ?? [],
    creatorId,
  ]);
  return id;
}
