import { Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import { CalendarProblem } from '../closures/closure.results.js';
import { Reason, ReservationRefused } from '../reservations/refusal.view.js';
import { Reservation } from '../reservations/reservation.view.js';
import { InvalidInput, NotFound, UserError } from '../schema/failures.view.js';
import { resultUnion } from '../schema/result-union.js';
import { Window } from '../schema/window.js';

export enum ImportOutcome {
  RESERVED = 'RESERVED',
  KNOWN = 'KNOWN',
  REFUSED = 'REFUSED',
}
registerEnumType(ImportOutcome, {
  name: 'ImportOutcome',
  description: 'What became of a window that a calendar asks for.',
  valuesConfig: {
    RESERVED: { description: 'It is a reservation now, or would be if nothing else were refused.' },
    KNOWN: {
      description: 'It was imported before for this owner and resource, and is left as it has become.',
    },
    REFUSED: { description: 'It cannot be reserved, for the reasons beside it.' },
  },
});

@ObjectType({
  simpleResolvers: true,
  description: 'What became of one event of a calendar, or of one occurrence of an event that recurs.',
})
export class ImportedEvent {
  @Field(() => Int, { description: 'The line on which the event begins, from 1 on.' })
  line!: number;

  @Field(() => String, { description: 'Its UID, with the occurrence that it stands for behind it.' })
  uid!: string;

  @Field(() => String, { description: 'What it is for: its SUMMARY.' })
  title!: string;

  @Field(() => Window, { description: 'When it is by the calendar.' })
  window!: Window;

  @Field(() => ImportOutcome, { description: 'What became of it.' })
  outcome!: ImportOutcome;

  @Field(() => Reservation, {
    nullable: true,
    description: 'The reservation as it is then, or would be; null where it is refused.',
  })
  reservation!: Reservation | null;

  @Field(() => [Reason], { description: 'Every reason why it is refused; empty where nothing is.' })
  reasons!: Reason[];
}

const EVENTS = 'Every window that the calendar asks for and that is not over, by start.';
const PAST = 'Events that are over with all their occurrences, and so were skipped.';
const CANCELLED = 'Events that the file calls cancelled, and so were skipped.';

@ObjectType({ simpleResolvers: true, description: 'The calendar is imported, or would be in a dry run.' })
export class ReservationsImportSuccess {
  @Field(() => [ImportedEvent], { description: EVENTS })
  events!: ImportedEvent[];

  @Field(() => Int, { description: PAST })
  pastCount!: number;

  @Field(() => Int, { description: CANCELLED })
  cancelledCount!: number;

  @Field(() => [CalendarProblem], { description: 'The events that were left out because they are wrong.' })
  problems!: CalendarProblem[];
}

@ObjectType({
  implements: UserError,
  simpleResolvers: true,
  description: 'Some events are refused or wrong, so none was imported.',
})
export class ReservationsImportRefused extends UserError {
  @Field(() => [ImportedEvent], { description: EVENTS })
  events!: ImportedEvent[];

  @Field(() => Int, { description: PAST })
  pastCount!: number;

  @Field(() => Int, { description: CANCELLED })
  cancelledCount!: number;

  @Field(() => [CalendarProblem], { description: 'The events that are wrong, by line.' })
  problems!: CalendarProblem[];
}

export const ReservationsImportResult = resultUnion(
  'ReservationsImport',
  ReservationsImportSuccess,
  ReservationsImportRefused,
  ReservationRefused,
  InvalidInput,
  NotFound,
);
