import type { ExplanationFragment, RefusalFragment } from '../../client/generated/graphql.js';
import { instantShown, spanShown } from '../time/shown.js';
import { clean } from './clean.js';
import { commandLine } from './quote.js';

type Explained = ExplanationFragment['reasons'][number];
type Reason = RefusalFragment['reasons'][number] & Partial<Explained>;

/** A refusal; explained where that was asked for. */
export interface Refusal {
  readonly message: string;
  readonly reasons: readonly Reason[];
  readonly alternatives?: ExplanationFragment['alternatives'];
}

export type Alternative = ExplanationFragment['alternatives'][number];

/** How to ask for an alternative instead: the words of a command; null where there is no such command. */
export type Instead = (alternative: Alternative) => readonly string[] | null;

const WHERE = {
  RESOURCE: 'the resource',
  TYPE: 'its type',
  PLACE: 'its place',
  ORGANISATION: 'the organisation',
};

function factsOf(reason: Reason, zone: string): string[] {
  const { rule, conflicts = [], earliestStart, latestEnd, freeQuantity, expiresAt } = reason;
  const terms = rule?.settings && 'key' in rule.settings ? rule.settings : null;
  return [
    ...(rule ? [`rule of ${WHERE[rule.origin]}: ${rule.summary}`] : []),
    ...(terms ? [terms.text, `accept it with --accept ${terms.key}`] : []),
    ...conflicts.map(
      ({ window, reservation }) =>
        `in the way: ${spanShown(window, zone)}${reservation ? `, ${reservation.title}` : ''}`,
    ),
    ...(earliestStart ? [`earliest start: ${instantShown(earliestStart, zone)}`] : []),
    ...(latestEnd ? [`latest end: ${instantShown(latestEnd, zone)}`] : []),
    ...(freeQuantity === null ? [] : [`${freeQuantity} left`]),
    ...(expiresAt ? [`held until: ${instantShown(expiresAt, zone)}`] : []),
  ];
}

function alternativeLines(alternative: Alternative, zone: string, instead: Instead): string[] {
  const { window, resources } = alternative;
  const names = resources.map(({ resource }) => resource?.name ?? '?').join(', ');
  const words = instead(alternative);
  const shown = `  ${clean(names)}, ${spanShown(window, resources[0]?.resource?.timeZone ?? zone)}`;
  return [shown, ...(words ? [`    ${clean(commandLine(...words))}`] : [])];
}

/** Every reason with what is known of it, and what could be had instead, with the commands for that. */
export function refusalLines(
  { message, reasons, alternatives = [] }: Refusal,
  zone: string,
  instead: Instead,
): string[] {
  return [
    ...reasons.flatMap((reason) => [
      // The only reason has been told already.
      reason.message === message ? `  ${reason.code}` : `  ${reason.code}  ${clean(reason.message)}`,
      ...factsOf(reason, zone).map((fact) => `    ${clean(fact)}`),
    ]),
    ...(alternatives.length > 0 ? ['Instead:'] : []),
    ...alternatives.flatMap((alternative) => alternativeLines(alternative, zone, instead)),
  ];
}
