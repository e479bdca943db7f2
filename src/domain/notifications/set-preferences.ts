import {
  type MailTiming,
  type PreferenceRow,
  readPreferences,
  writePreferences,
} from '../../sql/notifications/preferences.js';
import type { NotificationKind } from '../../sql/notifications/told-event.js';
import { lockUser } from '../../sql/users/user-lock.js';
import type { ViewerCtx } from '../act.js';
import { recordAudit } from '../audit/record.js';
import { type InvalidInput, invalidInput } from '../failure.js';
import { expectDigests } from './set-settings.js';

/** What is left out stays. */
export interface PreferenceChange {
  readonly kind: NotificationKind;
  readonly inApp?: boolean | null | undefined;
  readonly byMail?: boolean | null | undefined;
  readonly mail?: MailTiming | null | undefined;
}

/** Something must be done by a time, and a digest may come behind it. */
export interface CannotWait {
  readonly kind: 'CannotWait';
  readonly message: string;
  readonly path: readonly string[];
  readonly kinds: readonly NotificationKind[];
}

const PATH = ['input', 'preferences'];

/**
 * Chooses how the viewer is told of some kinds of things, from the next one on. What is waiting to be sent is sent, and
 * what was collected comes with the next digest.
 * @returns the preferences of all kinds as they are then
 */
export async function setPreferences(
  ctx: ViewerCtx,
  changes: readonly PreferenceChange[],
): Promise<readonly PreferenceRow[] | InvalidInput | CannotWait> {
  const { userId } = ctx.viewer;
  if (new Set(changes.map(({ kind }) => kind)).size < changes.length)
    return invalidInput(PATH, 'Name each kind once.');
  const torn = changes.find(
    ({ byMail, mail }) => byMail != null && mail != null && byMail === (mail === 'OFF'),
  );
  if (torn) return invalidInput(PATH, `Say once how ${torn.kind} is told by mail.`);
  return ctx.db.transaction(async (tx) => {
    await lockUser(tx, userId, false);
    const before = await readPreferences(tx, userId);
    const after = before.map((row) =>
      merge(
        row,
        changes.find(({ kind }) => kind === row.kind),
      ),
    );
    const refusal = wrong(after, changes);
    if (refusal) return refusal;
    const changed = after.filter((row, index) => differs(row, before[index] as PreferenceRow));
    if (changed.length === 0) return before;
    await writePreferences(tx, userId, changed);
    if (changed.some(({ mail }) => mail === 'DIGEST')) await expectDigests(tx, ctx);
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

function wrong(
  after: readonly PreferenceRow[],
  changes: readonly PreferenceChange[],
): InvalidInput | CannotWait | null {
  const fixed = changes.find(({ kind }) => !after.some((row) => row.kind === kind));
  if (fixed?.kind === 'DIGEST') return invalidInput(PATH, 'A digest comes where something was put into it.');
  if (fixed) return invalidInput(PATH, `${fixed.kind} is always told.`);
  const deaf = after.find(({ inApp, isInAppKind }) => inApp && !isInAppKind);
  if (deaf) return invalidInput(PATH, `${deaf.kind} is told by mail only.`);
  const kinds = after.filter(({ mail, canWait }) => mail === 'DIGEST' && !canWait).map(({ kind }) => kind);
  if (kinds.length === 0) return null;
  const message = 'What must be answered or known by a time cannot wait for a digest.';
  return { kind: 'CannotWait', message, path: PATH, kinds };
}

function merge(row: PreferenceRow, { inApp, byMail, mail }: Partial<PreferenceChange> = {}): PreferenceRow {
  const asBefore = row.mail === 'OFF' ? 'NOW' : row.mail;
  const timing = mail ?? ((byMail ?? row.byMail) ? asBefore : 'OFF');
  return { ...row, inApp: inApp ?? row.inApp, byMail: timing !== 'OFF', mail: timing };
}

const differs = (one: PreferenceRow, other: PreferenceRow): boolean =>
  one.inApp !== other.inApp || one.mail !== other.mail;

const shown = (rows: readonly PreferenceRow[]) =>
  Object.fromEntries(rows.map(({ kind, inApp, byMail, mail }) => [kind, { inApp, byMail, mail }]));
