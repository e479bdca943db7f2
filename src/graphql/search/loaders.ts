import type { ViewerCtx } from '../../domain/act.js';
import { type FreeWindow, type NextFreeWish, nextFree } from '../../domain/availability/next-free.js';
import { isMeant, YEARS_MEANT } from '../../domain/time/window.js';
import { badUserInput } from '../errors.js';
import { defineLoader } from '../loader.js';

const MOST_MINUTES = 20_160;

/** One resource with what is asked of it, as a key of the loader. Throws BAD_USER_INPUT for what nobody can ask. */
export function nextFreeKey(id: string, { minutes, quantity, from }: NextFreeWish): string {
  if (minutes < 1 || minutes > MOST_MINUTES) throw badUserInput(`minutes: ask for 1 to ${MOST_MINUTES}.`);
  if (quantity < 1) throw badUserInput('quantity: at least 1.');
  if (!isMeant(from.getTime())) throw badUserInput(`from: ask for an instant ${YEARS_MEANT}.`);
  return JSON.stringify([minutes, quantity, from.getTime(), id]);
}

/** The same question about many resources is one reading. */
export const nextFreeByWish = defineLoader<FreeWindow>(async (ctx, keys) => {
  const wishes = new Map<string, { readonly wish: NextFreeWish; readonly keyOf: Map<string, string> }>();
  for (const key of keys) {
    const [minutes, quantity, from, id] = JSON.parse(key) as [number, number, number, string];
    const same = `${minutes} ${quantity} ${from}`;
    const group = wishes.get(same) ?? { wish: { minutes, quantity, from: new Date(from) }, keyOf: new Map() };
    wishes.set(same, group);
    group.keyOf.set(id, key);
  }
  const found = new Map<string, FreeWindow>();
  for (const { wish, keyOf } of wishes.values()) {
    const free = await nextFree(ctx as ViewerCtx, [...keyOf.keys()], wish);
    for (const [id, window] of free) found.set(keyOf.get(id) as string, window);
  }
  return found;
});
