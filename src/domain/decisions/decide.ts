import type { InactiveFact, ResourceFact } from '../../sql/reservations/read-facts.js';
import type { Placement } from '../../sql/rules/read-placements.js';
import type { Case } from './case.js';
import { judgeAccess } from './judge-access.js';
import { judgeAddOns } from './judge-add-ons.js';
import { judgeExclusive } from './judge-exclusive.js';
import { judgeGrid } from './judge-grid.js';
import { judgeClosures, judgeHours } from './judge-hours.js';
import { judgeLength } from './judge-length.js';
import { judgeNotice } from './judge-notice.js';
import { judgePool } from './judge-pool.js';
import { judgeTerms } from './judge-terms.js';
import { judgeOver } from './judge-window.js';
import { type Reason, reason } from './reason.js';

/** What the rules alone say against one wish, whatever else is reserved. Quotas are counted over all wishes, and terms are asked for by requests alone. */
export const judgeRules = (at: Case): Reason[] => [
  ...judgeAccess(at),
  ...judgeNotice(at),
  ...judgeLength(at),
  ...judgeGrid(at),
  ...judgeHours(at),
  ...judgeClosures(at),
];

/** Says that the resource, or a part of it, is out of use. */
export function inactiveSentence(of: Placement, { id, name, status, statusReason }: InactiveFact): string {
  const because = statusReason ? `: ${statusReason}` : '';
  const part = id === of.id ? '' : `, a part of ${of.name},`;
  return `${name}${part} is ${status.toLowerCase()}${because}.`;
}

/** What the state of the resource and its other reservations say against one wish. A dead hold never counts (O5). */
export function judgeFacts(at: Case, fact: ResourceFact): Reason[] {
  const { of, quantity } = at;
  const inactive = fact.inactive.map((each) =>
    reason('RESOURCE_INACTIVE', inactiveSentence(of, each), { resourceId: of.id }),
  );
  const above =
    quantity > fact.capacity
      ? [
          reason('QUANTITY_ABOVE_CAPACITY', `${of.name} has no more than ${fact.capacity} in all.`, {
            resourceId: of.id,
            freeQuantity: fact.capacity,
          }),
        ]
      : [];
  const alive = fact.conflicts.filter((conflict) => !conflict.dead);
  const inTheWay = of.pooled ? judgePool(at, fact.capacity, alive) : judgeExclusive(at, alive);
  return [...inactive, ...above, ...inTheWay];
}

/** The cases of one reservation; a request is about one of them or several. */
export type CaseSet = readonly Case[];

/** What the rules say against one reservation, quotas aside. Needs nothing but the rule book. */
export function judgeByRules(cases: CaseSet): Reason[] {
  return [...judgeOver(cases), ...cases.flatMap(judgeRules), ...judgeTerms(cases), ...judgeAddOns(cases)];
}

/**
 * The one engine (D1): every reason against one reservation, empty where it passes. Facts stand in the order of the
 * cases. Quotas are the one thing beside it, since they count over all reservations of a request: judgeQuotas.
 */
export const decide = (cases: CaseSet, facts: readonly ResourceFact[]): Reason[] => [
  ...judgeByRules(cases),
  ...cases.flatMap((at, index) => {
    const fact = facts[index];
    return fact ? judgeFacts(at, fact) : [];
  }),
];
