import { confirmReservation } from '../../src/domain/reservations/confirm-reservation.js';
import type { Approval, Approvers } from '../../src/domain/schedules/rule.js';
import type { Database } from '../../src/sql/statement.js';
import { rule, type ScopeFacts } from './rules.js';

/** Somebody who decides, by the ids of people. */
export const by = (...userIds: string[]): Approvers => ({ userIds, groupIds: [], managers: false });

/** A rule by which everything in the scope must be approved within a day. */
export const mustApprove = (
  db: Database,
  scope: ScopeFacts,
  steps: readonly Approvers[],
  more: Partial<Approval> & { name?: string; exemptRoles?: readonly string[] } = {},
): Promise<string> => {
  const { name = 'Sign-off', exemptRoles = [], ...settings } = more;
  return rule(
    db,
    'APPROVAL',
    {
      overMinutes: null,
      outsideHours: false,
      steps,
      deadlineMinutes: 24 * 60,
      remindMinutes: null,
      escalateMinutes: null,
      escalation: null,
      ...settings,
    },
    { ...scope, name, exemptRoles },
  );
};

export const confirmed = (id: string): Parameters<typeof confirmReservation>[1] => ({
  id,
  expectedVersion: null,
  idempotencyKey: null,
});
