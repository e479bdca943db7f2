import {
  type ResourceFactsFragment,
  ResourceShowDocument,
  ResourcesListDocument,
} from '../../client/generated/graphql.js';
import type { Session } from '../account/session.js';
import { notFound, wrongUsage } from '../failure.js';

const MOST = 20;

const same = (one: string, other: string) =>
  one.localeCompare(other, undefined, { sensitivity: 'accent' }) === 0;

/** The resource of that id or that name, whatever its case; a part of a name will do where it means one alone. */
export async function findResource(session: Session, given: string): Promise<ResourceFactsFragment> {
  if (given.startsWith('res_')) {
    const { resource } = await session.call(ResourceShowDocument, { id: given });
    if (resource) return resource;
    throw notFound(`There is no resource ${given}.`);
  }
  const filter = { search: given };
  const { resources } = await session.call(ResourcesListDocument, { filter, first: MOST });
  const found = resources.nodes;
  const named = found.filter(({ name }) => same(name, given.trim()));
  const [one, ...others] = named.length > 0 ? named : found;
  if (!one) throw notFound(`There is no resource "${given}".`, 'See: holdfast resource list');
  if (others.length === 0) return one;
  const most = [one, ...others]
    .slice(0, 5)
    .map(({ id, name, place }) => `${name} (${place?.name ?? ''}, ${id})`);
  throw wrongUsage(`"${given}" can mean several resources.`, `Did you mean ${most.join(', or ')}?`);
}
