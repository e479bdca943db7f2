import type { Told } from './watch.js';

const key = ({ startsAt, endsAt }: { startsAt: string; endsAt: string }) => `${startsAt}/${endsAt}`;

/**
 * Judges what one subscriber was told of one exclusive resource, from its snapshot on: every version once and
 * in order, nothing freed that was not taken, and no two spans that overlap at any time.
 * @returns what is busy at the end, or throws with the first thing that is wrong
 */
export function replay(told: readonly Told[]): Set<string> {
  const [snapshot, ...later] = told;
  if (snapshot?.__typename !== 'AvailabilitySnapshot') throw new Error('no snapshot first');
  const busy = new Set((snapshot.busy ?? []).map(key));
  let version = snapshot.version;
  for (const event of later) {
    if (event.__typename !== 'AvailabilityChange') throw new Error(`a second snapshot: ${event.cause}`);
    if (event.version !== version + 1) throw new Error(`version ${event.version} after ${version}`);
    version = event.version;
    if (event.freed && !busy.delete(key(event.freed)))
      throw new Error(`freed what was not taken: ${key(event.freed)}`);
    if (event.taken) {
      for (const other of busy) {
        const [from = '', to = ''] = other.split('/');
        if (event.taken.startsAt < to && event.taken.endsAt > from)
          throw new Error(`${key(event.taken)} over ${other}`);
      }
      busy.add(key(event.taken));
    }
  }
  return busy;
}
