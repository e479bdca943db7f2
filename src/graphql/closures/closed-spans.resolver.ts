import { Arg, Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import type { ClosedStretch } from '../../domain/schedules/rule-book.js';
import type { ResourceRow } from '../../sql/resources/resource-row.js';
import type { GraphQLContext } from '../context.js';
import { badUserInput } from '../errors.js';
import { keyWithId } from '../resources/name-cursor.js';
import { Resource } from '../resources/resource.view.js';
import { pageOf, pageSize } from '../schema/connection.js';
import { readViewedWindow } from '../schema/read-window.js';
import { Window, WindowInput } from '../schema/window.js';
import { ClosedSpan, ClosedSpanConnection, Closure } from './closure.view.js';
import { closedSpansOf, closureById } from './loaders.js';

/** Which spans come behind the cursor's. Throws BAD_USER_INPUT for a cursor that is not one of these. */
function behind(after: string | null | undefined): (span: ClosedStretch) => boolean {
  if (after == null) return () => true;
  const [from, id] = keyWithId(after, 2);
  if (typeof from !== 'number') throw badUserInput('This cursor is not one of ours.');
  return (span) => span.from > from || (span.from === from && span.closure.id > (id as string));
}

@Resolver(() => Resource)
export class ResourceClosuresResolver {
  @FieldResolver(() => ClosedSpanConnection, {
    description: 'When closures of any scope close it, by start.',
  })
  async closures(
    @Root() { id }: ResourceRow,
    @Arg('window', () => WindowInput, { description: 'Up to 400 days to look at.' }) window: WindowInput,
    @Arg('first', () => Int, { defaultValue: 50, description: 'How many at most, up to 200.' }) first: number,
    @Arg('after', () => String, { nullable: true, description: 'The cursor to go on behind.' })
    after: string | null | undefined,
    @Ctx() ctx: GraphQLContext,
  ) {
    const size = pageSize(first);
    const isBehind = behind(after);
    const { startsAt, endsAt } = await readViewedWindow(window);
    const spans = await closedSpansOf(ctx, id, { from: startsAt.getTime(), to: endsAt.getTime() });
    const rows = spans.filter(isBehind).slice(0, size + 1);
    return pageOf(rows, size, after, ({ from, closure }) => [from, closure.id]);
  }
}

@Resolver(() => ClosedSpan)
export class ClosedSpanResolver {
  @FieldResolver(() => Window, {
    description: 'When; it may begin before the window that was asked for, or end after.',
  })
  window(@Root() { from, to }: ClosedStretch): Window {
    return { startsAt: new Date(from), endsAt: new Date(to) };
  }

  @FieldResolver(() => Closure, {
    nullable: true,
    description: 'The closure; null where it has just been removed.',
  })
  closure(@Root() { closure }: ClosedStretch, @Ctx() ctx: GraphQLContext) {
    return closureById(ctx).load(closure.id);
  }
}
