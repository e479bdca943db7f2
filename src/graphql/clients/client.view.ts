import { Field, Int, ObjectType } from 'type-graphql';
import type { Role as DomainRole } from '../../domain/act.js';
import { connectionOf } from '../schema/connection.js';
import { DateTime } from '../schema/date-time.js';
import { Node } from '../schema/node.view.js';
import { Role } from '../users/role.js';

@ObjectType({
  implements: Node,
  simpleResolvers: true,
  description:
    'A program that calls this API under an account of its own: a service account. Its id is the client_id of OAuth 2.0.',
})
export class ApiClient extends Node {
  @Field(() => String, { description: 'As others see it, in audit and reservations too; not unique.' })
  name!: string;

  @Field(() => Role, { description: 'What it may do at most; its scopes narrow that.' })
  role!: DomainRole;

  @Field(() => Boolean, { description: 'Whether it gets tokens.' })
  isActive!: boolean;

  @Field(() => Boolean, {
    name: 'isPersistedOnly',
    simple: false,
    description: 'Whether it may only run documents that are registered, by their id or name.',
  })
  persistedOnly!: boolean;

  @Field(() => Int, { description: 'Operations in a minute, on all instances together.' })
  perMinute!: number;

  @Field(() => Int, {
    nullable: true,
    description: 'Operations in 24 hours, on all instances together; null: no quota.',
  })
  perDay!: number | null;

  @Field(() => DateTime, { nullable: true, description: 'When it ends by itself; null: never.' })
  expiresAt!: string | null;

  @Field(() => DateTime, {
    nullable: true,
    description: 'When it was last here, to within some seconds; null: never.',
  })
  lastUsedAt!: string | null;

  @Field(() => String, { nullable: true, description: 'From which address that was.' })
  lastAddress!: string | null;

  @Field(() => Int, { description: 'Counts changes; not those of its secrets.' })
  version!: number;

  @Field(() => DateTime, { description: 'When it was added.' })
  createdAt!: string;
}

@ObjectType({
  implements: Node,
  simpleResolvers: true,
  description: 'One secret of an API client, which itself is kept nowhere.',
})
export class ApiSecret extends Node {
  @Field(() => DateTime, { description: 'When it was made.' })
  createdAt!: string;

  @Field(() => DateTime, {
    nullable: true,
    description: 'Until when it counts, where it was replaced by another; null: no end is set.',
  })
  expiresAt!: string | null;

  @Field(() => DateTime, { nullable: true, description: 'When it was ended by hand; null: it was not.' })
  revokedAt!: string | null;

  @Field(() => DateTime, {
    nullable: true,
    description: 'When it, or a token that it was given, was last here, to within some seconds; null: never.',
  })
  lastUsedAt!: string | null;
}

export const ApiClientConnection = connectionOf(ApiClient, 'ApiClient');
