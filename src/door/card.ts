import { between, clockAt } from '../server/pages/door-times.js';
import { serverNow } from './ask.js';
import type { Result } from './documents.js';
import { element } from './element.js';
import { words } from './page.js';

export type Seen = NonNullable<Result<'ReservationPresence'>>;
export type Refused = Extract<Result<'ReservationCheckIn'>, { reasons: unknown }>;

export interface Acts {
  readonly checkIn: (seen: Seen) => void;
  readonly leave: (seen: Seen) => void;
  readonly stay: (seen: Seen, minutes: number) => void;
}

const MINUTE = 60_000;
const LONGER = [15, 30];

/** A time of the reservation by the clock at its door. */
export const timeOf = ({ timeZone }: Seen, instant: string): string =>
  clockAt(words, instant, timeZone ?? 'UTC', serverNow());

function reasonText(seen: Seen, { code, message, opensAt, expiresAt }: Refused['reasons'][number]): string {
  if (code === 'TOO_EARLY' && opensAt) return words.checkInFrom(timeOf(seen, opensAt));
  if (code === 'TOO_LATE' && expiresAt) return words.releasedAt(timeOf(seen, expiresAt));
  return words.reasons[code] ?? message;
}

/** All that speaks against it, each once. */
export const reasonsOf = (seen: Seen, { reasons }: Refused): string[] => [
  ...new Set(reasons.map((reason) => reasonText(seen, reason))),
];

/** The latest end that every reason leaves; null where one of them leaves none, or none that is later than now. */
function latestEnd({ window }: Seen, { reasons }: Refused): { at: string; minutes: number } | null {
  const ends = reasons.map((reason) => reason.latestEnd).filter((end) => end !== null);
  const at = ends.toSorted((a, b) => Date.parse(a) - Date.parse(b))[0];
  if (!at || ends.length < reasons.length) return null;
  const minutes = Math.floor((Date.parse(at) - Date.parse(window.endsAt)) / MINUTE);
  return minutes > 0 ? { at, minutes } : null;
}

const button = (seen: Seen, key: string, label: string, act: () => void, kind = '') =>
  element('button', { type: 'button', class: kind, 'data-key': `${key} ${seen.id}`, onclick: act }, label);

function why(seen: Seen, refused: Refused, acts: Acts): HTMLElement {
  const latest = latestEnd(seen, refused);
  const time = latest && timeOf(seen, latest.at);
  return element(
    'div',
    { class: 'why' },
    element('p', {}, words.refused),
    element('ul', {}, ...reasonsOf(seen, refused).map((text) => element('li', {}, text))),
    latest && time
      ? element(
          'div',
          { class: 'acts' },
          button(seen, 'until', words.stayUntil(time), () => acts.stay(seen, latest.minutes)),
        )
      : null,
  );
}

const stands = (seen: Seen): string => {
  const { state, checkIn, window } = seen;
  if (state === 'CHECKED_IN') return words.hereUntil(timeOf(seen, window.endsAt));
  if (state === 'NO_SHOW') return words.releasedAt(timeOf(seen, checkIn?.releaseAt ?? window.startsAt));
  if (state === 'HELD' || state === 'PENDING_APPROVAL') return words.entries[state];
  if (state !== 'CONFIRMED') return words.reasons.ALREADY_DECIDED ?? '';
  if (!checkIn) return words.nobodyAsks;
  if (serverNow() < Date.parse(checkIn.opensAt)) return words.checkInFrom(timeOf(seen, checkIn.opensAt));
  return words.checkInBy(timeOf(seen, checkIn.releaseAt ?? window.endsAt));
};

function buttonsOf(seen: Seen, acts: Acts): HTMLElement[] {
  const { state, checkIn } = seen;
  if (!checkIn) return [];
  if (state === 'CONFIRMED' && serverNow() >= Date.parse(checkIn.opensAt))
    return [button(seen, 'in', words.iAmHere, () => acts.checkIn(seen), 'main')];
  if (state !== 'CHECKED_IN') return [];
  const longer = LONGER.map((minutes) =>
    button(seen, `stay${minutes}`, words.stay(minutes), () => acts.stay(seen, minutes)),
  );
  return [
    ...(checkIn.extension ? longer : []),
    ...(checkIn.checkOut ? [button(seen, 'leave', words.leave, () => acts.leave(seen))] : []),
  ];
}

/** One reservation of the viewer: when, how it stands, and what can be done about it now. */
export function card(seen: Seen, refused: Refused | undefined, where: boolean, acts: Acts): HTMLElement {
  const names = seen.resources.map(({ resource }) => resource?.name ?? '').join(', ');
  const buttons = buttonsOf(seen, acts);
  return element(
    'div',
    { class: 'one' },
    element('h3', { tabindex: '-1', 'data-key': seen.id }, seen.title),
    element(
      'p',
      { class: 'when' },
      between(words, seen.window, seen.timeZone ?? 'UTC', serverNow()) + (where ? ` · ${names}` : ''),
    ),
    element('p', {}, stands(seen)),
    buttons.length > 0 ? element('div', { class: 'acts' }, ...buttons) : null,
    refused ? why(seen, refused, acts) : null,
  );
}
