import type { CheckIn } from '../../src/domain/schedules/rule.js';
import type { Database } from '../../src/sql/statement.js';
import { rule, type ScopeFacts } from './rules.js';

/** A rule by which one checks in from 15 minutes before the start, and within 10 minutes from it on. */
export const mustCheckIn = (
  db: Database,
  scope: ScopeFacts,
  more: Partial<CheckIn> & { exemptRoles?: readonly string[] } = {},
): Promise<string> => {
  const { exemptRoles = [], ...settings } = more;
  return rule(
    db,
    'CHECK_IN',
    {
      opensMinutes: 15,
      graceMinutes: 10,
      strikes: null,
      checkOut: true,
      extension: true,
      anonymous: false,
      ...settings,
    },
    { ...scope, exemptRoles },
  );
};
