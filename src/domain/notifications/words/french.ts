import type { Words } from './words.js';

export const french: Words = {
  locale: 'fr-FR',
  colon: '\u00a0: ',
  headings: {
    RESERVED: 'Réservé',
    OWN_CHANGE: 'Modifié par vous',
    RESERVED_FOR_YOU: 'Réservé pour vous',
    CHANGED: 'Modifié',
    MOVED: 'Déplacé',
    CANCELLED: 'Annulé',
    CANCELLED_BY_CLOSURE: 'Annulé à cause d’une fermeture',
    RESTORED_AFTER_CLOSURE: 'Rétabli : fermeture retirée',
    HOLD_EXPIRED: 'Option expirée',
    REMINDER: 'Rappel',
  },
  ownCancelled: 'Annulé par vous',
  when: 'Quand',
  where: 'Où',
  before: 'Avant',
  by: 'Par',
  closure: 'Fermeture',
  details: 'Détails',
  dates: (count) => `${count} dates`,
  more: (count) => `et ${count} autres`,
  footer:
    'Vous recevez ce message car il concerne l’une de vos réservations. Vous choisissez dans Holdfast ce qui vous est annoncé.',
};
