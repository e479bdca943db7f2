import { Field, Int, ObjectType } from 'type-graphql';
import type { Role as DomainRole } from '../../domain/act.js';
import type { RuleKind as Kind } from '../../domain/schedules/rule.js';
import { connectionOf } from '../schema/connection.js';
import { LocalDate } from '../schema/local-date.js';
import { Node } from '../schema/node.view.js';
import { Role } from '../users/role.js';
import { RuleKind } from './enums.js';

@ObjectType({
  implements: Node,
  simpleResolvers: true,
  description:
    'A rule of one kind for a resource, a type, a place or the organisation, from a date on. The nearest one counts: resource, type, place from the inside out, organisation.',
})
export class Rule extends Node {
  @Field(() => RuleKind, { description: 'What it is about.' })
  kind!: Kind;

  @Field(() => LocalDate, {
    nullable: true,
    description: "The first date, in each resource's own zone, on which it counts; null: it always did.",
  })
  effectiveFrom!: string | null;

  @Field(() => [Role], { description: 'Whom it does not bind: by the role of who acts, not of the owner.' })
  exemptRoles!: DomainRole[];

  @Field(() => Int, {
    description: 'Counts changes; name it as `expectedVersion` to change only what you have seen.',
  })
  version!: number;
}

export const RuleConnection = connectionOf(Rule, 'Rule');
