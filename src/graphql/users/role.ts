import { registerEnumType } from 'type-graphql';
import type { Role as DomainRole } from '../../domain/act.js';

/** The roles as a GraphQL enum. */
export const Role = {
  ADMINISTRATOR: 'ADMINISTRATOR',
  MANAGER: 'MANAGER',
  MEMBER: 'MEMBER',
  GUEST: 'GUEST',
} as const satisfies { [Each in DomainRole]: Each };

registerEnumType(Role, {
  name: 'Role',
  description:
    'What a person may do in the whole organisation. Managers of single resources are named there.',
  valuesConfig: {
    ADMINISTRATOR: { description: 'Everything, people included.' },
    MANAGER: { description: 'All resources and all reservations, but not people.' },
    MEMBER: { description: 'Reserves for oneself.' },
    GUEST: { description: 'Looks, reserves only where an access rule says so, and sees no other people.' },
  },
});
