import type { RuleBook } from '../schedules/rule-book.js';
import type { Wish } from './case.js';

/**
 * For each resource of one reservation the others with which it has parts in common, over however many of them: a
 * whole and its part in one reservation occupy one span.
 */
export function sharing(wishes: readonly Wish[], book: RuleBook): (resourceId: string) => readonly string[] {
  if (wishes.length === 1) return () => [];
  let groups: { readonly ids: readonly string[]; readonly ground: ReadonlySet<string> }[] = [];
  for (const { resourceId } of wishes) {
    const mine = [resourceId, ...book.partsOf(resourceId)];
    const met = groups.filter(({ ground }) => mine.some((id) => ground.has(id)));
    const ids = [...met.flatMap((group) => group.ids), resourceId];
    const ground = new Set([...met.flatMap((group) => [...group.ground]), ...mine]);
    groups = [...groups.filter((group) => !met.includes(group)), { ids, ground }];
  }
  return (resourceId) =>
    groups.find(({ ids }) => ids.includes(resourceId))?.ids.filter((id) => id !== resourceId) ?? [];
}
