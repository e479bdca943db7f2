import type { CheckInTerms } from '../../sql/reservations/check-in-terms.js';
import { binding, type Case } from './case.js';

/** What was asked, without what has become of it. */
export const termsOf = ({
  opensMinutes,
  graceMinutes,
  strikes,
  checkOut,
  extension,
  anonymous,
}: CheckInTerms): CheckInTerms => ({
  opensMinutes,
  graceMinutes,
  strikes,
  checkOut,
  extension,
  anonymous,
});

const least = (all: readonly (number | null)[]): number | null => {
  const given = all.filter((each) => each !== null);
  return given.length > 0 ? Math.min(...given) : null;
};

/**
 * What one reservation asks of whoever has it; null: nothing. Of several resources the strictest counts, since it frees
 * all in one (O7): one check-in is enough for all of them.
 */
export function checkInFor(cases: readonly Case[]): CheckInTerms | null {
  const asked = cases.flatMap((at) => binding(at.rules.checkIn, at.actorRole)?.settings ?? []);
  if (asked.length === 0) return null;
  return {
    opensMinutes: Math.min(...asked.map(({ opensMinutes }) => opensMinutes)),
    graceMinutes: Math.min(...asked.map(({ graceMinutes }) => graceMinutes)),
    strikes: least(asked.map(({ strikes }) => strikes)),
    checkOut: asked.every(({ checkOut }) => checkOut),
    extension: asked.every(({ extension }) => extension),
    anonymous: asked.every(({ anonymous }) => anonymous),
  };
}
