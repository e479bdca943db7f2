import { type InvalidInput, invalidInput } from '../failure.js';
import { checkText } from '../text.js';
import { parseLocal } from '../time/local-time.js';
import { checkRecurrence } from './recurrence-rule.js';

const MOST_TITLE = 200;
const DATE = /^\d{4}-\d\d-\d\d$/;
const MIDNIGHT = 'T00:00:00.000';
/** As for windows: outside these years no closure can be meant. */
const [EARLIEST, LATEST] = ['1970', '9000'];

/** What people choose of a closure. Times are those of the clocks in each resource's own zone. */
export interface ClosureFields {
  readonly title: string;
  /** `2026-12-24T08:00`; a date alone is its midnight. */
  readonly startsLocal: string;
  /** The first time behind it, so that a closure of whole days ends on the date after its last one. */
  readonly endsLocal: string;
  /** RFC 5545, with or without an end. */
  readonly rrule: string | null;
  /** Starts of occurrences that are left out; a date alone means the one that starts on it. */
  readonly exdates: readonly string[];
}

/** `2026-12-24T08:00:00.000`, of a date alone its midnight, or null where the text is no local time. */
export function settleLocal(text: string): string | null {
  const plain = parseLocal(DATE.test(text) ? `${text}T00:00` : text);
  return plain && text >= EARLIEST && text < LATEST ? plain.toString({ smallestUnit: 'millisecond' }) : null;
}

/**
 * The fields as they are kept, all times written out to the millisecond.
 * @param path leads to the fields in what the caller was given
 */
export function settleClosure(
  fields: ClosureFields,
  path: readonly string[] = ['input'],
): ClosureFields | InvalidInput {
  const wrong = (field: string) =>
    invalidInput(
      [...path, field],
      'A local time looks like 2026-12-24T08:00, a whole day like 2026-12-24.',
      'INVALID_TIME',
    );
  const [startsLocal, endsLocal] = [settleLocal(fields.startsLocal), settleLocal(fields.endsLocal)];
  if (!startsLocal) return wrong('startsLocal');
  if (!endsLocal) return wrong('endsLocal');
  if (endsLocal <= startsLocal) {
    const message = 'The end must lie behind the start: a whole day ends on the next date.';
    return invalidInput([...path, 'endsLocal'], message);
  }
  const title = fields.title.trim();
  const time = startsLocal.slice('2026-12-24'.length);
  const exdates = fields.exdates.map((text) => settleLocal(DATE.test(text) ? text + time : text));
  if (exdates.includes(null)) return wrong('exdates');
  const after = { title, startsLocal, endsLocal, rrule: fields.rrule, exdates: exdates as string[] };
  return checkText(title, [...path, 'title'], 1, MOST_TITLE) ?? checkRule(after, path) ?? after;
}

function checkRule(fields: ClosureFields, path: readonly string[]): InvalidInput | null {
  const { rrule, startsLocal, endsLocal, exdates } = fields;
  if (rrule !== null) {
    // No zone matters for whether the rule can be followed.
    return checkRecurrence({ rrule, startsLocal, endsLocal, exdates, rdates: [], timeZone: 'UTC' }, path);
  }
  return exdates.length > 0
    ? invalidInput([...path, 'exdates'], 'Only with a rule there are occurrences to leave out.')
    : null;
}

/** The fields alone of what has more. */
export const fieldsOf = (of: ClosureFields): ClosureFields => ({
  title: of.title,
  startsLocal: of.startsLocal,
  endsLocal: of.endsLocal,
  rrule: of.rrule,
  exdates: of.exdates,
});

/** Whether it starts and ends at midnight. */
export const isWholeDays = ({
  startsLocal,
  endsLocal,
}: Pick<ClosureFields, 'startsLocal' | 'endsLocal'>): boolean =>
  startsLocal.endsWith(MIDNIGHT) && endsLocal.endsWith(MIDNIGHT);
