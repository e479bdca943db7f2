import { Field, InputType, Int, registerEnumType } from 'type-graphql';
import { RuleScopeInput } from '../rules/scope.js';
import { WindowInput } from '../schema/window.js';

export enum ExistingReservations {
  KEEP = 'KEEP',
  CANCEL = 'CANCEL',
}
registerEnumType(ExistingReservations, {
  name: 'ExistingReservations',
  description: 'What becomes of live reservations that a closure meets.',
  valuesConfig: {
    KEEP: { description: 'They stay, and are listed.' },
    CANCEL: { description: 'They are cancelled and their owners told, in the same commit.' },
  },
});

const STARTS = 'The first local time that is closed: 2026-12-24T08:00, or a date alone for its midnight.';
const ENDS =
  'The first local time behind it, or a date alone for its midnight: whole days end on the date after the last one.';
const RRULE = 'RFC 5545 RRULE, with or without an end.';
const EXDATES = 'Local starts of occurrences to leave out; a date alone means the one that starts on it.';
const EXISTING = 'KEEP unless said otherwise; of a rule, the occurrences of the next 3,660 days count.';

@InputType({ description: 'A closure as it shall be.' })
export class ClosurePreviewInput {
  @Field(() => String, { description: 'Why it is closed: 1 to 200 characters.' })
  title!: string;

  @Field(() => RuleScopeInput, { nullable: true, description: 'What is closed; all without it.' })
  scope?: RuleScopeInput | null;

  @Field(() => String, { description: STARTS })
  startsLocal!: string;

  @Field(() => String, { description: ENDS })
  endsLocal!: string;

  @Field(() => String, { nullable: true, description: RRULE })
  rrule?: string | null;

  @Field(() => [String], { nullable: true, description: EXDATES })
  exdates?: string[] | null;
}

@InputType({ description: 'A closure to make, and what becomes of what is reserved.' })
export class ClosureCreateInput extends ClosurePreviewInput {
  @Field(() => ExistingReservations, { nullable: true, description: EXISTING })
  existing?: ExistingReservations | null;
}

@InputType({ description: 'What to change of a closure; what is left out stays, as its scope always does.' })
export class ClosureUpdateInput {
  @Field(() => String, { nullable: true, description: 'Why it is closed: 1 to 200 characters.' })
  title?: string | null;

  @Field(() => String, { nullable: true, description: STARTS })
  startsLocal?: string | null;

  @Field(() => String, { nullable: true, description: ENDS })
  endsLocal?: string | null;

  @Field(() => String, { nullable: true, description: `${RRULE} Null makes it happen once.` })
  rrule?: string | null;

  @Field(() => [String], { nullable: true, description: EXDATES })
  exdates?: string[] | null;

  @Field(() => ExistingReservations, { nullable: true, description: EXISTING })
  existing?: ExistingReservations | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Refuse with VersionConflict when the version is another by now.',
  })
  expectedVersion?: number | null;
}

@InputType({ description: 'What a removal may name.' })
export class ClosureRemoveInput {
  @Field(() => Int, {
    nullable: true,
    description: 'Refuse with VersionConflict when the version is another by now.',
  })
  expectedVersion?: number | null;
}

@InputType({ description: 'An iCalendar file whose events become closures.' })
export class ClosuresImportInput {
  @Field(() => String, {
    description:
      'The file (RFC 5545), up to 80 KiB and 1,000 events; a larger one is imported in parts. Whole days and floating times count by the clocks of each resource; times in a zone are converted where all resources of the scope stand in one.',
  })
  text!: string;

  @Field(() => RuleScopeInput, { nullable: true, description: 'What is closed; all without it.' })
  scope?: RuleScopeInput | null;

  @Field(() => ExistingReservations, { nullable: true, description: EXISTING })
  existing?: ExistingReservations | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Import the events that are right where others are not; otherwise it is all or none.',
  })
  skipInvalid?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: 'Answer as if it were done, and write nothing.' })
  dryRun?: boolean | null;
}

@InputType({ description: 'Which closures; all that is given must hold.' })
export class ClosureFilter {
  @Field(() => RuleScopeInput, {
    nullable: true,
    description: 'Only those that are made for exactly this; an empty one means the organisation.',
  })
  scope?: RuleScopeInput | null;

  @Field(() => WindowInput, {
    nullable: true,
    description: 'Only those that meet this window by the clocks of some zone on earth.',
  })
  window?: WindowInput | null;
}
