import { type SessionRow, sessionPage, sessionsByIds } from '../../sql/sessions/session-page.js';
import type { Ctx, Viewer } from '../act.js';

/** Whether the viewer may see and end the sessions of this person: one's own, and administrators everybody's. */
export const mayEndSessionsOf = (viewer: Viewer | null, userId: string): boolean =>
  viewer?.userId === userId || viewer?.role === 'ADMINISTRATOR';

/** The live sessions with these ids that the viewer may see, by id, for a loader. */
export async function readSessions(
  { db, clock, viewer }: Ctx,
  ids: readonly string[],
): Promise<Map<string, SessionRow>> {
  const rows = await sessionsByIds(db, clock.fixed(), ids);
  return new Map(rows.filter(({ userId }) => mayEndSessionsOf(viewer, userId)).map((row) => [row.id, row]));
}

/** Up to `limit` live sessions of a person, the newest first; null where the viewer may not see them. */
export const readSessionPage = async (
  { db, clock, viewer }: Ctx,
  userId: string,
  after: string | null,
  limit: number,
): Promise<SessionRow[] | null> =>
  mayEndSessionsOf(viewer, userId) ? sessionPage(db, clock.fixed(), userId, after, limit) : null;

const BROWSERS: readonly (readonly [RegExp, string])[] = [
  [/\bEdg(e|A|iOS)?\//, 'Edge'],
  [/\b(OPR|Opera)\//, 'Opera'],
  [/\b(Firefox|FxiOS)\//, 'Firefox'],
  [/\b(Chrome|CriOS|Chromium)\//, 'Chrome'],
  [/\bVersion\/.*\bSafari\//, 'Safari'],
];
const SYSTEMS: readonly (readonly [RegExp, string])[] = [
  [/\b(iPhone|iPad)\b/, 'iOS'],
  [/\bAndroid\b/, 'Android'],
  [/\bWindows\b/, 'Windows'],
  [/\bMac OS X\b/, 'macOS'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bLinux\b/, 'Linux'],
];
const nameIn = (text: string, names: typeof BROWSERS) => names.find(([pattern]) => pattern.test(text))?.[1];
const MOST_PROGRAM = 60;

/** What people know a device by, as far as its program says: `Firefox on Windows`, else the program's own name. */
export function deviceOf(userAgent: string | null): string | null {
  if (!userAgent) return null;
  const browser = nameIn(userAgent, BROWSERS);
  const system = nameIn(userAgent, SYSTEMS);
  if (browser && system) return `${browser} on ${system}`;
  return browser ?? userAgent.split(/[\s/(]/, 1)[0]?.slice(0, MOST_PROGRAM) ?? null;
}
