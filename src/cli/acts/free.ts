import { ResourcesFreeDocument, type ResourcesFreeQuery } from '../../client/generated/graphql.js';
import type { Act } from '../leaf.js';
import { RESOURCE_COLUMNS } from '../output/resource.js';
import { type Column, printRows } from '../output/table.js';
import { minutesOf } from '../time/duration.js';
import { spanShown } from '../time/shown.js';
import { instantOfWhen, whenOf } from '../time/when.js';
import { type Paging, readPages } from './pages.js';

interface Options extends Paging {
  readonly search?: string;
  readonly seats?: number;
}

type Free = ResourcesFreeQuery['freeResources']['nodes'][number];

const COLUMNS: readonly Column<Free>[] = [
  ...RESOURCE_COLUMNS.map(({ head, shown, gives }) => ({
    head,
    shown: ({ resource }: Free) => shown(resource),
    ...(gives && { gives }),
  })),
  { head: 'free', shown: ({ freeQuantity }) => String(freeQuantity) },
];

const UNLESS_SAID = '1h';

export const free: Act<Options> = async (session, options, when, length = UNLESS_SAID) => {
  const { out } = session;
  const zone = session.zoneAt();
  const start = instantOfWhen(whenOf(when as string, zone), zone);
  const end = start + minutesOf(length as string) * 60_000;
  const window = { startsAt: new Date(start).toISOString(), endsAt: new Date(end).toISOString() };
  const filter = { search: options.search ?? null, seatsAtLeast: options.seats ?? null };
  const rows = await readPages(session, options, async (first, after) => {
    const { freeResources } = await session.call(ResourcesFreeDocument, { window, filter, first, after });
    return freeResources;
  });
  if (out.isJson) {
    out.json(rows);
    return;
  }
  const found = rows.length === 0 ? 'Nothing is free' : 'Free';
  if (out.isTerminal) out.say(`${found} ${spanShown(window, zone)}`);
  printRows(out, COLUMNS, rows);
};
