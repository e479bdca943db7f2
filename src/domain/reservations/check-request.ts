import { type InvalidInput, invalidInput } from '../failure.js';
import { checkText } from '../text.js';

const MOST_RESOURCES = 50;
const DAY_MS = 86_400_000;

/** What a request for a new reservation must keep whatever the facts are. */
export interface ReservationRequest {
  readonly title: string;
  readonly details: string;
  readonly resources: readonly { readonly resourceId: string; readonly quantity: number }[];
  readonly holdMs: number | null;
}

/** Title up to 200 characters, details up to 10,000. Null says that both are fine. */
export const checkWords = (title: string | null, details: string | null): InvalidInput | null =>
  (title === null ? null : checkText(title, ['input', 'title'], 1, 200)) ??
  (details === null ? null : checkText(details, ['input', 'details'], 0, 10_000));

/** 1 to 50 distinct resources, each with a positive quantity. Null says that they are fine. */
export function checkResources(resources: ReservationRequest['resources']): InvalidInput | null {
  const path = ['input', 'resources'];
  if (resources.length < 1 || resources.length > MOST_RESOURCES) {
    return invalidInput(path, `A reservation has 1 to ${MOST_RESOURCES} resources.`);
  }
  if (new Set(resources.map(({ resourceId }) => resourceId)).size < resources.length) {
    return invalidInput(path, 'Name each resource once; ask for more of a pool by its quantity.');
  }
  const least = Math.min(...resources.map(({ quantity }) => quantity));
  return least < 1 ? invalidInput([...path, 'quantity'], 'A quantity is at least 1.') : null;
}

/** Null says that the request can be tried. */
export function checkRequest(request: ReservationRequest): InvalidInput | null {
  const { holdMs } = request;
  if (holdMs !== null && (holdMs < 1000 || holdMs > DAY_MS)) {
    return invalidInput(['input', 'holdSeconds'], 'A hold lives for 1 second to 24 hours.');
  }
  return checkWords(request.title, request.details) ?? checkResources(request.resources);
}
