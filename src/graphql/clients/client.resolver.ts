import { Arg, Ctx, FieldResolver, ID, Int, Query, Resolver, Root } from 'type-graphql';
import type { ViewerCtx } from '../../domain/act.js';
import { clientsSeenBy } from '../../domain/clients/client-policy.js';
import { globalId } from '../../domain/ids.js';
import { reaches, scopesAmong } from '../../domain/scopes.js';
import type { ClientRow, SecretRow } from '../../sql/clients/client-row.js';
import { clientPage } from '../../sql/clients/read-clients.js';
import type { UserRow } from '../../sql/users/user-columns.js';
import type { GraphQLContext } from '../context.js';
import { afterName } from '../resources/name-cursor.js';
import { pageOf, pageSize } from '../schema/connection.js';
import { bareId } from '../schema/ids.js';
import { userById } from '../users/user.loader.js';
import { User } from '../users/user.view.js';
import { ApiClient, ApiClientConnection, ApiSecret } from './client.view.js';
import { clientById, secretsByClient } from './loaders.js';
import { ApiScope, scopeOf } from './scope.js';

@Resolver(() => ApiClient)
export class ApiClientResolver {
  @Query(() => ApiClient, {
    nullable: true,
    description: 'One API client; null where there is none that the viewer looks after.',
  })
  apiClient(@Arg('id', () => ID, { description: 'cli_….' }) id: string, @Ctx() ctx: GraphQLContext) {
    return clientById(ctx).load(bareId('ApiClient', id));
  }

  @Query(() => ApiClientConnection, {
    description: 'API clients by name: all for administrators, their own for others.',
  })
  async apiClients(
    @Arg('first', () => Int, { defaultValue: 50, description: 'How many at most, up to 200.' }) first: number,
    @Arg('after', () => String, { nullable: true, description: 'The cursor to go on behind.' })
    after: string | null | undefined,
    @Ctx() ctx: GraphQLContext & ViewerCtx,
  ) {
    const rows = await clientPage(ctx.db, afterName(after), clientsSeenBy(ctx.viewer), pageSize(first) + 1);
    return pageOf(rows, first, after, ({ name, id }) => [name, id]);
  }

  @FieldResolver(() => ID, { description: 'The client_id: cli_….' })
  id(@Root() { id }: ClientRow): string {
    return globalId('ApiClient', id);
  }

  @FieldResolver(() => [ApiScope], { description: 'What it is permitted.' })
  scopes(@Root() { scopes }: ClientRow): ApiScope[] {
    return scopesAmong(scopes).map(scopeOf);
  }

  @FieldResolver(() => User, {
    nullable: true,
    description: 'The account that owns what it reserves and that audit names; groups and rules can name it.',
  })
  account(@Root() { id }: ClientRow, @Ctx() ctx: GraphQLContext) {
    return userById(ctx).load(id);
  }

  @FieldResolver(() => User, { nullable: true, description: 'The person who answers for it.' })
  owner(@Root() { ownerId }: ClientRow, @Ctx() ctx: GraphQLContext) {
    return userById(ctx).load(ownerId);
  }

  @FieldResolver(() => User, { nullable: true, description: 'Who has added it.' })
  creator(@Root() { creatorId }: ClientRow, @Ctx() ctx: GraphQLContext) {
    return userById(ctx).load(creatorId);
  }

  @FieldResolver(() => [ApiSecret], {
    description:
      'Its secrets, the newest first, with those that have ended lately. At most two of them count.',
  })
  async secrets(@Root() { id }: ClientRow, @Ctx() ctx: GraphQLContext) {
    return (await secretsByClient(ctx).load(id)) ?? [];
  }
}

@Resolver(() => ApiSecret)
export class ApiSecretResolver {
  @FieldResolver(() => ID, { description: 'Names the secret and is none: sec_….' })
  id(@Root() { id }: SecretRow): string {
    return globalId('ApiSecret', id);
  }
}

@Resolver(() => User)
export class UserClientResolver {
  @FieldResolver(() => ApiClient, {
    nullable: true,
    description:
      'The API client whose account this is; null for people, and where the viewer does not look after it.',
  })
  apiClient(@Root() { id }: UserRow, @Ctx() ctx: GraphQLContext) {
    if (!reaches(ctx.viewer, 'register')) return null;
    return clientById(ctx).load(id);
  }
}
