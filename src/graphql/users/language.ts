import { registerEnumType } from 'type-graphql';
import type { Language as DomainLanguage } from '../../sql/users/user-columns.js';

/** The languages as a GraphQL enum. */
export const Language = {
  EN: 'EN',
  DE: 'DE',
  FR: 'FR',
  ES: 'ES',
} as const satisfies { [Each in DomainLanguage]: Each };

registerEnumType(Language, {
  name: 'Language',
  description: 'The language of notifications and mails. Refusals and descriptions are in English.',
  valuesConfig: {
    EN: { description: 'English, with dates as in Britain.' },
    DE: { description: 'German.' },
    FR: { description: 'French.' },
    ES: { description: 'Spanish.' },
  },
});
