import DataLoader from 'dataloader';
import type { GraphQLContext } from './context.js';

const loaders = new WeakMap<GraphQLContext, Map<unknown, DataLoader<string, unknown>>>();

/**
 * Defines a loader that each operation gets once: `const userById = defineLoader(readUsers)`, then
 * `userById(ctx).load(id)`. The reader gets distinct keys and returns a map; missing keys load as null.
 */
export function defineLoader<V>(
  read: (ctx: GraphQLContext, keys: readonly string[]) => Promise<Map<string, V>>,
) {
  return (ctx: GraphQLContext): DataLoader<string, V | null> => {
    const ofOperation = loaders.get(ctx) ?? new Map<unknown, DataLoader<string, unknown>>();
    loaders.set(ctx, ofOperation);
    let loader = ofOperation.get(read) as DataLoader<string, V | null> | undefined;
    if (!loader) {
      loader = new DataLoader<string, V | null>(async (keys) => {
        const found = await read(ctx, keys);
        return keys.map((key) => found.get(key) ?? null);
      });
      ofOperation.set(read, loader as DataLoader<string, unknown>);
    }
    return loader;
  };
}

/** All that there is under these keys, in their order. */
export async function loadAll<V>(
  loader: DataLoader<string, V | null>,
  keys: readonly string[] = [],
): Promise<V[]> {
  return (await Promise.all(keys.map((key) => loader.load(key)))).filter((found) => found !== null);
}

/** Forgets what the operation has loaded: for a subscription's context, which outlives one event. */
export const clearLoaders = (ctx: GraphQLContext): void => {
  loaders.delete(ctx);
};
