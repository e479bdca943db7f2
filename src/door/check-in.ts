import { NoAnswer, serverNow } from './ask.js';
import { card, type Refused, reasonsOf, type Seen, timeOf } from './card.js';
import type { Result } from './documents.js';
import { byId, element } from './element.js';
import { readPage, words } from './page.js';
import { Session } from './session.js';
import { SignInForm, sayNoAnswer } from './sign-in.js';

const { link, resource, reservation, passkeys, provider } = document.querySelector('main')?.dataset ?? {};
const EVERY_MS = 30_000;
const DAY_MS = 86_400_000;

type Outcome = Result<'ReservationCheckIn'> | Result<'ReservationCheckOut'> | Result<'ReservationExtend'>;

const session = new Session();
let name = '';
let mine: readonly Seen[] = [];
const refusals = new Map<string, Refused>();
let form: SignInForm | null = null;

/** `spoken`: what stands elsewhere on the page, said to whoever does not look at it. */
function say(text: string, kind: 'fine' | 'alarm' | 'spoken' = 'fine'): void {
  const said = byId('said');
  said.textContent = text;
  said.className = kind;
}

/** What is the viewer's here, from now to tomorrow. */
async function readMine(): Promise<readonly Seen[]> {
  if (reservation) {
    const seen = await session.ask('ReservationPresence', { id: reservation });
    return seen ? [seen] : [];
  }
  const now = serverNow();
  const window = { startsAt: new Date(now).toISOString(), endsAt: new Date(now + DAY_MS).toISOString() };
  const states = ['CONFIRMED', 'CHECKED_IN', 'NO_SHOW'] as const;
  const filter = { attending: true, resourceIds: [resource ?? ''], window, states: [...states] };
  return (await session.ask('ReservationsHere', { filter })).nodes;
}

/** Runs an act; what the server says to it is spoken, and what it leaves is shown. */
async function act(id: string, work: () => Promise<Outcome>, done: (seen: Seen) => string): Promise<void> {
  try {
    const outcome = await work();
    refusals.delete(id);
    const known = mine.find((seen) => seen.id === id);
    if ('reservation' in outcome) say(done(outcome.reservation as Seen));
    else if ('reasons' in outcome && known) {
      refusals.set(id, outcome);
      say(`${words.refused} ${reasonsOf(known, outcome).join(' ')}`, 'spoken');
    } else say('reasons' in outcome ? words.notCheckedIn : outcome.message, 'alarm');
    await load();
  } catch (error) {
    lose(error);
  }
}

const checkIn = (id: string) =>
  void act(
    id,
    () => session.ask('ReservationCheckIn', { id, input: { link: link ?? null } }),
    () => words.checkedIn,
  );

const acts = {
  checkIn: ({ id }: Seen) => checkIn(id),
  leave: ({ id }: Seen) =>
    void act(
      id,
      () => session.ask('ReservationCheckOut', { id }),
      () => words.left,
    ),
  stay: ({ id }: Seen, minutes: number) =>
    void act(
      id,
      () => session.ask('ReservationExtend', { id, input: { minutes } }),
      (seen) => words.stayed(timeOf(seen, seen.window.endsAt)),
    ),
};

/** What waits here for others: whoever is signed in and stands at the door may check in to it, too. */
function showOthers(): void {
  const own = new Set(mine.map(({ id }) => id));
  const awaited = byId('awaited');
  for (const row of awaited.querySelectorAll<HTMLElement>('[data-reservation]')) {
    const { reservation: id = '' } = row.dataset;
    if (own.has(id)) row.remove();
    else if (session.isOpen) {
      const onclick = () => checkIn(id);
      const button = element('button', { type: 'button', 'data-key': `in ${id}`, onclick }, words.iAmHere);
      row.lastElementChild?.replaceWith(button);
    }
  }
  const isEmpty = awaited.querySelector('[data-reservation]') === null;
  awaited.hidden = isEmpty && (session.isOpen || reservation !== undefined);
}

function showMine(): void {
  const yours = byId('yours');
  yours.hidden = !session.isOpen;
  const rows = mine.map((seen) =>
    element('li', {}, card(seen, refusals.get(seen.id), resource === undefined, acts)),
  );
  const none = reservation ? words.notFound : words.nothingYours;
  yours.replaceChildren(
    element('h2', { tabindex: '-1', 'data-key': 'yours' }, words.yours),
    rows.length > 0 ? element('ul', {}, ...rows) : element('p', { class: 'quiet' }, none),
  );
}

function showPerson(): void {
  const person = byId('person');
  person.hidden = false;
  if (session.isOpen) {
    form = null;
    const onclick = () => void leave();
    person.replaceChildren(
      element(
        'div',
        { class: 'signed-in' },
        element('span', {}, words.signedInAs(name)),
        element('button', { type: 'button', onclick }, words.signOut),
      ),
    );
  } else if (form === null) {
    const done = () => void load();
    const ways = { passkeys: passkeys !== undefined, provider: provider ?? null };
    form = new SignInForm({ session, done, ...ways });
    person.replaceChildren(form.root);
  }
}

const TICK = 'M6.5 12.5l4 4 7-8';

/** To whoever is here a door is not taken, but theirs. */
function showHere(): void {
  const here = mine.find(({ state }) => state === 'CHECKED_IN');
  const [state, until] = byId('door').querySelectorAll('p');
  if (!here || !state?.lastChild || !until) return;
  byId('door').className = 'MINE';
  state.querySelector('path')?.setAttribute('d', TICK);
  state.lastChild.textContent = words.states.MINE;
  until.textContent = words.until(timeOf(here, here.window.endsAt));
}

/** Draws everything anew; whoever was at a button is there again, or at the reservation that it was about. */
function draw(page: Document | null = null): void {
  const key = document.activeElement?.getAttribute('data-key');
  for (const id of ['door', 'awaited']) {
    const fresh = page?.getElementById(id);
    if (fresh) byId(id).replaceWith(fresh);
  }
  showHere();
  showMine();
  showOthers();
  showPerson();
  if (!key) return;
  const find = (wanted: string) => document.querySelector<HTMLElement>(`[data-key="${wanted}"]`);
  (find(key) ?? find(key.replace(/^\S+ /, '')) ?? find('yours'))?.focus();
}

/** Says why there is no answer; whose session has ended signs in again. */
function lose(error: unknown): void {
  if (error instanceof NoAnswer && error.code === 'UNAUTHENTICATED') {
    mine = [];
    void session.end().catch(() => {});
    draw();
  } else say(sayNoAnswer(error), 'alarm');
}

async function load(): Promise<void> {
  try {
    const page = resource ? readPage() : null;
    if (session.isOpen) {
      const [viewer, seen] = await Promise.all([session.ask('ViewerShow', {}), readMine()]);
      name = viewer?.name ?? '';
      mine = seen;
    }
    draw(await page);
  } catch (error) {
    lose(error);
  }
}

async function leave(): Promise<void> {
  await session.end().catch(() => {});
  mine = [];
  refusals.clear();
  say(words.signedOut);
  draw();
  await load();
}

async function begin(): Promise<void> {
  // Where it was said once, it is not said again when somebody comes back.
  if (location.search) history.replaceState(null, '', location.pathname);
  await session.resume().catch(lose);
  if (session.isOpen) await load();
  else draw();
  const again = () => {
    if (document.visibilityState === 'visible') void load();
  };
  document.addEventListener('visibilitychange', again);
  setInterval(again, EVERY_MS);
}

void begin();
