import type { Waitlist } from '../act.js';
import { passOn } from './pass-on.js';
import { passOnAlone } from './pass-on-alone.js';

/** What the composition hands to every act. */
export const waitlist: Waitlist = {
  passOn,
  passOnDue: (ctx, resourceIds) => passOnAlone(ctx, { reservationIds: [], resourceIds }),
};
