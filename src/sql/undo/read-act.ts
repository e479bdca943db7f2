import type { FormerPlace } from '../reservations/move-reservations.js';
import { NOW, type ReservationRow } from '../reservations/reservation-json.js';
import { type Queryable, statement } from '../statement.js';
import type { Belonging } from './put-back-series.js';
import { standing } from './standing.js';

/** Whether something is as the act has left it: then `standsAt` is `version`. */
export interface Standing {
  readonly id: string;
  /** The version that the act gave it. */
  readonly version: number;
  readonly currentVersion: number;
  /** The version whose facts it has: an older one than it has itself where what came later has been undone. */
  readonly standsAt: number;
}

/** What an act has changed of one reservation. */
export interface ActEntry extends Standing {
  /** What of it was different before: of a cancellation its state, of other changes all; its place where that was left. */
  readonly before: Partial<ReservationRow & FormerPlace>;
  /** The act has made it; taken back, it is cancelled. */
  readonly isMade: boolean;
}

/** A series that an act has changed. */
export interface SeriesEntry extends Standing {
  /** As the audit shows it; null where the act has begun it. */
  readonly before: object | null;
}

/** An act that can be undone, or could. */
export interface FoundAct {
  readonly id: string;
  readonly actorId: string;
  readonly doneAt: string;
  readonly entries: readonly ActEntry[];
  readonly series: readonly SeriesEntry[];
  /** Reservations of which only that was different before. */
  readonly belongings: readonly Belonging[];
  /** The reservations as they were once it was undone, in the order of the entries; null where it was not. */
  readonly undone: readonly ReservationRow[] | null;
  readonly now: string;
}

const SUBJECTS = '(select subject_id from audit where act_id = $2)';

const entries = (actions: string): string => `(
  select coalesce(json_agg(json_build_object('id', a.subject_id, 'isMade', a.action = 'reservation.create',
    'before', case a.action when 'reservation.create' then '{"state": "CANCELLED"}' else a.before end,
    'version', (a.after ->> 'version')::integer, 'currentVersion', s.version, 'standsAt', s.stands_at) order by a.id), '[]')
  from audit a join stands s on s.id = a.subject_id where a.act_id = h.id and a.action like '${actions}'
    and a.action <> 'series.relink')`;

const READ = statement<{ act: FoundAct }>(
  'act-to-undo',
  `with recursive ${standing(`(select v.id, v.version, v.version from reservation v where v.id in ${SUBJECTS}
      union all select s.id, s.version, s.version from series s where s.id in ${SUBJECTS})`)}
  select json_build_object('id', h.id, 'actorId', h.actor_id, 'doneAt', h.at, 'now', ${NOW},
    'entries', ${entries('reservation.%')}, 'series', ${entries('series.%')},
    'belongings', (select coalesce(json_agg(a.before || jsonb_build_object('id', a.subject_id)), '[]')
      from audit a where a.act_id = h.id and a.action = 'series.relink'),
    'undone', (select json_agg(u.after order by a.id)
      from audit u join audit a on a.act_id = h.id and a.subject_id = u.subject_id
      where u.undoes = h.id and u.action like 'reservation.%')) as act
  from audit h where h.id = $2 and h.act_id = $2`,
);

/** The act with all that it has changed, in one snapshot; null where there is none that could be undone. */
export const readAct = async (on: Queryable, now: string | null, id: string): Promise<FoundAct | null> =>
  (await on.query(READ, [now, id]))[0]?.act ?? null;
