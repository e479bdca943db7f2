import { registerEnumType } from 'type-graphql';
import type { Scope } from '../../domain/scopes.js';

export enum ApiScope {
  READ = 'READ',
  RESERVE = 'RESERVE',
  APPROVE = 'APPROVE',
  MANAGE = 'MANAGE',
  ADMINISTER = 'ADMINISTER',
  REGISTER = 'REGISTER',
}
registerEnumType(ApiScope, {
  name: 'ApiScope',
  description:
    'What an API client is permitted, as far as its role permits it too. None contains another. In tokens READ is `read`, and so on.',
  valuesConfig: {
    READ: { description: 'Resources, availability, reservations, people and rules, by queries and live.' },
    RESERVE: { description: 'Make, change and cancel reservations, holds and series.' },
    APPROVE: { description: 'See what waits for approval, and decide about it.' },
    MANAGE: { description: 'Change resources, places, rules, closures, groups, feeds and webhooks.' },
    ADMINISTER: { description: 'Change people, and see mails.' },
    REGISTER: { description: 'See itself, and register documents of its own for approval.' },
  },
});

/** The name in tokens and in the database. */
export const scopeName = (scope: ApiScope): Scope => scope.toLowerCase() as Scope;

/** The value of the enumeration for a name. */
export const scopeOf = (name: string): ApiScope => name.toUpperCase() as ApiScope;
