import { globalId } from '../../domain/ids.js';
import type { Door } from '../../domain/presence/show-door.js';
import type { DoorEntry } from '../../sql/presence/read-door.js';

export const DOOR_STYLE = `
:root { color-scheme: light dark; --ink: #1c2430; --soft: #5b6675; --ground: #f6f7f9; --line: #d8dde4; --free: #1f6f5c; --taken: #a8323e; --closed: #5b6675; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e8ecf1; --soft: #9aa7b6; --ground: #14181e; --line: #2c343f; --free: #5fc3a8; --taken: #f08a93; --closed: #9aa7b6; }
}
body { margin: 0; background: var(--ground); color: var(--ink); font: 1.125rem/1.5 system-ui, sans-serif; }
main { max-width: 36rem; margin: 0 auto; padding: 8vh 1.5rem 3rem; }
h1 { font-size: 2rem; line-height: 1.15; margin: 0; }
.state { font-size: 3.5rem; font-weight: 700; line-height: 1.2; margin: 1rem 0 0; }
.FREE { color: var(--free); } .TAKEN { color: var(--taken); } .CLOSED { color: var(--closed); }
p { margin: 0 0 1rem; color: var(--soft); }
ul { list-style: none; margin: 1.5rem 0; padding: 0; border-top: 1px solid var(--line); }
li { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: 0.5rem 1rem; padding: 0.75rem 0; border-bottom: 1px solid var(--line); }
button { min-height: 2.75rem; padding: 0 1.25rem; border: 0; border-radius: 0.5rem; background: var(--free); color: var(--ground); font: inherit; font-weight: 600; }
button:focus-visible { outline: 3px solid var(--ink); outline-offset: 2px; }
`;

const WORD: Record<Door['state'], string> = { FREE: 'Free', TAKEN: 'Taken', CLOSED: 'Closed' };
const OUTCOME: Readonly<Record<string, string>> = {
  in: 'You are checked in.',
  not: 'That could not be checked in to: it is not open yet, was released, or somebody was here before.',
};

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string): string =>
  text.replace(/[&<>"]/g, (character) => ESCAPES[character] as string);

/** `Mon 09:00` by the clock at the door. */
const clockAt = (instant: string, timeZone: string): string =>
  new Intl.DateTimeFormat('en-GB', { timeZone, weekday: 'short', hour: '2-digit', minute: '2-digit' }).format(
    Date.parse(instant),
  );

const between = ({ startsAt, endsAt }: DoorEntry, timeZone: string): string =>
  `${clockAt(startsAt, timeZone)} – ${clockAt(endsAt, timeZone)}`;

const page = ({ name }: Door, head: string, body: string): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
${head}<title>${escaped(name)}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/door.css">
</head>
<body>
<main>
<h1>${escaped(name)}</h1>
${body}
</main>
</body>
</html>
`;

const standing = ({ state, until, timeZone }: Door): string =>
  `<p class="state ${state}">${WORD[state]}</p>
<p>${until === null ? '' : `${state === 'FREE' ? 'until' : 'free from'} ${clockAt(until, timeZone)}, `}${escaped(timeZone)}</p>`;

const rowOf = (entry: DoorEntry, timeZone: string, beside: string): string =>
  `<li><span>${between(entry, timeZone)}</span>${beside}</li>`;

const WORDS: Partial<Record<DoorEntry['state'], string>> = {
  HELD: 'held',
  PENDING_APPROVAL: 'asked for',
  CHECKED_IN: 'checked in',
};

/** For a display at a door, which asks again by itself. */
export function doorPage(door: Door): string {
  const { present, next, timeZone } = door;
  const rows = [...present, ...next].map((entry) => {
    const waits = entry.state === 'CONFIRMED' && entry.checkIn !== null;
    return rowOf(
      entry,
      timeZone,
      `<span>${WORDS[entry.state] ?? (waits ? 'waits for check-in' : 'reserved')}</span>`,
    );
  });
  const list = rows.length > 0 ? `<ul>\n${rows.join('\n')}\n</ul>` : '';
  return page(door, '<meta http-equiv="refresh" content="15">\n', `${standing(door)}\n${list}`);
}

function awaitedRow(entry: DoorEntry, timeZone: string): string {
  const id = globalId('Reservation', entry.id);
  const button = `<form method="post"><input type="hidden" name="reservation" value="${id}"><button>I am here</button></form>`;
  return rowOf(
    entry,
    timeZone,
    entry.checkIn?.anonymous ? button : '<span>check in with your account</span>',
  );
}

/** For a phone that has read the code at a door. */
export function checkInPage(door: Door, outcome: unknown): string {
  const { awaited, timeZone } = door;
  const told = typeof outcome === 'string' && Object.hasOwn(OUTCOME, outcome) ? OUTCOME[outcome] : null;
  const rows = awaited.map((entry) => awaitedRow(entry, timeZone));
  const list =
    rows.length > 0 ? `<ul>\n${rows.join('\n')}\n</ul>` : '<p>Nothing waits for anybody to check in.</p>';
  return page(door, '', `${standing(door)}\n${told ? `<p role="status">${told}</p>\n` : ''}${list}`);
}
