import { globalId } from '../domain/ids.js';
import { checkTimeZones } from '../domain/reservations/check-time-zones.js';
import { type Queryable, statement } from '../sql/statement.js';
import { openAdapters } from './adapters.js';
import { databaseOf } from './database.js';
import { run } from './run.js';

const MIGRATED = statement<{ there: boolean }>(
  'is-migrated',
  `select to_regclass('reservation') is not null as there`,
);
const isMigrated = async (db: Queryable) => (await db.query(MIGRATED, []))[0]?.there ?? false;

/** Prints a tab-separated line for each reservation whose wall time lies elsewhere, or nowhere, by this Node's tz database. */
await run(async (program) => {
  const adapters = await openAdapters(program, await databaseOf(program));
  if (!(await isMigrated(adapters.db))) {
    throw new Error('This database holds no reservations yet: npm start or npm run migrate makes it.');
  }
  let [moved, unknown] = [0, 0];
  for await (const { row, window } of checkTimeZones(adapters)) {
    if (window) moved++;
    else unknown++;
    const now = new Date(row.startsAt).toISOString();
    const meant = `${row.localStart} ${row.timeZone}`;
    const facts = [
      globalId('Reservation', row.id),
      row.title,
      meant,
      now,
      window?.startsAt.toISOString() ?? 'unknown time zone',
    ];
    process.stdout.write(`${facts.join('\t')}\n`);
  }
  const told =
    moved === 0
      ? 'Every reservation lies where its wall clock says'
      : `${moved} reservations would move (id, title, wall time, start now, start by the wall clock)`;
  const rest = unknown === 0 ? '' : `; ${unknown} lie in time zones that it does not know`;
  process.stderr.write(`${told}, by tz ${process.versions.tz}${rest}.\n`);
  return 'done';
});
