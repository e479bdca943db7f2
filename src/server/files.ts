import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { savedAs } from '../domain/attachments/file-name.js';
import { openAttachment } from '../domain/attachments/open-attachment.js';
import { type Received, receiveFile } from '../domain/attachments/receive-file.js';
import { FILES } from '../domain/attachments/upload-token.js';
import { globalId, parseGlobalId } from '../domain/ids.js';
import { reaches } from '../domain/scopes.js';
import { waitlist } from '../domain/waitlist/waitlist.js';
import { countWrongLink } from './limits/guesses.js';
import type { Files, ServerParts } from './parts.js';

type Named = FastifyRequest<{ Params: { '*': string } }>;

const REFUSALS: Readonly<Record<Exclude<Received, object>, readonly [status: number, message: string]>> = {
  UNKNOWN: [404, 'There is nothing under this address.'],
  TOO_LARGE: [413, 'The file is longer than was said.'],
  SHORTER: [400, 'The file is shorter than was said.'],
  TYPE: [415, 'The file is not of the type that was said.'],
  INFECTED: [422, 'The virus scanner has found something in this file.'],
};

const refuse = (reply: FastifyReply, outcome: keyof typeof REFUSALS) => {
  const [status, error] = REFUSALS[outcome];
  reply.code(status);
  return { error };
};

/** Whether the caller's connection, and nothing of ours, has failed. */
const isGone = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'ECONNRESET';

/** Takes in what was announced under the token. What comes is not destroyed where it is refused, or nobody heard why. */
async function take(parts: ServerParts, files: Files, request: Named, reply: FastifyReply) {
  const { id, ip, headers, raw } = request;
  const { db, clock, bus, log } = parts;
  const ctx = {
    db,
    clock,
    bus,
    log,
    waitlist,
    requestId: id,
    viewer: null,
    address: ip,
    userAgent: headers['user-agent'] ?? null,
  };
  try {
    const content = raw.iterator({ destroyOnReturn: false });
    const received = await receiveFile(ctx, files, request.params['*'], content);
    if (received === 'UNKNOWN') await countWrongLink(parts.identity, request, 'files', request.params['*']);
    if (typeof received === 'string') return refuse(reply, received);
    reply.code(201);
    const { name, type, size, sha256 } = received;
    return { id: globalId('Attachment', received.id), name, type, size, sha256 };
  } catch (error) {
    if (!isGone(error)) throw error;
    reply.code(400);
    return { error: 'The connection was lost.' };
  }
}

/** Gives a file to whoever sees its reservation: to be saved, and never to be shown or run by a browser. */
async function give(parts: ServerParts, files: Files, request: Named, reply: FastifyReply) {
  const somebody = await parts.identity.authenticate(request.headers.authorization);
  if (somebody === null || somebody === 'INVALID') {
    reply.code(401).header('www-authenticate', 'Bearer');
    return { error: 'Sign in first.' };
  }
  const { id: requestId, ip, headers } = request;
  const { db, clock, bus, log } = parts;
  const named = parseGlobalId(request.params['*']);
  const who = { viewer: somebody.viewer, address: ip, userAgent: headers['user-agent'] ?? null };
  const opened =
    named?.kind === 'Attachment' && reaches(somebody.viewer, 'read')
      ? await openAttachment({ db, clock, bus, log, waitlist, requestId, ...who }, files.store, named.id)
      : null;
  if (!opened) return refuse(reply, 'UNKNOWN');
  const { attachment, content } = opened;
  reply.raw.once('close', () => content.destroy());
  reply.headers({
    'content-type': attachment.type,
    'content-length': attachment.size,
    'content-disposition': savedAs(attachment.name),
  });
  return reply.send(Readable.from(content, { objectMode: false }));
}

/**
 * `/files/`: takes in what was announced by attachmentAdd (PUT, by its token), and gives out attachments (GET, by their
 * ids, to whoever is signed in and sees the reservation).
 */
export async function addFiles(app: FastifyInstance, parts: ServerParts): Promise<void> {
  const { files } = parts;
  if (!files) return;
  await app.register(async (inner) => {
    inner.removeAllContentTypeParsers();
    // Whatever it is called, it is read by who stores it, and no more of it than was announced.
    inner.addContentTypeParser('*', (_request, _payload, done) => done(null));
    inner.addHook('onRequest', async (_request, reply) => {
      reply.headers({
        'cache-control': 'private, no-store',
        'content-security-policy': "sandbox; default-src 'none'",
        'cross-origin-resource-policy': 'same-site',
        'referrer-policy': 'no-referrer',
        'x-content-type-options': 'nosniff',
      });
    });
    inner.put(`${FILES}*`, (request: Named, reply) => take(parts, files, request, reply));
    inner.get(`${FILES}*`, (request: Named, reply) => give(parts, files, request, reply));
  });
}
