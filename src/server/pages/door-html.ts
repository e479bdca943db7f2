import { htmlText } from '../../domain/notifications/html-text.js';
import type { DoorEntry } from '../../sql/presence/read-door.js';
import { isAwaited, moodOf, type SeenDoor, standing } from './door-standing.js';
import { between } from './door-times.js';
import { pageFrame } from './page-frame.js';

const EVERY_SECONDS = 15;

function rowOf(entry: DoorEntry, { door, words, now }: SeenDoor): string {
  const { entries } = words;
  const own = entry.state === 'HELD' || entry.state === 'PENDING_APPROVAL' || entry.state === 'CHECKED_IN';
  const isOpen = isAwaited(entry) && Date.parse(entry.checkIn?.opensAt ?? '') <= now;
  const state = own ? (entry.state as 'HELD') : isOpen ? 'AWAITED' : 'RESERVED';
  const when = between(words, entry, door.timeZone, now);
  return `<li><span class="when">${htmlText(when)}</span><span>${htmlText(entries[state])}</span></li>`;
}

function listOf(heading: string, entries: readonly DoorEntry[], seen: SeenDoor): string {
  const rows = entries.map((entry) => rowOf(entry, seen));
  return rows.length > 0 ? `<h2>${htmlText(heading)}</h2>\n<ul>\n${rows.join('\n')}\n</ul>` : '';
}

/** Only where somebody is asked to check in. */
function scan({ door, words }: SeenDoor, qrCode: string | null): string {
  const asks = [...door.present, ...door.next].some(({ checkIn }) => checkIn !== null);
  if (qrCode === null || !asks) return '';
  return `<figure class="scan"><div role="img" aria-label="QR">${qrCode}</div><figcaption>${htmlText(words.scan)}</figcaption></figure>`;
}

/**
 * For a display at a door. Its script asks for the page again every few seconds, puts what is within `#door` in place of
 * what was there, and says as of when it is where nobody answers. Without script the page renews itself.
 * @param qrCode the address for checking in as an SVG; null where it is not known
 */
export function doorPage(seen: SeenDoor, qrCode: string | null, script: string | null): string {
  const { door, language, words } = seen;
  const lists = [listOf(words.present, door.present, seen), listOf(words.next, door.next, seen)].join('');
  const renewal = `<meta http-equiv="refresh" content="${EVERY_SECONDS}">`;
  return pageFrame({
    language,
    title: door.name,
    kind: 'display',
    head: script === null ? `${renewal}\n` : `<noscript>${renewal}</noscript>\n`,
    script,
    body: `<main data-zone="${htmlText(door.timeZone)}" data-locale="${words.locale}">
<p id="lost" role="status" hidden>${words.asOf('<time></time>')}</p>
<div id="door" class="${moodOf(door)}">
<h1>${htmlText(door.name)}</h1>
<div class="standing">
${standing(seen)}
</div>
<div class="beside">
<div class="next">
${lists || `<p>${htmlText(words.nothingNext)}</p>`}
</div>
${scan(seen, qrCode)}
</div>
</div>
<time id="clock"></time>
<p id="ended" role="status" hidden>${htmlText(words.linkEnded)}</p>
</main>`,
  });
}
