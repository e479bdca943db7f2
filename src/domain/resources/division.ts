import type { LinkRow } from '../../sql/parts/links.js';
import { type InvalidInput, invalidInput } from '../failure.js';

const MOST_LEVELS = 4;
const MOST_IN_ALL = 100;
const PATH = ['input', 'partIds'];

/** What a resource's new parts come to. */
export interface Division {
  /** The resource and everything that it is a part of: whose links are to be replaced. */
  readonly wholes: readonly string[];
  /** All of their links, near and far. */
  readonly links: readonly LinkRow[];
  /** Every resource whose reservations touch others than before. */
  readonly family: readonly string[];
}

type Near = ReadonlyMap<string, readonly string[]>;

/** Everything that is reached from there, in how few steps; nothing is its own part unless there is a circle. */
function reach(from: string, near: Near): Map<string, number> {
  const found = new Map<string, number>();
  let step = [from];
  for (let depth = 1; step.length > 0; depth++) {
    const next = step.flatMap((id) => near.get(id) ?? []).filter((id) => !found.has(id));
    for (const id of next) found.set(id, depth);
    step = [...new Set(next)];
  }
  return found;
}

/** The most steps from there down, where there is no circle. */
function levels(id: string, near: Near, known = new Map<string, number>()): number {
  const below = (near.get(id) ?? []).map((part) => 1 + (known.get(part) ?? levels(part, near, known)));
  const most = Math.max(0, ...below);
  known.set(id, most);
  return most;
}

/**
 * Divides the resource into exactly these parts, whose own parts become far ones.
 * @param links all that there are, near and far
 * @returns InvalidInput for a circle, more than 4 levels, or more than 100 parts in all of any whole
 */
export function divide(
  links: readonly LinkRow[],
  wholeId: string,
  partIds: readonly string[],
): Division | InvalidInput {
  const kept = links.filter((link) => link.depth === 1 && link.wholeId !== wholeId);
  const near = new Map(
    [...Map.groupBy(kept, (link) => link.wholeId)].map(([id, of]) => [id, of.map(({ partId }) => partId)]),
  ).set(wholeId, [...partIds]);
  if (reach(wholeId, near).has(wholeId)) return invalidInput(PATH, 'Nothing can be a part of its own parts.');
  const wholes = [wholeId, ...links.flatMap((link) => (link.partId === wholeId ? [link.wholeId] : []))];
  if (wholes.some((id) => levels(id, near) > MOST_LEVELS)) {
    return invalidInput(PATH, `Parts can be divided again, to ${MOST_LEVELS} levels.`);
  }
  const after = wholes.flatMap((id) =>
    [...reach(id, near)].map(([partId, depth]) => ({ wholeId: id, partId, depth })),
  );
  if ([...Map.groupBy(after, (link) => link.wholeId).values()].some((of) => of.length > MOST_IN_ALL)) {
    return invalidInput(PATH, `A resource has at most ${MOST_IN_ALL} parts, those of its parts included.`);
  }
  const before = links.filter((link) => wholes.includes(link.wholeId));
  const parts = new Set([...before, ...after].map(({ partId }) => partId));
  const sharing = links.filter(({ partId }) => parts.has(partId)).map((link) => link.wholeId);
  return { wholes, links: after, family: [...new Set([...wholes, ...parts, ...sharing])] };
}
