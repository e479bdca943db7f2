import { Field, Float, Int, ObjectType } from 'type-graphql';
import { connectionOf } from '../schema/connection.js';
import { DateTime } from '../schema/date-time.js';
import { LocalDate } from '../schema/local-date.js';
import { Node } from '../schema/node.view.js';
import { OperationKind, OperationStatus } from './enums.js';

@ObjectType({
  implements: Node,
  simpleResolvers: true,
  description: 'A document that an API client has registered, to be run by its hash or its name.',
})
export class PersistedOperation extends Node {
  @Field(() => String, { description: 'What REST calls it: /rest/<name>.' })
  name!: string;

  @Field(() => Int, { description: 'Which one of this name, from 1 on: /rest/<name>/v<number>.' })
  number!: number;

  @Field(() => String, { name: 'document', simple: false, description: 'The document as it was registered.' })
  text!: string;

  @Field(() => OperationKind, { description: 'What it does.' })
  kind!: OperationKind;

  @Field(() => OperationStatus, { description: 'Whether it runs.' })
  status!: OperationStatus;

  @Field(() => String, { name: 'reason', simple: false, description: 'What was said with the decision.' })
  words!: string;

  @Field(() => DateTime, { nullable: true, description: 'When somebody has decided about it last.' })
  decidedAt!: string | null;

  @Field(() => DateTime, {
    nullable: true,
    description: 'From when on its callers are told to leave it; null: they are not.',
  })
  deprecatedAt!: string | null;

  @Field(() => DateTime, { nullable: true, description: 'From when on it is refused; null: never.' })
  endsAt!: string | null;

  @Field(() => DateTime, { description: 'When it was registered.' })
  createdAt!: string;

  @Field(() => Int, { description: 'Counts decisions and deprecations.' })
  version!: number;
}

@ObjectType({ simpleResolvers: true, description: 'How often something was asked for, and when last.' })
export class UseCount {
  @Field(() => Float, { description: 'How often, to within the last seconds.' })
  count!: number;

  @Field(() => LocalDate, { name: 'lastDate', simple: false, description: 'On which day last, in UTC.' })
  lastDay!: string;
}

@ObjectType({ simpleResolvers: true, description: 'How often an API client has run a document.' })
export class DocumentUse extends UseCount {
  @Field(() => String, {
    nullable: true,
    description:
      'The hash of one of its registered documents, or of ours; null: operations that came as text.',
  })
  document!: string | null;
}

@ObjectType({ simpleResolvers: true, description: 'Who asks for a field of the schema.' })
export class FieldUse extends UseCount {}

@ObjectType({ simpleResolvers: true, description: 'A field of the schema, and who asks for it.' })
export class SchemaFieldUsage {
  @Field(() => String, { description: 'The field: Resource.name.' })
  field!: string;

  @Field(() => String, { nullable: true, description: 'Why it is deprecated; null: it is not.' })
  deprecationReason!: string | null;

  @Field(() => [FieldUse], { description: 'The most frequent first; empty: nobody has asked for it.' })
  uses!: FieldUse[];
}

export const PersistedOperationConnection = connectionOf(PersistedOperation, 'PersistedOperation');
export const SchemaFieldUsageConnection = connectionOf(SchemaFieldUsage, 'SchemaFieldUsage');
