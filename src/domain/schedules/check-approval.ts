import { type InvalidInput, invalidInput } from '../failure.js';
import { checkWhole } from '../whole.js';
import type { Approval, Approvers } from './rule.js';

const MOST_STEPS = 5;
const MOST_NAMED = 20;
/** Sixty days: whoever has not decided by then never will. */
const LONGEST = 60 * 24 * 60;

function checkApprovers({ userIds, groupIds, managers }: Approvers, path: readonly string[]) {
  for (const [field, ids] of Object.entries({ userIds, groupIds })) {
    if (ids.length > MOST_NAMED) return invalidInput([...path, field], `Name at most ${MOST_NAMED}.`);
    if (new Set(ids).size < ids.length) return invalidInput([...path, field], 'Name each once.');
  }
  if (userIds.length + groupIds.length > 0 || managers) return null;
  return invalidInput(path, 'Name who decides: people, groups, or the managers of the resource.');
}

/** One to five steps that each name somebody; reminder and escalation before the deadline. */
export function checkApproval(approval: Approval, path: readonly string[]): InvalidInput | null {
  const { overMinutes, steps, deadlineMinutes, remindMinutes, escalateMinutes, escalation } = approval;
  if (steps.length < 1 || steps.length > MOST_STEPS)
    return invalidInput([...path, 'steps'], `An approval has 1 to ${MOST_STEPS} steps.`);
  for (const [index, step] of steps.entries()) {
    const invalid = checkApprovers(step, [...path, 'steps', String(index)]);
    if (invalid) return invalid;
  }
  if ((escalateMinutes === null) !== (escalation === null)) {
    const field = escalation === null ? 'escalation' : 'escalateMinutes';
    return invalidInput([...path, field], 'Say both after how long others decide too, and who they are.');
  }
  const within = (minutes: number | null, field: string, most: number) =>
    minutes === null ? null : checkWhole(minutes, [...path, field], 1, most);
  return (
    within(overMinutes, 'overMinutes', LONGEST) ??
    within(deadlineMinutes, 'deadlineMinutes', LONGEST) ??
    within(remindMinutes, 'remindMinutes', deadlineMinutes) ??
    within(escalateMinutes, 'escalateMinutes', deadlineMinutes) ??
    (escalation && checkApprovers(escalation, [...path, 'escalation']))
  );
}
