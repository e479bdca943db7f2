import { Arg, Ctx, FieldResolver, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { ViewerCtx } from '../../domain/act.js';
import {
  type Alternative as AlternativeRow,
  findAlternatives,
} from '../../domain/availability/alternatives.js';
import { type FoundWindow as FoundRow, findWindows } from '../../domain/availability/find-windows.js';
import { holdAlternative } from '../../domain/availability/hold-alternative.js';
import type { FreeWindow as FreeRow } from '../../domain/availability/next-free.js';
import type { ReservationRefused as Refused } from '../../domain/decisions/reason.js';
import type { InvalidInput } from '../../domain/failure.js';
import type { ResourceRow } from '../../sql/resources/resource-row.js';
import type { GraphQLContext } from '../context.js';
import { badUserInput } from '../errors.js';
import { ReservationRefused } from '../reservations/refusal.view.js';
import { ReservationCreateResult } from '../reservations/reservation.results.js';
import { resourceById } from '../resources/loaders.js';
import { Resource } from '../resources/resource.view.js';
import { readResourceFilter } from '../resources/resource-filter.js';
import { DateTime } from '../schema/date-time.js';
import { readViewedWindow } from '../schema/read-window.js';
import { nextFreeByWish, nextFreeKey } from './loaders.js';
import { AlternativeHoldInput, WindowsFindInput } from './search.inputs.js';
import { Alternative, AlternativeResource, FoundPick, FoundWindow, FreeWindow } from './search.view.js';

type Context = GraphQLContext & ViewerCtx;

/** Nothing is looked for before now. */
const ALREADY = new Date(0);

/** What a reading is asked wrongly is an error, not a result. */
function answered<Row>(found: Row[] | InvalidInput): Row[] {
  if (Array.isArray(found)) return found;
  throw badUserInput(`${found.path.join('.')}: ${found.message}`);
}

@Resolver(() => FoundWindow)
export class SearchResolver {
  @Query(() => [FoundWindow], {
    description:
      'Windows in which the viewer could reserve resources for all needs at once, the best first: three rooms for 8 with a projector on Tuesday between 9 and 12 for 90 minutes.',
  })
  async windowsFind(
    @Arg('input', () => WindowsFindInput, { description: 'What to look for.' }) input: WindowsFindInput,
    @Ctx() ctx: Context,
  ): Promise<FoundRow[]> {
    const { minutes, first, perStart, stepMinutes = null, nearAt = null } = input;
    const needs = input.needs.map(({ filter, count, quantity }) => {
      return { filter: readResourceFilter(filter), count, quantity };
    });
    const within = await readViewedWindow(input.within);
    return answered(
      await findWindows(ctx, { within, minutes, needs, stepMinutes, near: nearAt, first, perStart }),
    );
  }

  @FieldResolver(() => [FoundPick], { description: 'The resources of each need, in the order of the needs.' })
  picks(@Root() { picks }: FoundRow) {
    return picks.map((ids) => ({ ids }));
  }

  @FieldResolver(() => [String], {
    description: 'Why it ranks where it does, what counts most first, as sentences.',
  })
  reasons(@Root() { distanceMinutes, spareSeats, places, picks }: FoundRow): string[] {
    return [
      distanceMinutes === 0 ? 'Starts when it was asked for.' : `Starts ${distanceMinutes} min from then.`,
      spareSeats === 0 ? 'No spare seats.' : `${spareSeats} spare seats.`,
      ...(picks.flat().length > 1 ? [places === 1 ? 'All in one place.' : `In ${places} places.`] : []),
    ];
  }
}

@Resolver(() => FoundPick)
export class FoundPickResolver {
  @FieldResolver(() => [Resource], { description: 'As many as the need asks for.' })
  async resources(@Root() { ids }: { ids: readonly string[] }, @Ctx() ctx: GraphQLContext) {
    const found = await Promise.all(ids.map((id) => resourceById(ctx).load(id)));
    return found.filter((resource) => resource !== null);
  }
}

@Resolver(() => Resource)
export class NextFreeResolver {
  @FieldResolver(() => FreeWindow, {
    nullable: true,
    description: 'The next window that the viewer could reserve on it, quotas aside; null within 60 days.',
  })
  nextFree(
    @Root() { id }: ResourceRow,
    @Arg('minutes', () => Int, { description: 'How long the window is, 1 minute to 14 days.' })
    minutes: number,
    @Arg('from', () => DateTime, { nullable: true, description: 'Not before this instant; now without it.' })
    from: Date | null,
    @Arg('quantity', () => Int, { defaultValue: 1, description: 'How many are needed, of a pool.' })
    quantity: number,
    @Ctx() ctx: Context,
  ): Promise<FreeRow | null> {
    // Not the clock's instant: it moves on between two resources of a page, which would make two readings of one.
    return nextFreeByWish(ctx).load(nextFreeKey(id, { minutes, quantity, from: from ?? ALREADY }));
  }
}

@Resolver(() => ReservationRefused)
export class AlternativesResolver {
  @FieldResolver(() => [Alternative], {
    description:
      'What passes instead: other times on the same resources, and resources of equal worth, each once; the nearest in time first, then the one with the fewest spare seats.',
  })
  async alternatives(
    @Root() { wish }: Refused,
    @Arg('first', () => Int, { defaultValue: 5, description: 'How many at most, 1 to 20.' }) first: number,
    @Arg('attributes', () => [String], {
      nullable: true,
      description: 'Keys of attributes in which an equivalent resource must agree with the one asked for.',
    })
    attributes: string[] | null,
    @Ctx() ctx: Context,
  ): Promise<AlternativeRow[]> {
    return answered(await findAlternatives(ctx, wish, { first, attributes: attributes ?? [] }));
  }
}

@Resolver(() => AlternativeResource)
export class AlternativeResourceResolver {
  @FieldResolver(() => Resource, { nullable: true, description: 'The resource.' })
  resource(@Root() { resourceId }: AlternativeRow['resources'][number], @Ctx() ctx: GraphQLContext) {
    return resourceById(ctx).load(resourceId);
  }
}

@Resolver()
export class AlternativeMutations {
  @Mutation(() => ReservationCreateResult, {
    description: 'Keeps an alternative for 60 s as an ordinary hold, judged anew like any reservation.',
  })
  async alternativeHold(
    @Arg('input', () => AlternativeHoldInput, { description: 'Which one, and for what.' })
    input: AlternativeHoldInput,
    @Ctx() ctx: Context,
  ) {
    const { token, title, details, idempotencyKey = null } = input;
    const result = await holdAlternative(ctx, { token, title, details: details ?? '', idempotencyKey });
    return 'node' in result ? { reservation: result } : result;
  }
}
