import { v7 } from 'uuid';
import type { NodeKind } from './failure.js';

const PREFIX: Record<NodeKind, string> = {
  User: 'usr',
  Place: 'plc',
  ResourceType: 'rty',
  Resource: 'res',
  Reservation: 'rsv',
  Rule: 'rul',
  Closure: 'clo',
  Closing: 'clg',
  Deputy: 'dep',
  Delegate: 'dlg',
  Notification: 'ntf',
  Group: 'grp',
  Training: 'trn',
  Series: 'ser',
  Feed: 'fed',
  Webhook: 'whk',
  WebhookDelivery: 'whd',
  Act: 'act',
  Session: 'ses',
  Mail: 'mal',
  Wait: 'wai',
  AuditEntry: 'aud',
  Participant: 'par',
  Attachment: 'att',
  Comment: 'cmt',
  ApiClient: 'cli',
  ApiSecret: 'sec',
  PersistedOperation: 'ops',
  Passkey: 'pky',
  LogFile: 'log',
};
const KIND = new Map(Object.entries(PREFIX).map(([kind, prefix]) => [prefix, kind as NodeKind]));
const GLOBAL_ID = /^([a-z]{3})_([0-9a-f]{32})$/;

/** A new bare uuid, ordered by time (RFC 9562 version 7). */
export const newId = (): string => v7();

/** `rsv_…`: the opaque, sortable id that leaves the program. */
export const globalId = (kind: NodeKind, id: string): string => `${PREFIX[kind]}_${id.replaceAll('-', '')}`;

/** What a global id names, with its bare uuid (dashed), or null for anything that is no id of ours. */
export function parseGlobalId(text: string): { kind: NodeKind; id: string } | null {
  const match = GLOBAL_ID.exec(text);
  const kind = match && KIND.get(match[1] as string);
  if (!match || !kind) return null;
  const hex = match[2] as string;
  const id = `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
  return { kind, id };
}
