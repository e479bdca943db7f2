import { Field, InputType, Int } from 'type-graphql';
import type { Role as DomainRole } from '../../domain/act.js';
import type { RuleKind as Kind } from '../../domain/schedules/rule.js';
import { LocalDate } from '../schema/local-date.js';
import { Role } from '../users/role.js';
import { ApprovalInput } from './approval.inputs.js';
import { CheckInInput } from './check-in.inputs.js';
import { RuleKind } from './enums.js';
import {
  AccessInput,
  BuffersInput,
  GridInput,
  LengthInput,
  NoticeInput,
  OpeningHoursInput,
  QuotaInput,
} from './rule-settings.inputs.js';

import { RuleScopeInput } from './scope.js';

const VERSION = 'Refuse with VersionConflict unless the rule is at this version.';

@InputType({
  description:
    'A rule: exactly one of the nine settings, or isEnded with a kind. It takes the place of the one at the same scope, kind, name and date.',
})
export class RuleSetInput {
  @Field(() => RuleScopeInput, {
    nullable: true,
    description: 'For what it is made; for the organisation without it.',
  })
  scope?: RuleScopeInput | null;

  @Field(() => String, {
    nullable: true,
    description: 'Of a quota or an approval: 1 to 100 characters that tell it apart.',
  })
  name?: string | null;

  @Field(() => LocalDate, {
    nullable: true,
    description: "The first date, in each resource's own zone, on which it counts; always without it.",
  })
  effectiveFrom?: string | null;

  @Field(() => [Role], { nullable: true, description: 'Whom it does not bind; it binds all without it.' })
  exemptRoles?: DomainRole[] | null;

  @Field(() => OpeningHoursInput, { nullable: true, description: 'When it is open.' })
  openingHours?: OpeningHoursInput | null;

  @Field(() => BuffersInput, { nullable: true, description: 'What is kept free around reservations.' })
  buffers?: BuffersInput | null;

  @Field(() => NoticeInput, { nullable: true, description: 'How early and how late one reserves.' })
  notice?: NoticeInput | null;

  @Field(() => LengthInput, { nullable: true, description: 'How short and how long reservations are.' })
  length?: LengthInput | null;

  @Field(() => GridInput, { nullable: true, description: 'At which times they start and end.' })
  grid?: GridInput | null;

  @Field(() => QuotaInput, { nullable: true, description: 'How much a person or a group reserves.' })
  quota?: QuotaInput | null;

  @Field(() => AccessInput, { nullable: true, description: 'Who reserves at all.' })
  access?: AccessInput | null;

  @Field(() => ApprovalInput, {
    nullable: true,
    description: 'What somebody must approve before it counts.',
  })
  approval?: ApprovalInput | null;

  @Field(() => CheckInInput, { nullable: true, description: 'That one says to be there, or loses it.' })
  checkIn?: CheckInInput | null;

  @Field(() => Boolean, {
    nullable: true,
    description:
      'Instead of settings: from the date on no rule of the kind stands at the scope, and the next farther one counts.',
  })
  isEnded?: boolean | null;

  @Field(() => RuleKind, {
    nullable: true,
    description: 'With isEnded: which kind. Settings say it themselves.',
  })
  kind?: Kind | null;

  @Field(() => Int, { nullable: true, description: VERSION })
  expectedVersion?: number | null;
}

@InputType({ description: 'What the caller has seen of a rule.' })
export class RuleRemoveInput {
  @Field(() => Int, { nullable: true, description: VERSION })
  expectedVersion?: number | null;
}

@InputType({ description: 'Narrows a list of rules; what is left out does not narrow it.' })
export class RuleFilter {
  @Field(() => RuleKind, { nullable: true, description: 'Only rules of this kind.' })
  kind?: Kind | null;

  @Field(() => RuleScopeInput, {
    nullable: true,
    description: "Only rules made for exactly this; an empty scope finds the organisation's.",
  })
  scope?: RuleScopeInput | null;
}
