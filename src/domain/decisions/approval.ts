import type { ApprovalStep, Deciders } from '../../sql/approvals/approval-row.js';
import type { Approvers, Standing } from '../schedules/rule.js';
import { countedMinutes } from '../time/local-day.js';
import { binding, type Case } from './case.js';
import { isKept, outsideHours } from './judge-hours.js';
import { type Reason, reason } from './reason.js';

/** What must happen before a reservation counts. Times in ms from the asking. */
export interface ApprovalAsk {
  /** One of each decides, in this order. */
  readonly steps: readonly ApprovalStep[];
  readonly deadlineMs: number;
  readonly remindMs: number | null;
}

type Asking = Standing<'APPROVAL'>;

const MINUTE = 60_000;

function isMet({ settings }: Asking, at: Case): boolean {
  const { overMinutes, outsideHours: asksOutside } = settings;
  if (overMinutes === null && !asksOutside) return true;
  const minutes = countedMinutes(at.window, at.of.timeZone);
  return (overMinutes !== null && minutes > overMinutes) || (asksOutside && outsideHours(at).length > 0);
}

/** The rules by which somebody must approve this wish: none for those whom a rule exempts. */
const askingFor = (at: Case): Asking[] =>
  at.rules.approvals.filter((rule) => binding(rule, at.actorRole) && isMet(rule, at));

const deciders = ({ userIds, groupIds, managers }: Approvers, resourceIds: readonly string[]): Deciders => ({
  userIds,
  groupIds,
  resourceIds: managers ? resourceIds : [],
});

/** The steps of one rule, each with the rule's own escalation. */
const stepsOf = ({ name, settings }: Asking, resourceIds: readonly string[]): ApprovalStep[] => {
  const { steps, escalateMinutes, escalation } = settings;
  return steps.map((step) => ({
    rule: name,
    ...deciders(step, resourceIds),
    escalateMs: escalateMinutes && escalateMinutes * MINUTE,
    escalation: escalation && deciders(escalation, resourceIds),
  }));
};

const earliest = (minutes: readonly (number | null)[]): number | null => {
  const given = minutes.filter((each) => each !== null);
  return given.length > 0 ? Math.min(...given) * MINUTE : null;
};

/** Of several rules each has its say, in the order of their names; the shortest deadline and reminder count. Null: nobody need be asked. */
export function approvalFor(cases: readonly Case[]): ApprovalAsk | null {
  const asked = new Map<Asking, string[]>();
  for (const at of cases) {
    for (const rule of askingFor(at)) asked.set(rule, [...(asked.get(rule) ?? []), at.of.id]);
  }
  if (asked.size === 0) return null;
  const all = [...asked].toSorted(([a], [b]) => (a.name + a.id < b.name + b.id ? -1 : 1));
  const settings = all.map(([rule]) => rule.settings);
  return {
    steps: all.flatMap(([rule, resourceIds]) => stepsOf(rule, resourceIds)),
    deadlineMs: Math.min(...settings.map(({ deadlineMinutes }) => deadlineMinutes)) * MINUTE,
    remindMs: earliest(settings.map(({ remindMinutes }) => remindMinutes)),
  };
}

/**
 * What counts already cannot be moved to where somebody would have to approve it: it would be lost if they did not.
 * Shortening it in its place is no such move.
 */
export const judgeUnasked = (cases: readonly Case[]): Reason[] =>
  cases
    .filter((at) => !isKept(at))
    .flatMap((at) =>
      askingFor(at).map((rule) =>
        reason('NOT_PERMITTED', `${at.of.name} asks for approval there (${rule.name}): ask for it anew.`, {
          resourceId: at.of.id,
          rule,
        }),
      ),
    );
