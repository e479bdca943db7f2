import { Arg, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import type { VersionConflict as Conflict, NodeKind } from '../../domain/failure.js';
import { parseGlobalId } from '../../domain/ids.js';
import type { GraphQLContext } from '../context.js';
import { badUserInput } from '../errors.js';
import { VersionConflict } from '../schema/failures.view.js';
import { Node } from '../schema/node.view.js';
import { nodeScopes } from '../scopes.js';
import { nodeReaders } from './node-readers.js';

const MOST_IDS = 200;

async function readNode(ctx: GraphQLContext, kind: NodeKind, id: string): Promise<object | null> {
  const client = ctx.viewer?.client;
  if (client && !client.scopes.includes(nodeScopes[kind])) return null;
  return nodeReaders[kind](ctx, id);
}

async function readNamed(ctx: GraphQLContext, id: string): Promise<object | null> {
  const named = parseGlobalId(id);
  return named && readNode(ctx, named.kind, named.id);
}

@Resolver()
export class NodeResolver {
  @Query(() => Node, {
    nullable: true,
    description: 'Whatever has this id; null where there is nothing for this viewer to see.',
  })
  node(
    @Arg('id', () => ID, { description: 'Any id that some other answer gave.' }) id: string,
    @Ctx() ctx: GraphQLContext,
  ): Promise<object | null> {
    return readNamed(ctx, id);
  }

  @Query(() => [Node], {
    nullable: 'items',
    description: 'The same for several ids, in their order, with null for each that shows nothing.',
  })
  nodes(
    @Arg('ids', () => [ID], { description: 'Up to 200 ids.' }) ids: string[],
    @Ctx() ctx: GraphQLContext,
  ): Promise<(object | null)[]> {
    if (ids.length > MOST_IDS) throw badUserInput(`Name at most ${MOST_IDS} ids.`);
    return Promise.all(ids.map((id) => readNamed(ctx, id)));
  }
}

@Resolver(() => VersionConflict)
export class VersionConflictResolver {
  @FieldResolver(() => Node, { nullable: true, description: 'The object as it is now.' })
  current(@Root() conflict: Conflict, @Ctx() ctx: GraphQLContext): Promise<object | null> {
    return readNode(ctx, conflict.current.node, conflict.current.id);
  }
}
