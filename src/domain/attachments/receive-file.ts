import type { FileStore, StoredFile } from '../../ports/file-store.js';
import { TooLarge } from '../../ports/file-store.js';
import type { VirusScan } from '../../ports/virus-scan.js';
import type { AttachmentRow } from '../../sql/attachments/attachment-row.js';
import { forgetStrayFiles, removeAttachmentRow } from '../../sql/attachments/stray-files.js';
import { type AwaitedFile, awaitedFile, expectFile, nameFile } from '../../sql/attachments/upload.js';
import type { Ctx } from '../act.js';
import { recordAudit } from '../audit/record.js';
import { newId } from '../ids.js';
import { checkedContent, NotAsSaid } from './checked-content.js';
import { uploadTokenHash } from './upload-token.js';

/** What files are kept and looked into with. */
export interface FileParts {
  readonly store: FileStore;
  readonly scan: VirusScan;
}

/**
 * What has become of an upload. UNKNOWN: nothing is waited for under this token, or not any more; the others leave the
 * announcement as it is, but for INFECTED, which ends it.
 */
export type Received = AttachmentRow | 'UNKNOWN' | 'TOO_LARGE' | 'SHORTER' | 'TYPE' | 'INFECTED';

/** By when an upload is over, or its file is taken for stray. */
const STRAY_MS = 3_600_000;

const refusalOf = (error: unknown): 'TOO_LARGE' | 'SHORTER' | 'TYPE' | null => {
  if (error instanceof TooLarge) return 'TOO_LARGE';
  return error instanceof NotAsSaid ? error.what : null;
};

/**
 * Takes in the file that was announced under the token. It is stored first, under a key that is known to be stray until
 * the attachment names it, then looked into, then named: so nobody gets what was not looked into, and whatever ends the
 * process in between, the sweeper finds what it has left.
 * @param content is read to its end, or as far as it is what was announced
 * @throws Unavailable where it cannot be stored or looked into; what the content throws
 */
export async function receiveFile(
  ctx: Ctx,
  parts: FileParts,
  token: string,
  content: AsyncIterable<Uint8Array>,
): Promise<Received> {
  const hash = uploadTokenHash(token);
  const awaited = hash && (await awaitedFile(ctx.db, ctx.clock.fixed(), hash));
  if (!awaited) return 'UNKNOWN';
  const key = newId();
  await expectFile(ctx.db, ctx.clock.fixed(), key, STRAY_MS);
  let isNamed = false;
  try {
    const stored = await parts.store.put(key, checkedContent(content, awaited), awaited.size);
    if (await isInfected(ctx, parts, key, awaited)) return 'INFECTED';
    const named = await name(ctx, hash, key, stored);
    isNamed = named !== null;
    return named ?? 'UNKNOWN';
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal) return refusal;
    throw error;
  } finally {
    if (!isNamed) await letGo(ctx, parts, key);
  }
}

/** Looks into the file; where something is found, the announcement ends and the audit says what it was. */
async function isInfected(
  ctx: Ctx,
  { store, scan }: FileParts,
  key: string,
  awaited: AwaitedFile,
): Promise<boolean> {
  const file = await store.get(key);
  if (!file) throw new Error('a file that was just stored is not there');
  try {
    const verdict = await scan.scan(file);
    if (verdict.kind === 'CLEAN') return false;
    await ctx.db.transaction(async (tx) => {
      await removeAttachmentRow(tx, awaited.id);
      await recordAudit(tx, ctx, {
        action: 'attachment.infected',
        subjectId: awaited.reservationId,
        actorId: awaited.uploaderId,
        after: { attachmentId: awaited.id, found: verdict.name },
      });
    });
    ctx.log.warn({ attachmentId: awaited.id, found: verdict.name }, 'an infected file was refused');
    return true;
  } finally {
    file.destroy();
  }
}

/** Thrown to roll the transaction back. */
class NotNamed extends Error {}

async function name(
  ctx: Ctx,
  hash: Buffer,
  key: string,
  { sha256 }: StoredFile,
): Promise<AttachmentRow | null> {
  try {
    return await ctx.db.transaction(async (tx) => {
      const row = await nameFile(tx, ctx.clock.fixed(), hash, key, sha256);
      if (!row) throw new NotNamed();
      const { id: attachmentId, uploaderId, type, size } = row;
      await recordAudit(tx, ctx, {
        action: 'attachment.add',
        subjectId: row.reservationId,
        actorId: uploaderId,
        after: { attachmentId, type, size, sha256: row.sha256 },
      });
      return row;
    });
  } catch (error) {
    if (error instanceof NotNamed) return null;
    throw error;
  }
}

/** Removes what was not named at once; what that leaves the sweeper finds. */
async function letGo({ db, log }: Ctx, { store }: FileParts, key: string): Promise<void> {
  try {
    await store.remove(key);
    await forgetStrayFiles(db, [key]);
  } catch (error) {
    log.warn({ err: error, key }, 'a stray file stays until it is swept');
  }
}
