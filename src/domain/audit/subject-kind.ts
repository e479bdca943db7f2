import type { NodeKind } from '../failure.js';

/** What the entries of each room are about. A session, a signing key and the like are no objects of the API. */
const KINDS: Readonly<Record<string, NodeKind>> = {
  user: 'User',
  security: 'User',
  place: 'Place',
  resourceType: 'ResourceType',
  resource: 'Resource',
  reservation: 'Reservation',
  series: 'Series',
  rule: 'Rule',
  closure: 'Closure',
  closing: 'Closing',
  deputy: 'Deputy',
  delegate: 'Delegate',
  group: 'Group',
  training: 'Training',
  feed: 'Feed',
  webhook: 'Webhook',
  mail: 'Mail',
  logFile: 'LogFile',
};

/** The kind of object that an entry with this action is about; null where that is none of the API. */
export const subjectKind = (action: string): NodeKind | null => KINDS[action.split('.')[0] ?? ''] ?? null;
