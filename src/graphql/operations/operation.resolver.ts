import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, FieldResolver, ID, Info, Int, Query, Resolver, Root } from 'type-graphql';
import type { ViewerCtx } from '../../domain/act.js';
import { clientsSeenBy } from '../../domain/clients/client-policy.js';
import { globalId } from '../../domain/ids.js';
import { documentIdOf } from '../../domain/operations/operation-policy.js';
import type { ClientRow } from '../../sql/clients/client-row.js';
import type { OperationRow } from '../../sql/operations/operation-row.js';
import { operationPage } from '../../sql/operations/read-operations.js';
import { ApiClient } from '../clients/client.view.js';
import { clientById } from '../clients/loaders.js';
import { ApiScope, scopeOf } from '../clients/scope.js';
import type { GraphQLContext } from '../context.js';
import { keyWithId } from '../resources/name-cursor.js';
import { pageOf, pageSize } from '../schema/connection.js';
import { bareId } from '../schema/ids.js';
import { userById } from '../users/user.loader.js';
import { User } from '../users/user.view.js';
import { operationById, useOfDocument, usesByClient } from './loaders.js';
import { OperationFilter } from './operation.inputs.js';
import { DocumentUse, PersistedOperation, PersistedOperationConnection, UseCount } from './operation.view.js';
import { readDocument } from './read-document.js';

@Resolver(() => ApiClient)
export class ClientUseResolver {
  @FieldResolver(() => [DocumentUse], {
    description: 'What it has run, the most frequent first, up to 100, as far back as that is kept.',
  })
  async uses(@Root() { id }: ClientRow, @Ctx() ctx: GraphQLContext) {
    return (await usesByClient(ctx).load(id)) ?? [];
  }
}

@Resolver(() => PersistedOperation)
export class PersistedOperationResolver {
  @Query(() => PersistedOperation, {
    nullable: true,
    description: 'One registered document; null where there is none of a client that the viewer looks after.',
  })
  persistedOperation(@Arg('id', () => ID, { description: 'ops_….' }) id: string, @Ctx() ctx: GraphQLContext) {
    return operationById(ctx).load(bareId('PersistedOperation', id));
  }

  @Query(() => PersistedOperationConnection, {
    description:
      'Registered documents, the newest first: all for administrators, those of their own clients for others.',
  })
  async persistedOperations(
    @Arg('first', () => Int, { defaultValue: 50, description: 'How many at most, up to 200.' }) first: number,
    @Arg('after', () => String, { nullable: true, description: 'The cursor to go on behind.' })
    after: string | null | undefined,
    @Arg('filter', () => OperationFilter, { nullable: true, description: 'Which ones; all when left out.' })
    filter: OperationFilter | null | undefined,
    @Ctx() ctx: GraphQLContext & ViewerCtx,
  ) {
    const { clientId, status, isBroken } = filter ?? {};
    const rows = await operationPage(ctx.db, {
      of: clientsSeenBy(ctx.viewer),
      clientId: clientId == null ? null : bareId('ApiClient', clientId),
      status: status ?? null,
      ids: isBroken ? ((await ctx.registered?.broken()) ?? []) : null,
      after: after == null ? null : (keyWithId(after, 1)[0] as string),
      limit: pageSize(first) + 1,
    });
    return pageOf(rows, first, after, ({ id }) => [id]);
  }

  @FieldResolver(() => ID, { description: 'Opaque, and sortable by the time of registration: ops_….' })
  id(@Root() { id }: OperationRow): string {
    return globalId('PersistedOperation', id);
  }

  @FieldResolver(() => String, {
    description: 'What is sent as documentId in place of the document: sha256:….',
  })
  hash(@Root() { hash }: OperationRow): string {
    return documentIdOf(hash);
  }

  @FieldResolver(() => ApiClient, { nullable: true, description: 'Which client may run it.' })
  client(@Root() { clientId }: OperationRow, @Ctx() ctx: GraphQLContext) {
    return clientById(ctx).load(clientId);
  }

  @FieldResolver(() => User, { nullable: true, description: 'Who has registered it: a person, or a client.' })
  creator(@Root() { creatorId }: OperationRow, @Ctx() ctx: GraphQLContext) {
    return userById(ctx).load(creatorId);
  }

  @FieldResolver(() => User, { nullable: true, description: 'Who has decided about it last.' })
  decider(@Root() { deciderId }: OperationRow, @Ctx() ctx: GraphQLContext) {
    return deciderId === null ? null : userById(ctx).load(deciderId);
  }

  @FieldResolver(() => [String], {
    description: 'Why it cannot run by the schema of this server; empty where it can.',
  })
  problems(@Root() { text }: OperationRow, @Info() { schema }: GraphQLResolveInfo): string[] {
    const read = readDocument(schema, text);
    return 'kind' in read ? [] : read.map(({ message }) => message);
  }

  @FieldResolver(() => [ApiScope], {
    description: 'The scopes that it needs, by the schema of this server; empty where it does not fit.',
  })
  scopes(@Root() { text }: OperationRow, @Info() { schema }: GraphQLResolveInfo): ApiScope[] {
    const read = readDocument(schema, text);
    return 'kind' in read ? read.scopes.flatMap((scope) => (scope === null ? [] : scopeOf(scope))) : [];
  }

  @FieldResolver(() => UseCount, {
    nullable: true,
    description: 'How often its client has run it, as far back as that is kept; null: never.',
  })
  use(@Root() { clientId, hash }: OperationRow, @Ctx() ctx: GraphQLContext) {
    return useOfDocument(ctx).load(`${clientId} ${documentIdOf(hash)}`);
  }
}
