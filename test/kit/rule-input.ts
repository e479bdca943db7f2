import { newId } from '../../src/domain/ids.js';
import type { Rule } from '../../src/domain/schedules/rule.js';
import type { RuleContent } from '../../src/domain/schedules/rule-policy.js';
import { type SetRule, setRule } from '../../src/domain/schedules/set-rule.js';
import type { OpenDatabase } from '../../src/infra/postgres/database.js';
import { type Database, statement } from '../../src/sql/statement.js';
import { testCtx } from './ctx.js';
import { person } from './people.js';

/** For the organisation unless a scope is given. */
export type RuleFacts = RuleContent &
  Partial<Omit<SetRule, 'scope'>> & { readonly scope?: Partial<SetRule['scope']> };

/** The input of setRule: for the organisation, always and for everybody unless it says otherwise. */
export const ruleInput = ({ scope, ...rule }: RuleFacts): SetRule => ({
  name: rule.kind === 'QUOTA' ? 'Quota' : '',
  effectiveFrom: null,
  exemptRoles: [],
  ...rule,
  scope: { resourceId: null, typeId: null, placeId: null, ...scope },
});

/** A rule that a manager has set. */
export async function setUp(db: OpenDatabase, facts: RuleFacts): Promise<Rule> {
  const manager = await person(db, 'MANAGER');
  const done = await setRule(testCtx(db, manager.viewer), ruleInput(facts));
  if (!('rule' in done)) throw new Error(done.message);
  return done.rule;
}

/** Opening hours of one stretch on these ISO weekdays, all of them unless they are given. */
export const openDaily = (opens: string, closes: string, days: number[] = [1, 2, 3, 4, 5, 6, 7]) => ({
  week: [{ days, spans: [{ opens, closes }] }],
  exceptions: [],
});

const insertGroup = statement('kit-group', 'insert into user_group (id, name) values ($1, $2)');
const insertMember = statement(
  'kit-group-member',
  'insert into group_member (group_id, user_id) values ($1, $2)',
);
const insertTraining = statement('kit-training', 'insert into training (id, name) values ($1, $2)');
const insertTrained = statement(
  'kit-user-training',
  'insert into user_training (user_id, training_id, granted_at, valid_until) values ($1, $2, $3, $4)',
);

/** A group of these people. */
export async function group(
  db: Database,
  members: readonly { id: string }[] = [],
  name?: string,
): Promise<{ id: string; name: string }> {
  const id = newId();
  const called = name ?? `Group ${id}`;
  await db.query(insertGroup, [id, called]);
  for (const member of members) await db.query(insertMember, [id, member.id]);
  return { id, name: called };
}

/** A training that these people have, for good or until an instant. */
export async function training(
  db: Database,
  trained: readonly { id: string; until?: string }[] = [],
  name?: string,
): Promise<{ id: string; name: string }> {
  const id = newId();
  const called = name ?? `Training ${id}`;
  await db.query(insertTraining, [id, called]);
  for (const { id: userId, until } of trained) {
    await db.query(insertTrained, [userId, id, '2020-01-01T00:00:00Z', until ?? null]);
  }
  return { id, name: called };
}
