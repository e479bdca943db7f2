import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, ID, Info, Mutation, Resolver } from 'type-graphql';
import type { ViewerCtx } from '../../domain/act.js';
import { invalidInput } from '../../domain/failure.js';
import { cancelReservation } from '../../domain/reservations/cancel-reservation.js';
import { confirmReservation } from '../../domain/reservations/confirm-reservation.js';
import { createReservation } from '../../domain/reservations/create-reservation.js';
import { editReservation } from '../../domain/reservations/edit-reservation.js';
import { moveReservations } from '../../domain/reservations/move-reservations.js';
import { checkWhole } from '../../domain/whole.js';
import type { ReservationRow } from '../../sql/reservations/reservation-json.js';
import type { GraphQLContext } from '../context.js';
import { bareId } from '../schema/ids.js';
import { planned, selectedOf } from '../schema/selection.js';
import { readCreate, readMove } from './read-inputs.js';
import {
  ReservationActInput,
  ReservationCreateInput,
  ReservationExtendInput,
  ReservationHoldInput,
  ReservationMoveInput,
  type ReservationMoveItem,
  ReservationsMoveInput,
  ReservationUpdateInput,
} from './reservation.inputs.js';
import {
  ReservationChangeResult,
  ReservationCreateResult,
  ReservationsMoveResult,
} from './reservation.results.js';

type Context = GraphQLContext & ViewerCtx;
type Failure = { readonly kind: string };
const DEFAULT_HOLD_SECONDS = 600;
const MOST_MINUTES = 10_080;

const shown = <F extends Failure>(result: ReservationRow | F) =>
  'node' in result ? { reservation: result } : result;

const existing = (id: string, input: ReservationActInput | null) => ({
  id: bareId('Reservation', id),
  expectedVersion: input?.expectedVersion ?? null,
  idempotencyKey: input?.idempotencyKey ?? null,
});

/** Nobody waits for an earliest start that is not shown. */
const shownOf = planned((info: GraphQLResolveInfo) => ({
  suggests: selectedOf(info, 'reasons')?.has('earliestStart') ?? false,
}));

async function create(
  ctx: Context,
  input: ReservationCreateInput,
  holdMs: number | null,
  info: GraphQLResolveInfo,
) {
  const wanted = await readCreate(ctx, input, holdMs);
  if ('kind' in wanted) return wanted;
  return shown(await createReservation(ctx, { ...wanted, ...shownOf(info) }));
}

async function move(
  ctx: Context,
  item: ReservationMoveItem,
  input: ReservationMoveInput,
  more: { readonly longerMs?: number } = {},
) {
  const wanted = await readMove(ctx, item);
  if ('kind' in wanted) return wanted;
  const moved = await moveReservations(ctx, {
    moves: [{ ...wanted, ...more }],
    idempotencyKey: input.idempotencyKey ?? null,
    dryRun: input.dryRun ?? false,
  });
  return Array.isArray(moved) ? { reservation: moved[0] } : moved;
}

@Resolver()
export class ReservationMutations {
  @Mutation(() => ReservationCreateResult, {
    description:
      'Reserves in one go: confirmed at once, waiting for approval where a rule says so, or refused with every reason.',
  })
  reservationCreate(
    @Arg('input', () => ReservationCreateInput, { description: 'What to reserve.' })
    input: ReservationCreateInput,
    @Ctx() ctx: Context,
    @Info() info: GraphQLResolveInfo,
  ) {
    return create(ctx, input, null, info);
  }

  @Mutation(() => ReservationCreateResult, {
    description: 'Holds for a while, so that nobody else takes it before it is confirmed.',
  })
  reservationHold(
    @Arg('input', () => ReservationHoldInput, { description: 'What to hold, and for how long.' })
    input: ReservationHoldInput,
    @Ctx() ctx: Context,
    @Info() info: GraphQLResolveInfo,
  ) {
    return create(ctx, input, (input.holdSeconds ?? DEFAULT_HOLD_SECONDS) * 1000, info);
  }

