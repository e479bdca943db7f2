import type { InvitationResponse } from '../notifications/told-event.js';

/** Somebody who takes part in a reservation beside its owner: bare uuids, instants as JSON text in UTC. */
export interface ParticipantRow {
  readonly node: 'Participant';
  readonly id: string;
  readonly reservationId: string;
  /** Null for a guest by mail, who has `email` and `name` instead. */
  readonly userId: string | null;
  readonly email: string | null;
  readonly name: string | null;
  readonly response: InvitationResponse;
  readonly respondedAt: string | null;
  readonly inviterId: string;
  readonly createdAt: string;
}

/** SQL that prints the row with alias `p` as a ParticipantRow. */
export const participantJson = (p: string): string => `json_build_object(
  'node', 'Participant', 'id', ${p}.id, 'reservationId', ${p}.reservation_id, 'userId', ${p}.user_id,
  'email', ${p}.email, 'name', ${p}.name, 'response', ${p}.response, 'respondedAt', ${p}.responded_at,
  'inviterId', ${p}.inviter_id, 'createdAt', ${p}.created_at)`;
