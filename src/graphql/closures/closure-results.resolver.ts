import { Arg, Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import type { Met } from '../../domain/reservations/lay-closures.js';
import { mayRead } from '../../domain/reservations/rights.js';
import type {
  ClosureUndone,
  UndoTooLate as TooLate,
  Undoing,
} from '../../domain/reservations/undo-closure.js';
import type { ReservationRow } from '../../sql/reservations/reservation-json.js';
import type { GraphQLContext } from '../context.js';
import { badUserInput } from '../errors.js';
import { reservationById } from '../reservations/loaders.js';
import { Reservation } from '../reservations/reservation.view.js';
import { decodeCursor, pageOf, pageSize } from '../schema/connection.js';
import { DateTime } from '../schema/date-time.js';
import {
  ClosureUndoOutcome,
  ClosureUndoOutcomeConnection,
  ClosureUndoSuccess,
  MetReservations,
  UndoTooLate,
} from './closure.results.js';

@Resolver(() => MetReservations)
export class MetReservationsResolver {
  @FieldResolver(() => [Reservation], {
    description: 'The first 200 of them by start, as far as the viewer may see them.',
  })
  reservations(@Root() { reservations }: Met, @Ctx() { viewer }: GraphQLContext): ReservationRow[] {
    return reservations.filter((row) => mayRead(viewer, row));
  }
}

interface Numbered extends Undoing {
  readonly number: number;
}

@Resolver(() => ClosureUndoSuccess)
export class ClosureUndoSuccessResolver {
  @FieldResolver(() => Int, { description: 'How many reservations are what they were before.' })
  restoredCount(@Root() { undoings }: ClosureUndone): number {
    return undoings.filter(({ reasons }) => reasons.length === 0).length;
  }

  @FieldResolver(() => ClosureUndoOutcomeConnection, {
    description: 'One for each reservation that it had cancelled, in the order in which they were made.',
  })
  outcomes(
    @Root() { undoings }: ClosureUndone,
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

@Resolver(() => ClosureUndoOutcome)
export class ClosureUndoOutcomeResolver {
  @FieldResolver(() => Reservation, {
    nullable: true,
    description: 'As it is by now; null where the viewer may not see it.',
  })
  async reservation(@Root() { reservationId }: Undoing, @Ctx() ctx: GraphQLContext) {
    const row = await reservationById(ctx).load(reservationId);
    return row && mayRead(ctx.viewer, row) ? row : null;
  }

  @FieldResolver(() => Boolean, { description: 'Whether it is what it was before the closure.' })
  isRestored(@Root() { reasons }: Undoing): boolean {
    return reasons.length === 0;
  }
}

@Resolver(() => UndoTooLate)
export class UndoTooLateResolver {
  @FieldResolver(() => DateTime, { description: 'When that was over.' })
  undoableUntilAt(@Root() { undoableUntil }: TooLate): Date {
    return new Date(undoableUntil);
  }
}
