import { Field, Int, ObjectType } from 'type-graphql';
import { Reason } from '../reservations/refusal.view.js';
import { connectionOf } from '../schema/connection.js';
import { NotFound, UndoTooLate, VersionConflict } from '../schema/failures.view.js';
import { resultUnion } from '../schema/result-union.js';

@ObjectType({
  simpleResolvers: true,
  description: 'What became of one reservation that the closing had cancelled.',
})
export class ClosingUndoOutcome {
  @Field(() => [Reason], { description: 'Why it stays cancelled; empty where it is what it was before.' })
  reasons!: Reason[];
}

export const ClosingUndoOutcomeConnection = connectionOf(ClosingUndoOutcome, 'ClosingUndoOutcome');

@ObjectType({
  simpleResolvers: true,
  description: 'The closing is taken back. Asked again, it answers the same.',
})
export class ClosingUndoSuccess {
  @Field(() => Int, { description: 'How many closures are gone because the closing had made them.' })
  removedCount!: number;

  @Field(() => Int, { description: 'How many closures are again what they were before the closing.' })
  changedBackCount!: number;
}

export const ClosingUndoResult = resultUnion(
  'ClosingUndo',
  ClosingUndoSuccess,
  NotFound,
  UndoTooLate,
  VersionConflict,
);
