import {
  type PreferenceRow,
  readPreferences,
  writePreferences,
} from '../../sql/notifications/preferences.js';
import type { NotificationKind } from '../../sql/notifications/told-event.js';
import { lockUser } from '../../sql/users/user-lock.js';
import type { ViewerCtx } from '../act.js';
import { recordAudit } from '../audit/record.js';
import { type InvalidInput, invalidInput } from '../failure.js';

/** What is left out stays. */
export interface PreferenceChange {
  readonly kind: NotificationKind;
  readonly inApp?: boolean | null | undefined;
  readonly byMail?: boolean | null | undefined;
}

const PATH = ['input', 'preferences'];

/**
 * Chooses how the viewer is told of some kinds of things, from the next one on. What is waiting to be sent is sent.
 * @returns the preferences of all kinds as they are then
 */
export async function setPreferences(
  ctx: ViewerCtx,
  changes: readonly PreferenceChange[],
): Promise<readonly PreferenceRow[] | InvalidInput> {
  const { userId } = ctx.viewer;
  if (new Set(changes.map(({ kind }) => kind)).size < changes.length)
    return invalidInput(PATH, 'Name each kind once.');
  return ctx.db.transaction(async (tx) => {
    await lockUser(tx, userId, false);
    const before = await readPreferences(tx, userId);
    const after = before.map((row) =>
      merge(
        row,
        changes.find(({ kind }) => kind === row.kind),
      ),
    );
    const always = changes.find(({ kind }) => !before.some((row) => row.kind === kind));
    if (always) return invalidInput(PATH, `${always.kind} is always told.`);
    const deaf = after.find(({ inApp, isInAppKind }) => inApp && !isInAppKind);
    if (deaf) return invalidInput(PATH, `${deaf.kind} is told by mail only.`);
    const changed = after.filter((row, index) => differs(row, before[index] as PreferenceRow));
    if (changed.length === 0) return before;
    await writePreferences(tx, userId, changed);
    const was = before.filter(({ kind }) => changed.some((row) => row.kind === kind));
    await recordAudit(tx, ctx, {
      action: 'user.setPreferences',
      subjectId: userId,
      before: shown(was),
      after: shown(changed),
    });
    return after;
  });
}

const merge = (row: PreferenceRow, change: PreferenceChange | undefined): PreferenceRow => ({
  ...row,
  inApp: change?.inApp ?? row.inApp,
  byMail: change?.byMail ?? row.byMail,
});

const differs = (one: PreferenceRow, other: PreferenceRow): boolean =>
  one.inApp !== other.inApp || one.byMail !== other.byMail;

const shown = (rows: readonly PreferenceRow[]) =>
  Object.fromEntries(rows.map(({ kind, inApp, byMail }) => [kind, { inApp, byMail }]));
