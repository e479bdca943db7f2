import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, FieldResolver, ID, Info, Query, Resolver, Root } from 'type-graphql';
import type { ViewerCtx } from '../../domain/act.js';
import { freeSpans } from '../../domain/availability/free-spans.js';
import { readToColour } from '../../domain/availability/read-to-colour.js';
import { lengthMs, type Window as Span } from '../../domain/time/window.js';
import { BUSY_KEYS, type BusyKey, type BusyRow } from '../../sql/availability/busy-columns.js';
import {
  type AvailabilityRow,
  type AvailabilityShown,
  readAvailability,
} from '../../sql/availability/read-availability.js';
import { matchingResources } from '../../sql/resources/matching-resources.js';
import type { GraphQLContext } from '../context.js';
import { badUserInput, costExceeded } from '../errors.js';
import { streamCursor } from '../live/cursor.js';
import { reservationById } from '../reservations/loaders.js';
import { Reservation } from '../reservations/reservation.view.js';
import { resourceById } from '../resources/loaders.js';
import { resourceColumnsShown } from '../resources/plain-columns.js';
import { Resource } from '../resources/resource.view.js';
import { ResourceFilter } from '../resources/resource-filter.inputs.js';
import { readResourceFilter } from '../resources/resource-filter.js';
import { bareId } from '../schema/ids.js';
import { readViewedWindow } from '../schema/read-window.js';
import { planned, selectedOf } from '../schema/selection.js';
import { WindowInput } from '../schema/window.js';
import { Availability, BusySpan, FreeSpan } from './availability.view.js';
import type { ToColour } from './colour.resolver.js';

/** How many resources one reading of availability covers. */
export const MOST_RESOURCES = 1_000;

export interface AvailabilityOf {
  readonly row: AvailabilityRow;
  readonly window: Span;
}

const COLUMN_OF: Readonly<Record<string, BusyKey>> = {
  quantity: 'quantity',
  heldUntil: 'heldUntil',
  reservation: 'reservationId',
};

interface Shown extends AvailabilityShown {
  /** Whether anything is shown for which rules count. */
  readonly isColoured: boolean;
}

/** What of each span is looked at: what is free is worked out of their quantities, colours of their kinds as well. */
const shownOf = planned((info: GraphQLResolveInfo): Shown => {
  const isColoured = selectedOf(info, 'spans') !== null || selectedOf(info, 'line') !== null;
  const fields = new Set(selectedOf(info, 'busy') ?? []);
  if (isColoured || selectedOf(info, 'free')) fields.add('quantity');
  if (isColoured) fields.add('heldUntil');
  if (selectedOf(info, 'cause')?.has('reservation')) fields.add('reservation');
  const columns = new Set([...fields].map((field) => COLUMN_OF[field]));
  const busy = BUSY_KEYS.filter((key) => columns.has(key));
  return { resource: resourceColumnsShown(info), busy, isColoured };
});

/** What is busy in the window itself: for colours, what lies beside it is read as well. */
const busyIn = ({ busy }: AvailabilityRow, window: Span): readonly BusyRow[] =>
  busy.filter((span) => span.startsAt < window.endsAt.getTime() && span.endsAt > window.startsAt.getTime());

/** Colours are worked out day by day: 1,000 resources for two weeks, or 35 for the longest window. */
const MOST_COLOURED_DAYS = 14_000;
const DAY = 86_400_000;
const coloured = new WeakMap<GraphQLContext, number>();

/** Counts what the whole operation has coloured; throws COST_EXCEEDED where that is too much. */
function spendDays(ctx: GraphQLContext, resources: number, window: Span): void {
  const days = (coloured.get(ctx) ?? 0) + resources * Math.ceil(lengthMs(window) / DAY);
  coloured.set(ctx, days);
  if (days <= MOST_COLOURED_DAYS) return;
  throw costExceeded(`Colours of ${days} days were asked for; ${MOST_COLOURED_DAYS} are allowed.`, {
    cost: days,
    limit: MOST_COLOURED_DAYS,
  });
}

@Resolver(() => Availability)
export class AvailabilityResolver {
  @Query(() => [Availability], {
    description:
      'What resources have free and busy in a window: those named, or those that a filter finds, up to 1,000.',
  })
  async availability(
    @Arg('window', () => WindowInput, { description: 'The window to look at, up to 400 days.' })
    window: WindowInput,
    @Arg('resources', () => [ID], {
      nullable: true,
      description: 'The resources, up to 1,000. Name these or a filter.',
    })
    resources: string[] | null,
    @Arg('filter', () => ResourceFilter, {
      nullable: true,
      description: 'Which resources, by name. Name this or resources.',
    })
    filter: ResourceFilter | null,
    @Ctx() ctx: GraphQLContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<(AvailabilityOf | (AvailabilityOf & ToColour))[]> {
    const viewed = await readViewedWindow(window);
    if ((resources == null) === (filter == null)) throw badUserInput('Name either resources or a filter.');
    if ((resources?.length ?? 0) > MOST_RESOURCES)
      throw badUserInput(`Name at most ${MOST_RESOURCES} resources.`);
    const ids =
      resources?.map((id) => bareId('Resource', id)) ??
      (await matchingResources(ctx.db, readResourceFilter(filter), MOST_RESOURCES));
    const shown = shownOf(info);
    if (!shown.isColoured) {
      const rows = await readAvailability(ctx.db, ctx.clock.fixed(), ids, viewed, shown);
      return rows.map((row) => ({ row, window: viewed, version: row.version, busy: row.busy }));
    }
    spendDays(ctx, ids.length, viewed);
    const { rows, sight } = await readToColour(ctx as ViewerCtx, ids, viewed, shown);
    return rows.map((row) => ({
      row,
      sight,
      window: viewed,
      version: row.version,
      busy: busyIn(row, viewed),
    }));
  }

  @FieldResolver(() => Resource, { nullable: true, description: 'The resource.' })
  resource(@Root() { row }: AvailabilityOf, @Ctx() ctx: GraphQLContext) {
    return row.resource ?? resourceById(ctx).load(row.resourceId);
  }

  @FieldResolver(() => [FreeSpan], { description: 'What is left of the window, by start.' })
  free(@Root() { row, window }: AvailabilityOf) {
    return freeSpans({ ...row, busy: busyIn(row, window) }, window);
  }

  @FieldResolver(() => String, {
    description: 'Pass as `after` to the availability subscription to get every later change.',
  })
  cursor(@Root() { row }: AvailabilityOf): string {
    return streamCursor(row);
  }
}

@Resolver(() => BusySpan)
export class BusySpanResolver {
  @FieldResolver(() => Reservation, {
    nullable: true,
    description: 'What makes it busy; null where the viewer may not see that.',
  })
  reservation(@Root() span: BusyRow, @Ctx() ctx: GraphQLContext) {
    return reservationById(ctx).load(span.reservationId);
  }
}
