import { type Queryable, statement } from '../statement.js';
import { BOOK_VERSION, type RuleRow, type RuleScope, ruleJson } from './read-rule-book.js';
import { isScope, scopeValues } from './scope.js';

const BY_IDS = statement<{ row: RuleRow }>(
  'rules-by-ids',
  `select ${ruleJson('r')} as row from rule r where r.id = any ($1::uuid[])`,
);

/** The rules by id; what does not exist is missing from the map. */
export async function rulesByIds(on: Queryable, ids: readonly string[]): Promise<Map<string, RuleRow>> {
  const rows = await on.query(BY_IDS, [ids]);
  return new Map(rows.map(({ row }) => [row.id, row]));
}

/** Where a page of rules goes on: behind this one. */
export type AfterRule = Pick<RuleRow, 'kind' | 'name' | 'id'>;

const PAGE = statement<{ row: RuleRow }>(
  'rules-page',
  `select ${ruleJson('r')} as row from rule r
   where (not $4::boolean or ${isScope('r', 1)}) and ($5::text is null or r.kind = $5)
     and ($6::text is null or (r.kind, r.name, r.id) > ($6, $7, $8::uuid))
   order by r.kind, r.name, r.id limit $9`,
);

export interface RuleFilter {
  /** Null finds those of every scope. */
  readonly scope: RuleScope | null;
  readonly kind: string | null;
}

/** Up to `limit` rules by kind, name and id. */
export async function rulesPage(
  on: Queryable,
  { scope, kind }: RuleFilter,
  after: AfterRule | null,
  limit: number,
): Promise<RuleRow[]> {
  const rows = await on.query(PAGE, [
    ...(scope ? scopeValues(scope) : [null, null, null]),
    scope !== null,
    kind,
    after?.kind ?? null,
    after?.name ?? null,
    after?.id ?? null,
    limit,
  ]);
  return rows.map(({ row }) => row);
}

const VERSION = statement<{ version: string }>('rule-book-version', `select ${BOOK_VERSION} as version`);

/** The number that the rule book has at this instant. */
export async function readBookVersion(on: Queryable): Promise<number> {
  return Number((await on.query(VERSION, []))[0]?.version);
}

/** Of what a rule names, what does not exist. */
export interface MissingNames {
  readonly groupIds: readonly string[];
  readonly trainingIds: readonly string[];
  readonly userIds: readonly string[];
}

const MISSING = statement<MissingNames>(
  'rule-names-missing',
  `select array(select id from unnest($1::uuid[]) as named (id)
      where not exists (select from user_group g where g.id = named.id)) as "groupIds",
    array(select id from unnest($2::uuid[]) as named (id)
      where not exists (select from training t where t.id = named.id)) as "trainingIds",
    array(select id from unnest($3::uuid[]) as named (id)
      where not exists (select from app_user u where u.id = named.id)) as "userIds"`,
);

/** Which of these groups, trainings and people do not exist. */
export async function missingNames(
  on: Queryable,
  groupIds: readonly string[],
  trainingIds: readonly string[],
  userIds: readonly string[],
): Promise<MissingNames> {
  const [missing] = await on.query(MISSING, [groupIds, trainingIds, userIds]);
  return missing ?? { groupIds: [], trainingIds: [], userIds: [] };
}

const NAMES = statement<{ id: string; name: string }>(
  'rule-names',
  `select id, name from user_group where id = any ($1::uuid[])
   union all select id, name from training where id = any ($1::uuid[])`,
);

/** What groups and trainings are called, by id; what does not exist is missing. */
export async function namesInRules(on: Queryable, ids: readonly string[]): Promise<Map<string, string>> {
  return new Map((await on.query(NAMES, [ids])).map(({ id, name }) => [id, name]));
}
