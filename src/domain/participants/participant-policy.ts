import type { Viewer } from '../act.js';
import { type InvalidInput, invalidInput } from '../failure.js';
import { mayChangeAll } from '../reservations/rights.js';
import { checkText } from '../text.js';
import { checkEmail, normalEmail } from '../users/user-policy.js';

/** Somebody without an account, as they are invited. */
export interface GuestInput {
  readonly email: string;
  readonly name: string;
}

/** How many take part in one reservation beside its owner at most. */
export const MOST_PARTICIPANTS = 200;
const MOST_NAME = 200;

/** Addresses as they are compared, names without the space around them. */
export const normalGuest = ({ email, name }: GuestInput): GuestInput => ({
  email: normalEmail(email),
  name: name.trim(),
});

/** 1 to 200 people in all, guests with an address and a name. Null says that they can be invited. */
export function checkInvitees(
  userIds: readonly string[],
  guests: readonly GuestInput[],
): InvalidInput | null {
  const count = userIds.length + guests.length;
  if (count < 1 || count > MOST_PARTICIPANTS) {
    return invalidInput(['input'], `Invite 1 to ${MOST_PARTICIPANTS} people at once.`);
  }
  for (const { email, name } of guests) {
    const path = ['input', 'guests'];
    const invalid = checkEmail(email, [...path, 'email']) ?? checkText(name, [...path, 'name'], 1, MOST_NAME);
    if (invalid) return invalid;
  }
  return null;
}

/** An address of which only its owner recognises more than the domain: `a…@example.org`. */
export function maskedEmail(email: string): string {
  const at = email.lastIndexOf('@');
  return `${[...email.slice(0, at)].slice(0, 1).join('')}…${email.slice(at)}`;
}

/**
 * Whether the viewer sees the addresses of guests: who has the reservation, has invited them, or has made it and may
 * still change it, and managers.
 */
export async function seesGuests(
  viewer: Viewer,
  reservation: { readonly ownerId: string; readonly creatorId: string },
  inviterId: string,
  mayChange: () => Promise<boolean>,
): Promise<boolean> {
  if (mayChangeAll(viewer) || [reservation.ownerId, inviterId].includes(viewer.userId)) return true;
  return reservation.creatorId === viewer.userId && mayChange();
}
