import { Field, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import type { ChangeKind as DomainKind } from '../../domain/auth/directory-wish.js';
import type { SyncOutcome as DomainOutcome } from '../../sql/directory/sync-lease.js';
import { DateTime } from '../schema/date-time.js';
import { InvalidInput, UserError } from '../schema/failures.view.js';
import { resultUnion } from '../schema/result-union.js';
import { User } from '../users/user.view.js';

export enum DirectoryChangeKind {
  CREATED = 'CREATED',
  CLOSED = 'CLOSED',
  REOPENED = 'REOPENED',
  NAME = 'NAME',
  ADDRESS = 'ADDRESS',
  ROLE_RAISED = 'ROLE_RAISED',
  ROLE_LOWERED = 'ROLE_LOWERED',
  GROUPS_ADDED = 'GROUPS_ADDED',
  GROUPS_REMOVED = 'GROUPS_REMOVED',
}
registerEnumType(DirectoryChangeKind, {
  name: 'DirectoryChangeKind',
  description: 'What a sync with the directory changes about a person.',
  valuesConfig: {
    CREATED: { description: 'An account was made, or one without password was linked.' },
    CLOSED: { description: 'The directory has closed or lost the person; all sessions ended.' },
    REOPENED: { description: 'The directory has the person again whom it had closed.' },
    NAME: { description: 'Another name.' },
    ADDRESS: { description: 'Another email address.' },
    ROLE_RAISED: { description: 'A role that may do more.' },
    ROLE_LOWERED: { description: 'A role that may do less.' },
    GROUPS_ADDED: { description: 'Put into groups that the directory decides.' },
    GROUPS_REMOVED: { description: 'Taken out of groups that the directory decides.' },
  },
});

export enum DirectorySyncOutcome {
  APPLIED = 'APPLIED',
  REFUSED = 'REFUSED',
  FAILED = 'FAILED',
}
registerEnumType(DirectorySyncOutcome, {
  name: 'DirectorySyncOutcome',
  description: 'How a sync with the directory has ended.',
  valuesConfig: {
    APPLIED: { description: 'What the directory says counts here.' },
    REFUSED: { description: 'Nothing was taken from anybody, since too many would have lost something.' },
    FAILED: { description: 'The directory or the database has not answered; it is tried again.' },
  },
});

@ObjectType({ simpleResolvers: true, description: 'How many people a sync changes in one way.' })
export class DirectorySyncCount {
  @Field(() => DirectoryChangeKind, { description: 'In which way.' })
  kind!: DomainKind;

  @Field(() => Int, { description: 'How many; somebody may be counted in several ways.' })
  count!: number;
}

@ObjectType({ simpleResolvers: true, description: 'One person whom a sync changes, or would.' })
export class DirectorySyncChange {
  @Field(() => String, { description: 'The name before the change.' })
  name!: string;

  @Field(() => [DirectoryChangeKind], { description: 'All that changes.' })
  kinds!: readonly DomainKind[];

  @Field(() => User, { simple: false, nullable: true, description: 'The account; null of one that is new.' })
  user!: User | null;
}

@ObjectType({ simpleResolvers: true, description: 'What a sync has found and done, or would do.' })
export class DirectorySyncReport {
  @Field(() => Int, { description: 'How many people the directory has shown.' })
  people!: number;

  @Field(() => Int, { description: 'How many open accounts were the directory’s before.' })
  linked!: number;

  @Field(() => Int, {
    description:
      'How many would lose account, role or group, before the directory was asked again about each.',
  })
  losses!: number;

  @Field(() => Int, { description: 'How many may lose something in one sync.' })
  mostLosses!: number;

  @Field(() => Int, { description: 'People whose address has an account here that is not the directory’s.' })
  conflicts!: number;

  @Field(() => [String], { description: 'Groups that the configuration names and that are not here.' })
  unknownGroups!: readonly string[];

  @Field(() => [DirectorySyncCount], { simple: false, description: 'All changes, counted.' })
  counts!: DirectorySyncCount[];

  @Field(() => [DirectorySyncChange], { description: 'The first 200 changes.' })
  changes!: readonly DirectorySyncChange[];

  @Field(() => String, {
    nullable: true,
    description: 'Why nothing was taken from anybody; null where it was, or nothing had to be.',
  })
  refusal!: string | null;
}

@ObjectType({ simpleResolvers: true, description: 'How the periodic sync with the directory does.' })
export class DirectorySync {
  @Field(() => Boolean, { description: 'Whether some process is at it.' })
  isRunning!: boolean;

  @Field(() => DateTime, { nullable: true, description: 'When it is due; null before the first one.' })
  nextAt!: string | null;

  @Field(() => DateTime, { nullable: true, description: 'When the last one has begun.' })
  startedAt!: string | null;

  @Field(() => DateTime, { nullable: true, description: 'When the last one that came to an end has ended.' })
  endedAt!: string | null;

  @Field(() => DirectorySyncOutcome, { nullable: true, description: 'How that one has ended.' })
  outcome!: DomainOutcome | null;

  @Field(() => String, { nullable: true, description: 'Why it was refused or has failed.' })
  message!: string | null;

  @Field(() => DirectorySyncReport, {
    nullable: true,
    description: 'Of the last one in which the directory has answered.',
  })
  report!: DirectorySyncReport | null;
}

@InputType({ description: 'How to sync.' })
export class DirectorySyncInput {
  @Field(() => Boolean, {
    defaultValue: false,
    description: 'Writes nothing and tells what would be written.',
  })
  dryRun!: boolean;

  @Field(() => Boolean, {
    defaultValue: false,
    description: 'Takes away from however many people: after a refusal whose report you have read.',
  })
  acceptLosses!: boolean;
}

@ObjectType({ simpleResolvers: true, description: 'The directory was asked.' })
export class DirectorySyncSuccess {
  @Field(() => DirectorySyncReport, { description: 'What was done, refused or would be done.' })
  report!: DirectorySyncReport;
}

@ObjectType({
  implements: UserError,
  simpleResolvers: true,
  description: 'Some process syncs at this moment: look again in a while.',
})
export class DirectorySyncBusy extends UserError {}

export const DirectorySyncResult = resultUnion(
  'DirectorySync',
  DirectorySyncSuccess,
  DirectorySyncBusy,
  InvalidInput,
);
