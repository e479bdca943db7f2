import type { ConflictMode } from '../../../src/domain/series/conflict-mode.js';
import type { CreateSeries, CreateSeriesResult } from '../../../src/domain/series/create-series.js';
import type { SeriesReport } from '../../../src/domain/series/report.js';
import type { ChangeSeriesResult } from '../../../src/domain/series/update-series.js';
import type { Database, Statement } from '../../../src/sql/statement.js';

export const ALL: ConflictMode = { kind: 'ALL_OR_NOTHING', maxConflicts: null, sameAttributes: false };
export const SKIP: ConflictMode = { kind: 'SKIP', maxConflicts: null, sameAttributes: false };
export const SUBSTITUTE: ConflictMode = { kind: 'SUBSTITUTE', maxConflicts: null, sameAttributes: false };

/** 09:00–10:00 daily from 2 March 2027 on, five times, on these resources, unless said otherwise. */
export const wanted = (resourceIds: readonly string[], more: Partial<CreateSeries> = {}): CreateSeries => ({
  title: 'Standup',
  details: '',
  resources: resourceIds.map((resourceId) => ({ resourceId, quantity: 1 })),
  startsLocal: '2027-03-02T09:00',
  endsLocal: '2027-03-02T10:00',
  timeZone: null,
  rrule: 'FREQ=DAILY;COUNT=5',
  exdates: [],
  rdates: [],
  ownerId: null,
  mode: ALL,
  idempotencyKey: null,
  dryRun: false,
  ...more,
});

/** The report of a series that was made; fails with the refusal. */
export function made(result: CreateSeriesResult | ChangeSeriesResult): SeriesReport {
  if ('kind' in result) throw new Error(JSON.stringify(result));
  return result;
}

/** What became of each occurrence, one word each. */
export const outcomes = (result: CreateSeriesResult | ChangeSeriesResult): string =>
  made(result)
    .occurrences.map(({ outcome }) => outcome)
    .join(' ');

/** The codes of a refusal, in order. */
export const codes = (result: object): unknown =>
  'reasons' in result ? (result.reasons as { code: string }[]).map(({ code }) => code) : result;

/** The answer without what differs between two calls, ids and what can be undone, and with all instants printed alike. */
export const withoutIds = (value: unknown): unknown =>
  JSON.parse(
    JSON.stringify(value, (key, part: unknown) => {
      if (key === 'id' || key === 'seriesId' || key === 'act') return undefined;
      const isInstant = typeof part === 'string' && /T.*(Z|\+00:00)$/.test(part);
      return isInstant ? new Date(part).toISOString() : part;
    }),
  );

/** The same database, which writes down the names of the statements that it is asked, in transactions too. */
export function counting(db: Database): { db: Database; asked: string[] } {
  const asked: string[] = [];
  const note = <Row>(on: Pick<Database, 'query'>, statement: Statement<Row>, values: readonly unknown[]) => {
    asked.push(statement.name);
    return on.query(statement, values);
  };
  const counted: Database = {
    query: (statement, values) => note(db, statement, values),
    transaction: (work) =>
      db.transaction((tx) => work({ query: (statement, values) => note(tx, statement, values) })),
    unitOfWork: (work) => db.unitOfWork(work),
    em: () => db.em(),
  };
  return { asked, db: counted };
}
