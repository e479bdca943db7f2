import type { TermsVersion } from '../../sql/terms/acceptances.js';
import type { Standing } from '../schedules/rule.js';
import { binding, type Case } from './case.js';
import { type Reason, reason } from './reason.js';

type Asking = Standing<'TERMS'>;

/** What an acceptance names: these terms in this version. */
export const termsKey = (ruleId: string, version: string): string => `${ruleId}@${version}`;

const keyOf = ({ id, settings }: Asking): string => termsKey(id, settings.version);

/** The terms that the wish asks for now: none where it is not that far yet, or who acts is exempt. Each once. */
const askedBy = (cases: readonly Case[]): Map<Asking, Case> => {
  const asked = new Map<Asking, Case>();
  for (const at of cases) {
    if (!at.accepts) continue;
    for (const rule of at.rules.terms) {
      if (binding(rule, at.actorRole) && !asked.has(rule)) asked.set(rule, at);
    }
  }
  return asked;
};

/** The rules whose terms matter, unless the request accepts them itself: what was accepted before must be looked up. */
export const termsToLookUp = (cases: readonly Case[]): string[] =>
  [...askedBy(cases)]
    .filter(([rule, at]) => !rule.settings.eachTime && !at.accepts?.includes(keyOf(rule)))
    .map(([rule]) => rule.id);

/** Terms that must be accepted first: in this request or, unless they are accepted each time, in one before. */
export const judgeTerms = (cases: readonly Case[]): Reason[] =>
  [...askedBy(cases)]
    .filter(([rule, { accepts, accepted }]) => {
      const key = keyOf(rule);
      return !accepts?.includes(key) && (rule.settings.eachTime || !accepted?.has(key));
    })
    .map(([rule, { of }]) =>
      reason('TERMS_NOT_ACCEPTED', `${of.name} asks to accept its terms first: ${rule.name}.`, { rule }),
    );

/** What a request that passes accepts: written down with what it makes. */
export const acceptancesIn = (
  cases: readonly Case[],
): readonly (TermsVersion & { readonly eachTime: boolean })[] =>
  [...askedBy(cases)]
    .filter(([rule, { accepts }]) => accepts?.includes(keyOf(rule)))
    .map(([{ id, settings }]) => ({ ruleId: id, version: settings.version, eachTime: settings.eachTime }));
