import type { ReservationCreateInput, ResourceFactsFragment } from '../../client/generated/graphql.js';
import type { Session } from '../account/session.js';
import type { Instead } from '../output/refusal.js';
import { durationText, minutesOf } from '../time/duration.js';
import { typedTime } from '../time/shown.js';
import { whenOf, windowFrom } from '../time/when.js';
import { findResource } from './find-resource.js';

export interface WishOptions {
  readonly title: string;
  readonly quantity: number;
  readonly accept?: readonly string[];
}

/** What somebody wants to reserve. */
export interface Wish {
  readonly resource: ResourceFactsFragment;
  readonly input: ReservationCreateInput;
  /** The same of an alternative, by the same command. */
  readonly instead: (verb: readonly string[]) => Instead;
}

const UNLESS_SAID = '1h';

/** Reads RESOURCE WHEN [FOR]: times are by the clocks of the resource. */
export async function readWish(
  session: Session,
  { title, quantity, accept }: WishOptions,
  [given = '', when = '', length = UNLESS_SAID]: readonly (string | undefined)[],
): Promise<Wish> {
  const minutes = minutesOf(length);
  const resource = await findResource(session, given);
  const { id: resourceId, timeZone } = resource;
  const input: ReservationCreateInput = {
    title,
    resources: [{ resourceId, quantity }],
    window: windowFrom(whenOf(when, timeZone), minutes, timeZone),
    acceptedTerms: accept ? [...accept] : null,
  };
  const more = ['--title', title, ...(quantity > 1 ? ['--quantity', String(quantity)] : [])];
  const instead =
    (verb: readonly string[]): Instead =>
    ({ window, resources }) => {
      const [other] = resources;
      if (!other?.resource) return null;
      const { id, timeZone: zone } = other.resource;
      return [...verb, id, typedTime(window.startsAt, zone), durationText(minutes), ...more];
    };
  return { resource, input, instead };
}
