import type { Window } from '../../domain/time/window.js';
import type { Clock } from '../../ports/clock.js';
import { readAvailability } from '../../sql/availability/read-availability.js';
import type { Database } from '../../sql/statement.js';
import {
  type ChangeRow,
  MOST_CHANGES,
  type Position,
  readChanges,
  streamVersions,
} from '../../sql/streams/read-changes.js';
import { type LiveEvent, type SnapshotCause, touches } from './events.js';
import { type CatchUp, Frame } from './member.js';

/** What is needed to tell a group's events. */
export interface Teller {
  readonly db: Database;
  readonly clock: Clock;
  readonly resourceIds: readonly string[];
  readonly window: Window;
  /**
   * Executes the group's document over one event and serialises the result.
   * @throws Unavailable when what the document asks for cannot be read
   */
  readonly print: (event: LiveEvent) => Promise<string>;
}

const positionOf = ({ resourceId, version }: Position): Position => ({ resourceId, version });

export const changeFrame = async (teller: Teller, row: ChangeRow): Promise<Frame> =>
  new Frame(positionOf(row), await teller.print({ kind: 'AvailabilityChange', row }));

/** The busy spans as they are now, one frame for each resource. */
export async function snapshotFrames(
  teller: Teller,
  resourceIds: readonly string[],
  cause: SnapshotCause,
): Promise<CatchUp> {
  if (resourceIds.length === 0) return { frames: [], known: [] };
  const { window } = teller;
  const rows = await readAvailability(teller.db, teller.clock.fixed(), resourceIds, window);
  const frames = await Promise.all(
    rows.map(
      async (row) =>
        new Frame(positionOf(row), await teller.print({ kind: 'AvailabilitySnapshot', cause, window, row })),
    ),
  );
  return { frames, known: rows.map(positionOf) };
}

/**
 * What a returning subscriber has missed, exactly (E2). A resource whose history is no longer kept gets a
 * snapshot that says so; one for which no cursor was named gets a plain one.
 */
export async function resume(teller: Teller, after: readonly Position[]): Promise<CatchUp> {
  const named = after.map(({ resourceId }) => resourceId);
  const newest = new Map((await streamVersions(teller.db, named)).map((at) => [at.resourceId, at.version]));
  const missed = await readChanges(teller.db, after);
  const whole = missed.length < MOST_CHANGES;
  const known: Position[] = [];
  const gone: string[] = [];
  const changes: ChangeRow[] = [];
  for (const at of after) {
    const kept = missed.filter(({ resourceId }) => resourceId === at.resourceId);
    const last = kept.at(-1)?.version ?? at.version;
    const withoutHoles = whole && kept.length === last - at.version;
    const version = newest.get(at.resourceId) ?? 0;
    if (withoutHoles && last >= version && at.version <= version) {
      known.push({ resourceId: at.resourceId, version: last });
      changes.push(...kept.filter((change) => touches(change, teller.window)));
    } else gone.push(at.resourceId);
  }
  const frames = await Promise.all(changes.map((change) => changeFrame(teller, change)));
  const lost = await snapshotFrames(teller, gone, 'HISTORY_GONE');
  const unnamed = teller.resourceIds.filter((id) => !named.includes(id));
  const fresh = await snapshotFrames(teller, unnamed, 'SUBSCRIBED');
  return {
    frames: [...frames, ...lost.frames, ...fresh.frames],
    known: [...known, ...lost.known, ...fresh.known],
  };
}
