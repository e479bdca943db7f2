import type { Case } from './case.js';
import { type Reason, reason } from './reason.js';

/**
 * NOT_PERMITTED and CAPACITY_EXCEEDED for the add-ons among the wishes of one reservation: a pool that is only
 * an add-on needs a resource beside it that offers it, and no more of it than that resource allows.
 */
export function judgeAddOns(cases: readonly Case[]): Reason[] {
  return cases.flatMap(({ book, of, quantity }) => {
    const offers = cases.filter((other) => book.addOnsOf(other.of.id).has(of.id));
    if (offers.length === 0) {
      return of.addOnOnly
        ? [
            reason('NOT_PERMITTED', `${of.name} is reserved only together with a resource that offers it.`, {
              resourceId: of.id,
            }),
          ]
        : [];
    }
    const limits = offers.map((offer) => book.addOnsOf(offer.of.id).get(of.id) ?? Number.POSITIVE_INFINITY);
    const most = limits.reduce((sum, each) => sum + each, 0);
    if (!of.addOnOnly || quantity <= most) return [];
    return [
      reason('CAPACITY_EXCEEDED', `At most ${most} of ${of.name} can be added here.`, {
        resourceId: of.id,
        freeQuantity: most,
        limit: most,
        used: quantity,
      }),
    ];
  });
}
