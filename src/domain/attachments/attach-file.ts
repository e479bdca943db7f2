import { announceAttachment, attachmentUse } from '../../sql/attachments/announce-attachment.js';
import { readTargets } from '../../sql/reservations/read-reservations.js';
import type { ReservationRow } from '../../sql/reservations/reservation-json.js';
import type { ViewerCtx } from '../act.js';
import { type ReservationRefused, reason, refused } from '../decisions/reason.js';
import { type InvalidInput, invalidInput, type NotFound } from '../failure.js';
import { newId } from '../ids.js';
import { STANDING } from '../participants/standing.js';
import { refuse } from '../reservations/change-reservation.js';
import { mayChangeAll } from '../reservations/rights.js';
import { checkText } from '../text.js';
import { cleanFileName } from './file-name.js';
import { FILE_TYPES, knownType } from './file-types.js';
import { newUploadToken, uploadTokenHash } from './upload-token.js';

/** How much may be attached, in bytes. */
export interface FileLimits {
  readonly ofFile: number;
  readonly ofReservation: number;
  /** Of what one person has attached, wherever. */
  readonly ofPerson: number;
}

export interface AttachFile {
  /** The reservation. */
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly size: number;
}

/** What the viewer uploads by. */
export interface AwaitedUpload {
  readonly kind: 'Awaited';
  readonly attachmentId: string;
  readonly reservation: ReservationRow;
  /** Given once; only its hash is kept. */
  readonly token: string;
  readonly name: string;
  readonly expiresAt: string;
}

const MOST_FILES = 20;
const MOST_NAME = 1_000;
const FOR_MS = 15 * 60_000;
const MIB = 1_048_576;

function check({ name, type, size }: AttachFile, limits: FileLimits): InvalidInput | null {
  const invalid = checkText(name, ['input', 'name'], 1, MOST_NAME);
  if (invalid) return invalid;
  if (knownType(type) === null) {
    return invalidInput(
      ['input', 'type'],
      `This cannot be attached. Can be: ${Object.keys(FILE_TYPES).join(', ')}.`,
    );
  }
  return size >= 1 && size <= limits.ofFile
    ? null
    : invalidInput(['input', 'size'], `A file has 1 to ${limits.ofFile} bytes.`);
}

/**
 * Announces a file of a reservation, and gives the token by which it is uploaded within a quarter of an hour. It counts
 * against the limits from now on and is shown once it is there. For whoever may change the reservation.
 */
export async function attachFile(
  ctx: ViewerCtx,
  limits: FileLimits,
  input: AttachFile,
): Promise<AwaitedUpload | ReservationRefused | NotFound | InvalidInput> {
  const invalid = check(input, limits);
  if (invalid) return invalid;
  const { id, size } = input;
  const { userId } = ctx.viewer;
  const now = ctx.clock.fixed();
  return ctx.db.transaction(async (tx) => {
    const [target] = await readTargets(tx, now, [id], userId, mayChangeAll(ctx.viewer), 'LOCKED');
    const refusal = refuse(target, { id, from: STANDING, expectedVersion: null });
    if (refusal?.kind === 'VersionConflict') throw new Error('no version was expected');
    if (refusal) return refusal;
    const use = await attachmentUse(tx, now, id, userId);
    const full = refuseFull(use, size, limits);
    if (full) return full;
    const token = newUploadToken();
    const name = cleanFileName(input.name);
    const attachmentId = newId();
    const expiresAt = await announceAttachment(tx, now, {
      id: attachmentId,
      reservationId: id,
      uploaderId: userId,
      name,
      type: knownType(input.type) as string,
      size,
      uploadHash: uploadTokenHash(token) as Buffer,
      forMs: FOR_MS,
    });
    const reservation = (target as NonNullable<typeof target>).row;
    return { kind: 'Awaited' as const, attachmentId, reservation, token, name, expiresAt };
  });
}

/** What of it would be more than there may be; limit and use in MiB, or of files in number. */
function refuseFull(
  use: { readonly count: number; readonly bytes: number; readonly bytesOfPerson: number },
  size: number,
  limits: FileLimits,
): ReservationRefused | null {
  const reasons = [
    ...(use.count + 1 > MOST_FILES
      ? [
          reason('QUOTA_EXCEEDED', `A reservation has at most ${MOST_FILES} files.`, {
            limit: MOST_FILES,
            used: use.count + 1,
          }),
        ]
      : []),
    ...over('The files of a reservation', use.bytes + size, limits.ofReservation),
    ...over('What one person attaches', use.bytesOfPerson + size, limits.ofPerson),
  ];
  return reasons.length > 0 ? refused(reasons) : null;
}

const over = (what: string, used: number, limit: number) =>
  used > limit
    ? [
        reason('QUOTA_EXCEEDED', `${what} may have ${Math.floor(limit / MIB)} MiB in all.`, {
          limit: Math.floor(limit / MIB),
          used: used / MIB,
        }),
      ]
    : [];
