import type { RuleScope } from '../../sql/rules/read-rule-book.js';
import type { Rule, RuleKind, Standing } from './rule.js';

/** The rules that count for one resource on one local date: of each kind the nearest, with its origin. */
export interface InForce {
  readonly hours: Standing<'OPENING_HOURS'> | null;
  readonly buffers: Standing<'BUFFERS'> | null;
  readonly notice: Standing<'NOTICE'> | null;
  readonly length: Standing<'LENGTH'> | null;
  readonly grid: Standing<'GRID'> | null;
  readonly access: Standing<'ACCESS'> | null;
  readonly checkIn: Standing<'CHECK_IN'> | null;
  /** One of each name. */
  readonly quotas: readonly Standing<'QUOTA'>[];
  /** One of each name, in the order of the names. */
  readonly approvals: readonly Standing<'APPROVAL'>[];
}

/** By kind and name, each in the order of their dates: the last one not after a date counts on it. */
export type RulesOfScope = ReadonlyMap<string, readonly Rule[]>;

export const scopeKey = ({ resourceId, typeId, placeId }: RuleScope): string =>
  resourceId ?? typeId ?? placeId ?? 'organisation';

/** What counts on the date, where the scopes are given from the nearest to the farthest. */
export function resolveRules(scopes: readonly (RulesOfScope | undefined)[], date: string): InForce {
  const found = new Map<string, Rule>();
  for (const scope of scopes) {
    for (const [key, versions] of scope ?? []) {
      const last = versions.findLast(({ effectiveFrom }) => (effectiveFrom ?? '') <= date);
      if (last?.settings && !found.has(key)) found.set(key, last);
    }
  }
  const one = <Kind extends RuleKind>(kind: Kind) => (found.get(`${kind} `) ?? null) as Standing<Kind> | null;
  const all = [...found.values()];
  return {
    hours: one('OPENING_HOURS'),
    buffers: one('BUFFERS'),
    notice: one('NOTICE'),
    length: one('LENGTH'),
    grid: one('GRID'),
    access: one('ACCESS'),
    checkIn: one('CHECK_IN'),
    quotas: all.filter((rule): rule is Standing<'QUOTA'> => rule.kind === 'QUOTA'),
    approvals: all
      .filter((rule): rule is Standing<'APPROVAL'> => rule.kind === 'APPROVAL')
      .toSorted((a, b) => (a.name < b.name ? -1 : 1)),
  };
}

/** Whether both say the same about when and by whom a resource can be reserved: length, quotas, approvals and check-in aside. */
export const isSame = (a: InForce, b: InForce): boolean =>
  a.hours === b.hours &&
  a.buffers === b.buffers &&
  a.notice === b.notice &&
  a.grid === b.grid &&
  a.access === b.access;
