import { type InvalidInput, invalidInput } from '../failure.js';
import { checkWhole } from '../whole.js';
import type { WaitPriority, WaitTerms } from './rule.js';

const WEEK_MINUTES = 10_080;
const MOST_OPEN = 100;
const MOST_PRIORITIES = 20;
const MOST_NAMED = 20;
const HIGHEST = 100;

function checkPriority({ roles, groupIds, priority }: WaitPriority, path: readonly string[]) {
  if (roles.length + groupIds.length < 1 || roles.length + groupIds.length > MOST_NAMED)
    return invalidInput(path, `Name 1 to ${MOST_NAMED} roles and groups.`);
  return checkWhole(priority, [...path, 'priority'], -HIGHEST, HIGHEST);
}

/** An offer of a minute to a week, up to 100 wishes, up to 20 priorities from -100 to 100 that each name somebody. */
export function checkWaitTerms(terms: WaitTerms, path: readonly string[]): InvalidInput | null {
  const { offerMinutes, mostOpen, priorities } = terms;
  if (priorities.length > MOST_PRIORITIES)
    return invalidInput([...path, 'priorities'], `Name at most ${MOST_PRIORITIES} priorities.`);
  const wrong = priorities.map((each, index) => checkPriority(each, [...path, 'priorities', String(index)]));
  return (
    checkWhole(offerMinutes, [...path, 'offerMinutes'], 1, WEEK_MINUTES) ??
    checkWhole(mostOpen, [...path, 'mostOpen'], 1, MOST_OPEN) ??
    wrong.find((each) => each !== null) ??
    null
  );
}
