import type { Visibility } from '../../sql/reservations/reservation-json.js';
import { judgeWindow } from '../decisions/judge-window.js';
import { type ReservationRefused, refused } from '../decisions/reason.js';
import { type InvalidInput, invalidInput } from '../failure.js';
import { checkResources, checkWords } from '../reservations/check-request.js';
import { checkText } from '../text.js';
import { lengthMs, type Window } from '../time/window.js';

export interface JoinWaitlist {
  readonly title: string;
  readonly details: string;
  /** Of the reservation that it becomes; PUBLIC unless said otherwise. */
  readonly visibility?: Visibility;
  /** Exactly this window; or, with `minutes`, any of that length within it. */
  readonly window: Window;
  readonly minutes: number | null;
  /** All of them at once. */
  readonly resources: readonly { readonly resourceId: string; readonly quantity: number }[];
  /** Whether equals of each would do as well: active, of the same type and site, with room and seats enough. */
  readonly orEquivalent: boolean;
  /** Attributes in which these must agree with what is asked for. */
  readonly sameAttributes: readonly string[];
  /** On whose behalf; left out or null: the viewer. */
  readonly ownerId?: string | null;
  readonly idempotencyKey: string | null;
}

const MINUTE = 60_000;
const MOST_DAYS = 14;
const MOST_RESOURCES = 10;
const MOST_ATTRIBUTES = 20;

function checkLength({ window, minutes }: JoinWaitlist): InvalidInput | null {
  if (minutes === null) return null;
  const wrong = (field: string, message: string) => invalidInput(['input', field], message);
  if (lengthMs(window) > MOST_DAYS * 86_400_000)
    return wrong('window', `A window to choose from has at most ${MOST_DAYS} days.`);
  if (!Number.isInteger(minutes) || minutes < 1 || minutes * MINUTE > lengthMs(window))
    return wrong('minutes', 'A length of 1 minute or more fits into the window.');
  return null;
}

/** What the wish must keep whatever the facts are. Null says that it can be tried. */
export function checkJoin(input: JoinWaitlist): InvalidInput | ReservationRefused | null {
  const { resources, sameAttributes } = input;
  const invalid = checkWords(input.title, input.details) ?? checkResources(resources);
  if (invalid) return invalid;
  if (resources.length > MOST_RESOURCES)
    return invalidInput(['input', 'resources'], `One waits for at most ${MOST_RESOURCES} resources at once.`);
  const broken = judgeWindow(input.window);
  if (broken) return refused([broken]);
  if (sameAttributes.length > MOST_ATTRIBUTES)
    return invalidInput(['input', 'sameAttributes'], `Name at most ${MOST_ATTRIBUTES} attributes.`);
  const wrong = sameAttributes.map((key) => checkText(key, ['input', 'sameAttributes'], 1, 200));
  return checkLength(input) ?? wrong.find((each) => each !== null) ?? null;
}

/** The starts that would do and the length, in ms since 1970. */
export function startsOf({ window, minutes }: Pick<JoinWaitlist, 'window' | 'minutes'>) {
  const length = minutes === null ? lengthMs(window) : minutes * MINUTE;
  const firstStart = window.startsAt.getTime();
  return { firstStart, lastStart: window.endsAt.getTime() - length, lengthMs: length };
}
