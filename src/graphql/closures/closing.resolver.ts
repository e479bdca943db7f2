import { Arg, Ctx, FieldResolver, ID, Int, Mutation, Resolver, Root } from 'type-graphql';
import type { ViewerCtx } from '../../domain/act.js';
import { type ClosingUndone, type Undoing, undoClosing } from '../../domain/closings/undo-closing.js';
import { globalId } from '../../domain/ids.js';
import { undoableUntil } from '../../domain/undoable.js';
import type { ClosingRow } from '../../sql/closures/closings.js';
import type { GraphQLContext } from '../context.js';
import { badUserInput } from '../errors.js';
import { reservationById } from '../reservations/loaders.js';
import { Reservation } from '../reservations/reservation.view.js';
import { decodeCursor, pageOf, pageSize } from '../schema/connection.js';
import { DateTime } from '../schema/date-time.js';
import { bareId } from '../schema/ids.js';
import {
  ClosingUndoOutcome,
  ClosingUndoOutcomeConnection,
  ClosingUndoResult,
  ClosingUndoSuccess,
} from './closing.results.js';
import { Closing } from './closing.view.js';

@Resolver(() => Closing)
export class ClosingResolver {
  @Mutation(() => ClosingUndoResult, {
    description:
      'Takes back what one act has closed, within ten minutes: removes the closures that it made, gives those that it changed their former facts, and brings back what it has cancelled as far as the places are free. Rules for making reservations, quotas included, are not asked again. For managers and administrators, and at one resource or place for whoever looks after it.',
  })
  closingUndo(
    @Arg('id', () => ID, { description: 'clg_…, as the act that closed has answered.' }) id: string,
    @Ctx() ctx: GraphQLContext & ViewerCtx,
  ): Promise<object> {
    return undoClosing(ctx, bareId('Closing', id));
  }

  @FieldResolver(() => ID, { description: 'Opaque, sortable by creation: clg_….' })
  id(@Root() closing: ClosingRow): string {
    return globalId('Closing', closing.id);
  }

  @FieldResolver(() => DateTime, { description: 'Until when, exclusively, closingUndo takes it back.' })
  undoableUntilAt(@Root() closing: ClosingRow): Date {
    return undoableUntil(closing.closedAt);
  }
}

interface Numbered extends Undoing {
  readonly number: number;
}

@Resolver(() => ClosingUndoSuccess)
export class ClosingUndoSuccessResolver {
  @FieldResolver(() => Int, { description: 'How many reservations are what they were before.' })
  restoredCount(@Root() { undoings }: ClosingUndone): number {
    return undoings.filter(({ reasons }) => reasons.length === 0).length;
  }

  @FieldResolver(() => ClosingUndoOutcomeConnection, {
    description: 'One for each reservation that it had cancelled, in the order in which they were made.',
  })
  outcomes(
    @Root() { undoings }: ClosingUndone,
    @Arg('first', () => Int, { defaultValue: 50, description: 'How many at most, up to 200.' }) first: number,
    @Arg('after', () => String, {
      nullable: true,
      description: 'The cursor to go on behind: undo again to see more.',
    })
    after: string | null | undefined,
  ) {
    const [last] = after == null ? [0] : decodeCursor(after, 1);
    if (typeof last !== 'number') throw badUserInput('This cursor is not one of ours.');
    const size = pageSize(first);
    const rows = undoings
      .map((undoing, index): Numbered => ({ ...undoing, number: index + 1 }))
      .filter(({ number }) => number > last)
      .slice(0, size + 1);
    return pageOf(rows, size, after, ({ number }) => [number]);
  }
}

@Resolver(() => ClosingUndoOutcome)
export class ClosingUndoOutcomeResolver {
  @FieldResolver(() => Reservation, {
    nullable: true,
    description: 'As it is by now; null where the viewer may not see it.',
  })
  reservation(@Root() { reservationId }: Undoing, @Ctx() ctx: GraphQLContext) {
    return reservationById(ctx).load(reservationId);
  }

  @FieldResolver(() => Boolean, { description: 'Whether it is what it was before the closing.' })
  isRestored(@Root() { reasons }: Undoing): boolean {
    return reasons.length === 0;
  }
}
