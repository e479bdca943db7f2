import { Field, Float, Int, ObjectType, registerEnumType } from 'type-graphql';
import { connectionOf } from '../schema/connection.js';
import { DateTime } from '../schema/date-time.js';
import { Node } from '../schema/node.view.js';

@ObjectType({ simpleResolvers: true, description: 'Where something was done from, and as whom.' })
export class AuditSource {
  @Field(() => String, { nullable: true, description: 'The network address of the caller.' })
  address?: string | null;

  @Field(() => String, { nullable: true, description: 'What the program of the caller calls itself.' })
  userAgent?: string | null;

  @Field(() => String, { nullable: true, description: 'The role that the person had then.' })
  role?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The session that it was done in: the same text for all that was done in it.',
  })
  session?: string | null;
}

@ObjectType({
  implements: Node,
  simpleResolvers: true,
  description: 'One change or one event of security, written in the commit that makes it and never changed.',
})
export class AuditEntry extends Node {
  @Field(() => String, { description: 'What was done: kind of object and verb, such as reservation.cancel.' })
  action!: string;

  @Field(() => Float, {
    nullable: true,
    description: 'Its link in the chain of the audit; null for the second or so until it is sealed.',
  })
  number!: number | null;
}

export const AuditConnection = connectionOf(AuditEntry, 'AuditEntry');

export enum AuditBreakKind {
  LINK_MISSING = 'LINK_MISSING',
  LINK_CHANGED = 'LINK_CHANGED',
  ENTRY_MISSING = 'ENTRY_MISSING',
  ENTRY_CHANGED = 'ENTRY_CHANGED',
  ENTRY_BARED = 'ENTRY_BARED',
}
registerEnumType(AuditBreakKind, {
  name: 'AuditBreakKind',
  description: 'What is wrong with a link of the chain.',
  valuesConfig: {
    LINK_MISSING: { description: 'The link before it is not there.' },
    LINK_CHANGED: { description: 'Its hash is not that of link and chain.' },
    ENTRY_MISSING: { description: 'Its entry is not there.' },
    ENTRY_CHANGED: { description: 'Its entry says something else than when it was sealed.' },
    ENTRY_BARED: { description: 'Its entry was changed as by an erasure, and nothing seals what is left.' },
  },
});

@ObjectType({ simpleResolvers: true, description: 'The first link that does not hold.' })
export class AuditBreak {
  @Field(() => AuditBreakKind, { description: 'What is wrong.' })
  kind!: AuditBreakKind;

  @Field(() => Float, { description: 'The number of the link.' })
  number!: number;

  @Field(() => AuditEntry, { nullable: true, description: 'Its entry, where that is still there.' })
  entry!: AuditEntry | null;
}

@ObjectType({ simpleResolvers: true, description: 'A place in the chain of the audit.' })
export class AuditHead {
  @Field(() => Float, { description: 'The number of the link; 0 before the first one.' })
  number!: number;

  @Field(() => String, { description: 'Its hash in hexadecimal, which depends on every link before it.' })
  hash!: string;
}

@ObjectType({ simpleResolvers: true, description: 'The chain that seals the audit, as it is now.' })
export class AuditChain {
  @Field(() => AuditHead, {
    description: 'Its end. Kept elsewhere it proves later that nothing of it was cut off or made anew.',
  })
  head!: AuditHead;

  @Field(() => AuditHead, { description: 'Where it begins: the last link that was pruned.' })
  base!: AuditHead;

  @Field(() => Int, { description: 'How many entries wait to be sealed.' })
  unsealed!: number;

  @Field(() => DateTime, { nullable: true, description: 'Since when the oldest of them waits.' })
  unsealedSinceAt!: string | null;
}

@ObjectType({ simpleResolvers: true, description: 'What a stretch of the chain has proved to be.' })
export class AuditVerdict {
  @Field(() => AuditHead, { description: 'The last link that holds: go on behind it.' })
  upTo!: AuditHead;

  @Field(() => Int, { description: 'How many of them seal what an erasure has left of an entry.' })
  redacted!: number;

  @Field(() => AuditBreak, {
    nullable: true,
    description: 'The first link that does not hold; null: all hold.',
  })
  broken!: AuditBreak | null;

  @Field(() => Boolean, { description: 'Whether the stretch has reached the end of the chain.' })
  isEnd!: boolean;
}
