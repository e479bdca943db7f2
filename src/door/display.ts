import { byId } from './element.js';

const EVERY_MS = 5_000;
const PATIENCE_MS = 8_000;
const SECOND = 1_000;

const { zone: timeZone, locale } = document.querySelector('main')?.dataset ?? {};
const clock = new Intl.DateTimeFormat(locale, { timeZone, hour: '2-digit', minute: '2-digit' });

let etag: string | null = null;
let answeredAt = Date.now();

/** Shows what has come, or as of when it is what is shown; a link that has ended shows nothing any more. */
function show(status: number, html: string): void {
  const isKnown = status === 304 || status === 200;
  const hasEnded = status === 404;
  if (isKnown) answeredAt = Date.now();
  const fresh = status === 200 && new DOMParser().parseFromString(html, 'text/html').getElementById('door');
  if (fresh && fresh.outerHTML !== byId('door').outerHTML) byId('door').replaceWith(fresh);
  byId('door').hidden = hasEnded;
  byId('ended').hidden = !hasEnded;
  const lost = byId('lost');
  if (!isKnown && !hasEnded && lost.hidden)
    for (const time of lost.getElementsByTagName('time')) time.textContent = clock.format(answeredAt);
  lost.hidden = isKnown || hasEnded;
}

async function renew(): Promise<void> {
  try {
    const response = await fetch(location.pathname, {
      cache: 'no-store',
      headers: etag ? { 'if-none-match': etag } : {},
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    const html = await response.text();
    if (response.status === 200) etag = response.headers.get('etag');
    show(response.status, html);
  } catch {
    show(0, '');
  }
  setTimeout(() => void renew(), EVERY_MS);
}

function tick(): void {
  byId('clock').textContent = clock.format(Date.now());
  setTimeout(tick, SECOND - (Date.now() % SECOND));
}

tick();
setTimeout(() => void renew(), EVERY_MS);
