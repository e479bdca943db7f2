import { Arg, Ctx, FieldResolver, ID, Int, Query, Resolver, Root } from 'type-graphql';
import type { ViewerCtx } from '../../domain/act.js';
import { previewClosure } from '../../domain/closings/preview-closure.js';
import { globalId } from '../../domain/ids.js';
import { isWholeDays } from '../../domain/schedules/closure-fields.js';
import { readClosurePage } from '../../domain/schedules/closure-reader.js';
import type { ClosureNode } from '../../sql/closures/closure-node.js';
import type { AfterClosure } from '../../sql/closures/read-closures.js';
import type { GraphQLContext } from '../context.js';
import { badUserInput } from '../errors.js';
import { placeById, resourceById, resourceTypeById } from '../resources/loaders.js';
import { keyWithId } from '../resources/name-cursor.js';
import { Place } from '../resources/place.view.js';
import { Resource } from '../resources/resource.view.js';
import { ResourceType } from '../resources/resource-type.view.js';
import { originOf, RuleOrigin, readScope } from '../rules/scope.js';
import { pageOf, pageSize } from '../schema/connection.js';
import { bareId } from '../schema/ids.js';
import { readViewedWindow } from '../schema/read-window.js';
import { userById } from '../users/user.loader.js';
import { User } from '../users/user.view.js';
import { Closing } from './closing.view.js';
import { ClosureFilter, ClosurePreviewInput } from './closure.inputs.js';
import { ClosurePreviewResult } from './closure.results.js';
import { Closure, ClosureConnection } from './closure.view.js';
import { closingById, closureById } from './loaders.js';
import { readClosure } from './read-inputs.js';

const LOCAL = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}$/;

/** Where a page by start goes on. Throws BAD_USER_INPUT for a cursor that is not one of these. */
function afterStart(after: string | null | undefined): AfterClosure | null {
  if (after == null) return null;
  const [startsLocal, id] = keyWithId(after, 2) as string[];
  if (!LOCAL.test(String(startsLocal)) || Number.isNaN(Date.parse(`${startsLocal}Z`)))
    throw badUserInput('This cursor is not one of ours.');
  return { startsLocal: startsLocal as string, id: id as string };
}

@Resolver(() => Closure)
export class ClosureResolver {
  @Query(() => Closure, { nullable: true, description: 'One closure; null where there is none of this id.' })
  closure(
    @Arg('id', () => ID, { description: 'clo_….' }) id: string,
    @Ctx() ctx: GraphQLContext,
  ): Promise<ClosureNode | null> {
    return closureById(ctx).load(bareId('Closure', id));
  }

  @Query(() => ClosureConnection, { description: 'Closures by their (first) start.' })
  async closures(
    @Arg('first', () => Int, { defaultValue: 50, description: 'How many at most, up to 200.' }) first: number,
    @Arg('after', () => String, { nullable: true, description: 'The cursor to go on behind.' })
    after: string | null | undefined,
    @Arg('filter', () => ClosureFilter, { nullable: true, description: 'Which ones; all without it.' })
    filter: ClosureFilter | null | undefined,
    @Ctx() ctx: GraphQLContext,
  ) {
    const scope = filter?.scope ? readScope(filter.scope) : null;
    const window = filter?.window ? await readViewedWindow(filter.window) : null;
    const bounds = window && { from: window.startsAt.getTime(), to: window.endsAt.getTime() };
    const rows = await readClosurePage(ctx, scope, bounds, afterStart(after), pageSize(first) + 1);
    return pageOf(rows, first, after, ({ startsLocal, id }) => [startsLocal, id]);
  }

  @Query(() => ClosurePreviewResult, {
    description: 'What such a closure would meet at this moment. Writes nothing.',
  })
  closurePreview(
    @Arg('input', () => ClosurePreviewInput, { description: 'The closure to think of.' })
    input: ClosurePreviewInput,
    @Ctx() ctx: GraphQLContext,
  ) {
    return previewClosure(ctx as ViewerCtx, readClosure(input));
  }

  @FieldResolver(() => ID, { description: 'Opaque, sortable by creation: clo_….' })
  id(@Root() closure: ClosureNode): string {
    return globalId('Closure', closure.id);
  }

  @FieldResolver(() => RuleOrigin, { description: 'Which of resource, type and place it names, or none.' })
  origin(@Root() closure: ClosureNode): RuleOrigin {
    return originOf(closure);
  }

  @FieldResolver(() => Resource, { nullable: true, description: 'The one resource that it closes, or null.' })
  resource(@Root() { resourceId }: ClosureNode, @Ctx() ctx: GraphQLContext) {
    return resourceId && resourceById(ctx).load(resourceId);
  }

  @FieldResolver(() => ResourceType, {
    nullable: true,
    description: 'The type whose resources it closes, or null.',
  })
  resourceType(@Root() { typeId }: ClosureNode, @Ctx() ctx: GraphQLContext) {
    return typeId && resourceTypeById(ctx).load(typeId);
  }

  @FieldResolver(() => Place, { nullable: true, description: 'The place that it closes, or null.' })
  place(@Root() { placeId }: ClosureNode, @Ctx() ctx: GraphQLContext) {
    return placeId && placeById(ctx).load(placeId);
  }

  @FieldResolver(() => Boolean, { description: 'Whether it begins and ends at midnight.' })
  isWholeDays(@Root() closure: ClosureNode): boolean {
    return isWholeDays(closure);
  }

  @FieldResolver(() => Boolean, {
    description: 'Whether it comes from a calendar, of which a new import changes it.',
  })
  isImported(@Root() { sourceUid }: ClosureNode): boolean {
    return sourceUid !== null;
  }

  @FieldResolver(() => Closing, {
    nullable: true,
    description: 'The act that has made or last changed it; null where that is not known.',
  })
  closing(@Root() { closingId }: ClosureNode, @Ctx() ctx: GraphQLContext) {
    return closingId && closingById(ctx).load(closingId);
  }

  @FieldResolver(() => User, { nullable: true, description: 'Who made it.' })
  creator(@Root() { creatorId }: ClosureNode, @Ctx() ctx: GraphQLContext) {
    return userById(ctx).load(creatorId);
  }
}
