import type { DemoResource } from './resources.js';
import type { DemoTypes } from './types.js';

export interface DemoPart {
  readonly whole_id: string;
  readonly part_id: string;
}

/** The conference hall with its halves, which are named after it. */
export const demoParts = (resources: readonly DemoResource[]): DemoPart[] =>
  resources.flatMap((whole) =>
    resources
      .filter(({ name, place_id }) => place_id === whole.place_id && name.startsWith(`${whole.name}, `))
      .map((part) => ({ whole_id: whole.id, part_id: part.id })),
  );

/** What meeting rooms offer of the pools of their site: one projector, and as many carts as there are. */
export function demoAddOns(
  resources: readonly DemoResource[],
  types: DemoTypes,
): { resource_id: string; pool_id: string; most: number | null }[] {
  const pools = resources.filter(
    ({ tags }) => tags.includes('projector') || tags.includes('whiteboard cart'),
  );
  const rooms = resources.filter(({ type_id, seats }) => type_id === types.room.id && (seats ?? 0) >= 8);
  return rooms.flatMap((room) =>
    pools
      .filter((pool) => pool.site_id === room.site_id)
      .map((pool) => ({ resource_id: room.id, pool_id: pool.id, most: pool.add_on_only ? null : 1 })),
  );
}
