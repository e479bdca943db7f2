import { ResourcesListDocument } from '../../client/generated/graphql.js';
import type { Act } from '../leaf.js';
import { RESOURCE_COLUMNS } from '../output/resource.js';
import { printRows } from '../output/table.js';
import { type Paging, readPages } from './pages.js';

interface Options extends Paging {
  readonly search?: string;
  readonly seats?: number;
}

export const resourceList: Act<Options> = async (session, options) => {
  const filter = { search: options.search ?? null, seatsAtLeast: options.seats ?? null };
  const rows = await readPages(session, options, async (first, after) => {
    const { resources } = await session.call(ResourcesListDocument, { filter, first, after });
    return resources;
  });
  if (session.out.isJson) session.out.json(rows);
  else printRows(session.out, RESOURCE_COLUMNS, rows);
};
