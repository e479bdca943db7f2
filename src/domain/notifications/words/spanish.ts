import type { Words } from './words.js';

export const spanish: Words = {
  locale: 'es-ES',
  colon: ': ',
  headings: {
    RESERVED: 'Reservado',
    OWN_CHANGE: 'Modificado por usted',
    RESERVED_FOR_YOU: 'Reservado para usted',
    CHANGED: 'Modificado',
    MOVED: 'Cambiado de hora o lugar',
    CANCELLED: 'Cancelado',
    CANCELLED_BY_CLOSURE: 'Cancelado por un cierre',
    RESTORED_AFTER_CLOSURE: 'Restablecido: cierre anulado',
    HOLD_EXPIRED: 'Reserva provisional caducada',
    REMINDER: 'Recordatorio',
  },
  ownCancelled: 'Cancelado por usted',
  when: 'Cuándo',
  where: 'Dónde',
  before: 'Antes',
  by: 'Por',
  closure: 'Cierre',
  details: 'Detalles',
  dates: (count) => `${count} fechas`,
  more: (count) => `y ${count} más`,
  footer:
    'Recibe este mensaje porque trata de una de sus reservas. Usted elige en Holdfast qué se le comunica.',
};
