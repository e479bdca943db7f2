import type { Span, Told } from './watch.js';

/** One numbered change of one resource, as a subscriber was told it or as the outbox keeps it. */
export interface Change {
  readonly version: number;
  readonly freed: Span | null;
  readonly taken: Span | null;
  /** Of rules or closures: frees and takes nothing itself. */
  readonly ofRules: boolean;
}

/** A query as psql would make it. */
export type Ask = <Row extends object>(text: string, values: unknown[]) => Promise<Row[]>;

const key = ({ startsAt, endsAt }: Span) => `${startsAt}/${endsAt}`;

/** Goes on from what is busy at `version`; throws with the first thing that is wrong. */
function follow(busy: Set<string>, from: number, changes: readonly Change[]): Set<string> {
  let version = from;
  for (const change of changes) {
    if (change.version !== version + 1) throw new Error(`version ${change.version} after ${version}`);
    version = change.version;
    if (change.ofRules && (change.freed || change.taken)) throw new Error('a change of rules has spans');
    if (change.freed && !busy.delete(key(change.freed)))
      throw new Error(`freed what was not taken: ${key(change.freed)}`);
    if (change.taken) {
      for (const other of busy) {
        const [start = '', end = ''] = other.split('/');
        if (change.taken.startsAt < end && change.taken.endsAt > start)
          throw new Error(`${key(change.taken)} over ${other}`);
      }
      busy.add(key(change.taken));
    }
  }
  return busy;
}

const changesOf = (told: readonly Told[]): Change[] =>
  told.map((event) => {
    if (event.__typename !== 'AvailabilityChange') throw new Error(`a second snapshot: ${event.cause}`);
    const { version, freed = null, taken = null, areRulesChanged = false } = event;
    return { version, freed, taken, ofRules: areRulesChanged };
  });

/**
 * Judges what one subscriber was told of one exclusive resource, from its snapshot on: every version once and
 * in order, nothing freed that was not taken, and no two spans that overlap at any time.
 * @returns what is busy at the end, or throws with the first thing that is wrong
 */
export function replay(told: readonly Told[]): Set<string> {
  const [snapshot, ...later] = told;
  if (snapshot?.__typename !== 'AvailabilitySnapshot') throw new Error('no snapshot first');
  return follow(new Set((snapshot.busy ?? []).map(key)), snapshot.version, changesOf(later));
}

const SPAN = (range: string) => `case when ${range} is not null then json_build_object(
  'startsAt', to_char(lower(${range}) at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
  'endsAt', to_char(upper(${range}) at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) end`;

/**
 * Judges the stream of an exclusive resource against the database: the outbox from its first version on keeps
 * spans apart and ends in exactly the claims that occupy, and each subscriber was told exactly these changes.
 * The subscribers' window must hold every reservation of the resource.
 * @throws with the first thing that is wrong
 */
export async function checkStream(
  ask: Ask,
  resourceId: string,
  subscribers: readonly (readonly Told[])[],
): Promise<void> {
  const outbox = await ask<Change>(
    `select version::int, ${SPAN('freed')} as freed, ${SPAN('taken')} as taken,
       reservation_id is null as "ofRules"
     from outbox where resource_id = $1 order by version`,
    [resourceId],
  );
  const claims = await ask<{ span: Span }>(
    `select ${SPAN('occupied')} as span from claim where resource_id = $1 and occupies`,
    [resourceId],
  );
  const final = [...follow(new Set(), 0, outbox)].sort();
  const claimed = claims.map(({ span }) => key(span)).sort();
  if (final.join() !== claimed.join())
    throw new Error(`the outbox ends with ${final.length} spans, ${claimed.length} claims occupy`);
  for (const told of subscribers) {
    if ([...replay(told)].sort().join() !== claimed.join())
      throw new Error('a stream ends unlike the claims');
    const after = told[0]?.version ?? 0;
    const expected = JSON.stringify(outbox.filter(({ version }) => version > after));
    if (JSON.stringify(changesOf(told.slice(1))) !== expected)
      throw new Error('a stream tells other changes than the outbox keeps');
  }
}