  @Mutation(() => ReservationChangeResult, { description: 'Confirms a hold that is still alive.' })
  async reservationConfirm(
    @Arg('id', () => ID, { description: 'The hold.' }) id: string,
    @Arg('input', () => ReservationActInput, {
      nullable: true,
      description: 'Expected version and idempotency key.',
    })
    input: ReservationActInput | null,
    @Ctx() ctx: Context,
  ) {
    return shown(await confirmReservation(ctx, existing(id, input)));
  }

  @Mutation(() => ReservationChangeResult, {
    description: 'Cancels a hold or a reservation; all its resources are free at once.',
  })
  async reservationCancel(
    @Arg('id', () => ID, { description: 'The reservation.' }) id: string,
    @Arg('input', () => ReservationActInput, {
      nullable: true,
      description: 'Expected version and idempotency key.',
    })
    input: ReservationActInput | null,
    @Ctx() ctx: Context,
  ) {
    return shown(await cancelReservation(ctx, existing(id, input)));
  }

  @Mutation(() => ReservationChangeResult, {
    description: 'Changes title and details; window and resources stay.',
  })
  async reservationUpdate(
    @Arg('id', () => ID, { description: 'The reservation.' }) id: string,
    @Arg('input', () => ReservationUpdateInput, { description: 'The new words.' })
    input: ReservationUpdateInput,
    @Ctx() ctx: Context,
  ) {
    const words = { title: input.title ?? null, details: input.details ?? null };
    return shown(await editReservation(ctx, { ...existing(id, input), ...words }));
  }

  @Mutation(() => ReservationChangeResult, {
    description: 'Moves one reservation to another window, other resources or both.',
  })
  reservationMove(
    @Arg('id', () => ID, { description: 'The reservation.' }) id: string,
    @Arg('input', () => ReservationMoveInput, { description: 'Where it shall go.' })
    input: ReservationMoveInput,
    @Ctx() ctx: Context,
  ) {
    return move(ctx, { ...input, id }, input);
  }

  @Mutation(() => ReservationChangeResult, {
    description:
      'Gives one reservation another end; its start stays. Also for who is checked in, where the rule lets them.',
  })
  reservationExtend(
    @Arg('id', () => ID, { description: 'The reservation.' }) id: string,
    @Arg('input', () => ReservationExtendInput, { description: 'The new end.' })
    input: ReservationExtendInput,
    @Ctx() ctx: Context,
  ) {
    const { minutes } = input;
    const { startsAt, startsAtLocal, endsAt, endsAtLocal } = input.window ?? {};
    if (startsAt || startsAtLocal || !(endsAt || endsAtLocal) === (minutes == null)) {
      return invalidInput(['input', 'window'], 'Name the new end alone, or by how many minutes it is later.');
    }
    if (minutes != null) {
      const invalid = checkWhole(minutes, ['input', 'minutes'], 1, MOST_MINUTES);
      return invalid ?? move(ctx, { ...input, id, window: null }, input, { longerMs: minutes * 60_000 });
    }
    const window = { endsAt: endsAt ?? null, endsAtLocal: endsAtLocal ?? null };
    return move(ctx, { ...input, id, window }, input);
  }

  @Mutation(() => ReservationsMoveResult, {
    description: 'Moves several reservations at once, all or none; they may swap places.',
  })
  async reservationsMove(
    @Arg('input', () => ReservationsMoveInput, { description: 'The moves.' }) input: ReservationsMoveInput,
    @Ctx() ctx: Context,
  ) {
    const moves = [];
    for (const item of input.moves) {
      const wanted = await readMove(ctx, item);
      if ('kind' in wanted) return wanted;
      moves.push(wanted);
    }
    const moved = await moveReservations(ctx, {
      moves,
      idempotencyKey: input.idempotencyKey ?? null,
      dryRun: input.dryRun ?? false,
    });
    return Array.isArray(moved) ? { reservations: moved } : moved;
  }
}
