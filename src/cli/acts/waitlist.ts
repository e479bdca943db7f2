import {
  type WaitFactsFragment,
  WaitlistJoinDocument,
  WaitlistLeaveDocument,
  type WaitState,
  WaitsListDocument,
} from '../../client/generated/graphql.js';
import type { Act } from '../leaf.js';
import type { Output } from '../output/output.js';
import { resourcesShown } from '../output/reservation.js';
import { type Column, printFacts, printRows } from '../output/table.js';
import { minutesOf } from '../time/duration.js';
import { instantShown, spanExact, spanShown } from '../time/shown.js';
import { isoText } from '../time/zone.js';
import { keyOf, onceMore } from './once-more.js';
import { mishap } from './outcome.js';
import { type Paging, readPages } from './pages.js';
import { readWish, type WishOptions } from './wish.js';

interface JoinOptions extends WishOptions {
  readonly key?: string;
  readonly length?: string;
  readonly orEquivalent?: boolean;
}

const LIVE: WaitState[] = ['WAITING', 'OFFERED'];

const zoneOf = ({ resources }: WaitFactsFragment) => resources[0]?.resource?.timeZone ?? 'UTC';
const offeredUntil = ({ state, reservation }: WaitFactsFragment) =>
  (state === 'OFFERED' && reservation?.expiresAt) || null;

const COLUMNS: readonly Column<WaitFactsFragment>[] = [
  {
    head: 'when',
    shown: (row) => spanShown(row.window, zoneOf(row)),
    exact: (row) => spanExact(row.window, zoneOf(row)),
  },
  { head: 'resource', shown: ({ resources }) => resourcesShown(resources) },
  { head: 'title', shown: ({ title }) => title, gives: true },
  { head: 'state', shown: ({ state }) => state },
  { head: 'place', shown: ({ position }) => (position === null ? '' : String(position)) },
  {
    head: 'until',
    shown: (row) => (offeredUntil(row) ? instantShown(offeredUntil(row) as string, zoneOf(row)) : ''),
    exact: (row) => [offeredUntil(row) ? isoText(Date.parse(offeredUntil(row) as string), zoneOf(row)) : ''],
  },
  { head: 'id', shown: ({ id }) => id },
  { head: 'reservation', shown: ({ reservation }) => reservation?.id ?? '' },
];

function print(out: Output, wait: WaitFactsFragment): void {
  if (out.isJson) out.json(wait);
  else if (out.isTerminal) printFacts(out, COLUMNS, wait);
  else printRows(out, COLUMNS, [wait]);
}

export const waitlistList: Act<Paging & { ended?: boolean }> = async (session, options) => {
  const states = options.ended ? null : LIVE;
  const rows = await readPages(session, options, async (first, after) => {
    const { waits } = await session.call(WaitsListDocument, { states, first, after });
    return waits;
  });
  if (session.out.isJson) session.out.json(rows);
  else printRows(session.out, COLUMNS, rows);
};

export const waitlistJoin: Act<JoinOptions> = async (session, options, ...given) => {
  const { resource, input: wish } = await readWish(session, options, given as string[]);
  const { title, resources, window } = wish;
  const idempotencyKey = keyOf(options);
  const input = {
    title,
    resources,
    window,
    idempotencyKey,
    minutes: options.length === undefined ? null : minutesOf(options.length),
    orEquivalent: options.orEquivalent ?? null,
  };
  const { waitlistJoin: joined } = await onceMore(idempotencyKey, () =>
    session.call(WaitlistJoinDocument, { input }),
  );
  if (joined.__typename !== 'WaitlistJoinSuccess') throw mishap(joined, resource.timeZone);
  const { wait } = joined;
  print(session.out, wait);
  if (wait.state === 'OFFERED' && wait.reservation && session.out.isTerminal)
    session.out.say(`It is held for you: holdfast reservation confirm ${wait.reservation.id}`);
};

export const waitlistLeave: Act = async (session, _options, id) => {
  const { waitlistLeave: left } = await session.call(WaitlistLeaveDocument, { id: id as string });
  if (left.__typename !== 'WaitlistLeaveSuccess') throw mishap(left, session.zoneAt());
  print(session.out, left.wait);
};
