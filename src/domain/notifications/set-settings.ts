import { readDigestTimes, writeDigestTimes } from '../../sql/notifications/digests.js';
import { readLeads, writeLeads } from '../../sql/notifications/leads.js';
import type { Queryable } from '../../sql/statement.js';
import { lockUser } from '../../sql/users/user-lock.js';
import type { ViewerCtx } from '../act.js';
import { recordAudit } from '../audit/record.js';
import { type InvalidInput, invalidInput } from '../failure.js';
import { checkTime } from '../schedules/check-opening-hours.js';
import { dayBehind } from './digest-day.js';

/** When a person is told of what has no instant of its own. */
export interface Settings {
  /** How long before a start, the longest first. */
  readonly reminderMinutes: readonly number[];
  /** HH:MM. */
  readonly digestAt: string;
  /** ISO: Monday is 1; in order. */
  readonly digestDays: readonly number[];
  /** The person's own, by which digests come. */
  readonly timeZone: string;
}

/** What is left out stays. */
export type SettingsChange = {
  readonly [Each in keyof Omit<Settings, 'timeZone'>]?: Settings[Each] | null | undefined;
};

const MOST_LEADS = 3;
const [SHORTEST_LEAD, LONGEST_LEAD] = [5, 10_080];

/** When the viewer is reminded, and gets digests. */
export async function readSettings({ db, viewer }: ViewerCtx): Promise<Settings> {
  return read(db, viewer.userId);
}

/**
 * Chooses when the viewer is reminded, and when digests come: from now on, so what should have come before now by the
 * new choice does not come.
 */
export async function setSettings(ctx: ViewerCtx, change: SettingsChange): Promise<Settings | InvalidInput> {
  const { userId } = ctx.viewer;
  const refusal = wrong(change);
  if (refusal) return refusal;
  return ctx.db.transaction(async (tx) => {
    await lockUser(tx, userId, false);
    const before = await read(tx, userId);
    const after = {
      ...before,
      reminderMinutes: change.reminderMinutes?.toSorted((a, b) => b - a) ?? before.reminderMinutes,
      digestAt: change.digestAt ?? before.digestAt,
      digestDays: change.digestDays?.toSorted() ?? before.digestDays,
    };
    if (JSON.stringify(before) === JSON.stringify(after)) return before;
    if (change.reminderMinutes) await writeLeads(tx, ctx.clock.fixed(), userId, after.reminderMinutes);
    if (after.digestAt !== before.digestAt || String(after.digestDays) !== String(before.digestDays))
      await expectDigests(tx, ctx, after);
    await recordAudit(tx, ctx, { action: 'user.setNotificationSettings', subjectId: userId, before, after });
    return after;
  });
}

/**
 * Lets digests come to the viewer, who is locked: at the chosen times from now on, or else as before. A day whose
 * instant is over gets none any more, nor does one that has had its digest: see digest-make.
 */
export async function expectDigests(tx: Queryable, ctx: ViewerCtx, chosen?: Settings): Promise<void> {
  const { userId } = ctx.viewer;
  const known = await timesOf(tx, userId);
  if (known.isExpected && !chosen) return;
  const times = chosen ? { ...known, at: chosen.digestAt, days: chosen.digestDays } : known;
  await writeDigestTimes(tx, userId, { ...times, lastDay: dayBehind(ctx.clock.now().getTime(), times) });
}

async function timesOf(on: Queryable, userId: string) {
  const times = await readDigestTimes(on, userId);
  if (!times) throw new Error('the viewer is not there');
  return times;
}

async function read(on: Queryable, userId: string): Promise<Settings> {
  const { at, days, timeZone } = await timesOf(on, userId);
  return { reminderMinutes: await readLeads(on, userId), digestAt: at, digestDays: days, timeZone };
}

function wrong({ reminderMinutes, digestAt, digestDays }: SettingsChange): InvalidInput | null {
  if (reminderMinutes) {
    const path = ['input', 'reminderMinutes'];
    if (reminderMinutes.length < 1 || reminderMinutes.length > MOST_LEADS)
      return invalidInput(path, 'Name one to three. Whoever wants no reminders turns REMINDER off.');
    if (new Set(reminderMinutes).size < reminderMinutes.length) return invalidInput(path, 'Name each once.');
    if (!reminderMinutes.every((minutes) => minutes >= SHORTEST_LEAD && minutes <= LONGEST_LEAD))
      return invalidInput(path, `A reminder comes ${SHORTEST_LEAD} to ${LONGEST_LEAD} minutes before.`);
  }
  if (digestDays && (digestDays.length === 0 || new Set(digestDays).size < digestDays.length))
    return invalidInput(['input', 'digestDays'], 'Name at least one day, and each once.');
  return digestAt == null ? null : checkTime(digestAt, ['input', 'digestAt']);
}
