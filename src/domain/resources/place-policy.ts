import type { PlaceKind } from '../../sql/places/place-row.js';
import { type InvalidInput, invalidInput } from '../failure.js';
import { checkText } from '../text.js';
import { checkTimeZone } from '../users/user-policy.js';

const MOST_NAME = 200;
const ORDER: readonly PlaceKind[] = ['SITE', 'BUILDING', 'FLOOR', 'AREA'];

/** What people choose of a place. */
export interface PlaceFields {
  readonly name: string;
  readonly kind: PlaceKind;
  readonly parentId: string | null;
  readonly timeZone: string | null;
}

/** Whether a place of kind `below` may lie in one of kind `above`. */
const fitsInto = (below: PlaceKind, above: PlaceKind) => ORDER.indexOf(below) > ORDER.indexOf(above);

/** Null says that name and zone are fine. */
export const checkPlaceFields = ({ name, timeZone }: PlaceFields): InvalidInput | null =>
  checkText(name, ['input', 'name'], 1, MOST_NAME) ??
  (timeZone === null ? null : checkTimeZone(timeZone, ['input', 'timeZone']));

/** A child's kind comes after its parent's: a floor lies in a building or a site, never in a floor or an area. */
export function checkKinds(
  kind: PlaceKind,
  parent: PlaceKind | null,
  children: readonly PlaceKind[],
): InvalidInput | null {
  if (parent !== null && !fitsInto(kind, parent)) {
    return invalidInput(
      ['input', 'kind'],
      `A place of kind ${kind} cannot lie in a place of kind ${parent}.`,
    );
  }
  const misfit = children.find((child) => !fitsInto(child, kind));
  return misfit === undefined
    ? null
    : invalidInput(['input', 'kind'], `It contains places of kind ${misfit}, which cannot lie in a ${kind}.`);
}
