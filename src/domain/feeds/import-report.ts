import type { ActRow, ReservationRow } from '../../sql/reservations/reservation-json.js';
import { type Reason, reason, type Span, spanOf } from '../decisions/reason.js';
import type { CalendarProblem } from '../schedules/ical-closures.js';
import type { WantedEvent } from './plan-events.js';

export type ImportOutcome = 'RESERVED' | 'KNOWN' | 'REFUSED';

/** What became of one window that the calendar asks for. */
export interface ImportedEvent {
  readonly line: number;
  readonly uid: string;
  readonly title: string;
  readonly window: Span;
  readonly outcome: ImportOutcome;
  /** As it is then; null where it is refused. */
  readonly reservation: ReservationRow | null;
  /** Why it is refused. */
  readonly reasons: readonly Reason[];
}

/** What became of a calendar. */
export interface ImportReport {
  /** By start. */
  readonly events: readonly ImportedEvent[];
  readonly pastCount: number;
  readonly cancelledCount: number;
  readonly problems: readonly CalendarProblem[];
  /** Takes all of it back; null where nothing was made. */
  readonly act: ActRow | null;
}

/** Nothing was imported, because of what is refused or wrong. */
export interface ReservationsImportRefused extends ImportReport {
  readonly kind: 'ReservationsImportRefused';
  readonly message: string;
  readonly path: readonly string[];
}

/** Of what the engine says about a series, the words for a calendar. */
const inCalendar = (each: Reason): Reason =>
  each.code === 'SERIES_SELF_OVERLAP'
    ? reason('SLOT_TAKEN', 'Another event of the calendar takes that time.', { resourceId: each.resourceId })
    : each;

/** The report about one window. */
export const reported = (
  { line, uid, title, startsAt, endsAt }: WantedEvent,
  outcome: ImportOutcome,
  reservation: ReservationRow | null | undefined,
  reasons: readonly Reason[] = [],
): ImportedEvent => ({
  line,
  uid,
  title,
  window: spanOf(+startsAt, +endsAt),
  outcome,
  reservation: reservation ?? null,
  reasons: reasons.map(inCalendar),
});

/** The refusal of the whole where something in it is refused or wrong; its message names the first. */
export function refusalOf(report: ImportReport): ReservationsImportRefused | null {
  const sentences = [
    ...report.problems.map(({ line, message }) => ({ line, message })),
    ...report.events.flatMap(({ line, reasons: [first] }) => (first ? { line, message: first.message } : [])),
  ].sort((a, b) => a.line - b.line);
  const [first] = sentences;
  if (!first) return null;
  const more = sentences.length > 1 ? ` And ${sentences.length - 1} more.` : '';
  const message = `Line ${first.line}: ${first.message}${more}`;
  return { kind: 'ReservationsImportRefused', message, path: ['input', 'text'], ...report };
}
