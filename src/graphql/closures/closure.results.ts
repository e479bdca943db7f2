import { Field, Int, ObjectType } from 'type-graphql';
import { InvalidInput, NotFound, UserError, VersionConflict } from '../schema/failures.view.js';
import { resultUnion } from '../schema/result-union.js';
import { Closing } from './closing.view.js';
import { Closure } from './closure.view.js';

@ObjectType({
  simpleResolvers: true,
  description: 'The live reservations that a closure meets. They stay or are cancelled, as was asked for.',
})
export class MetReservations {
  @Field(() => Int, { description: 'How many in all, those included that the viewer may not see.' })
  totalCount!: number;
}

@ObjectType({ simpleResolvers: true, description: 'The closure counts from now on.' })
export class ClosureSuccess {
  @Field(() => Closure, { description: 'As it is now.' })
  closure!: Closure;

  @Field(() => MetReservations, { description: 'What it meets: kept, or cancelled by it.' })
  met!: MetReservations;

  @Field(() => Closing, {
    nullable: true,
    description: 'What closingUndo takes back; null where nothing was to be done.',
  })
  closing!: Closing | null;
}

@ObjectType({ simpleResolvers: true, description: 'The closure is gone, and what it closed is open again.' })
export class ClosureRemoveSuccess {
  @Field(() => Closure, { description: 'As it was.' })
  closure!: Closure;
}

@ObjectType({ simpleResolvers: true, description: 'What is wrong with one event of the file.' })
export class CalendarProblem {
  @Field(() => Int, { description: 'The line on which the event begins, from 1 on.' })
  line!: number;

  @Field(() => String, { nullable: true, description: 'Its UID, as far as it can be told.' })
  uid!: string | null;

  @Field(() => String, { description: 'A sentence for people.' })
  message!: string;
}

@ObjectType({ simpleResolvers: true, description: 'The events are closures now, or would be in a dry run.' })
export class ClosuresImportSuccess {
  @Field(() => Int, { description: 'Events that were not known for this scope.' })
  createdCount!: number;

  @Field(() => Int, { description: 'Events that were imported before and are different now.' })
  updatedCount!: number;

  @Field(() => Int, { description: 'Events that were imported before and are the same.' })
  unchangedCount!: number;

  @Field(() => Int, { description: 'Events that are over everywhere, and so were skipped.' })
  pastCount!: number;

  @Field(() => Int, { description: 'Events that the file calls cancelled, and so were skipped.' })
  cancelledCount!: number;

  @Field(() => [CalendarProblem], {
    description: 'The events that were left out because they are wrong, by line.',
  })
  problems!: CalendarProblem[];

  @Field(() => MetReservations, { description: 'What the closures meet: kept, or cancelled by them.' })
  met!: MetReservations;

  @Field(() => Closing, {
    nullable: true,
    description:
      'What closingUndo takes back, all of it at once; null in a dry run and where nothing was to be done.',
  })
  closing!: Closing | null;
}

@ObjectType({
  implements: UserError,
  simpleResolvers: true,
  description: 'Some events cannot be closures, so none was imported.',
})
export class ClosuresImportRefused extends UserError {
  @Field(() => [CalendarProblem], { description: 'Every one of them, by line.' })
  problems!: CalendarProblem[];
}

export const ClosureCreateResult = resultUnion('ClosureCreate', ClosureSuccess, InvalidInput, NotFound);
export const ClosureUpdateResult = resultUnion(
  'ClosureUpdate',
  ClosureSuccess,
  InvalidInput,
  NotFound,
  VersionConflict,
);
export const ClosureRemoveResult = resultUnion(
  'ClosureRemove',
  ClosureRemoveSuccess,
  NotFound,
  VersionConflict,
);
export const ClosurePreviewResult = resultUnion('ClosurePreview', MetReservations, InvalidInput, NotFound);
export const ClosuresImportResult = resultUnion(
  'ClosuresImport',
  ClosuresImportSuccess,
  ClosuresImportRefused,
  InvalidInput,
  NotFound,
);
