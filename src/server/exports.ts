import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ViewerCtx } from '../domain/act.js';
import type { AuditFormat } from '../domain/audit/audit-lines.js';
import { type ExportAudit, exportAudit } from '../domain/audit/export-audit.js';
import { noteRefusedToken } from '../domain/auth/note-refused-token.js';
import { parseGlobalId } from '../domain/ids.js';
import { openLogFile } from '../domain/logs/open-log-file.js';
import { exportUser } from '../domain/privacy/export-user.js';
import { waitlist } from '../domain/waitlist/waitlist.js';
import type { ServerParts } from './parts.js';

type ExportParts = Pick<ServerParts, 'db' | 'bus' | 'clock' | 'log' | 'identity' | 'files'>;

const RFC3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/;
const ACTION = /^[A-Za-z]{1,40}(\.[A-Za-z]{1,40})?$/;
const TYPES = { csv: 'text/csv; charset=utf-8', jsonl: 'application/jsonl; charset=utf-8' } as const;

/** A parameter of the address that cannot be read. */
class WrongParameter extends Error {
  readonly statusCode = 400;
}

function read<T>(query: Record<string, unknown>, name: string, to: (text: string) => T | null): T | null {
  const text = query[name];
  if (text === undefined) return null;
  const value = typeof text === 'string' ? to(text) : null;
  if (value === null) throw new WrongParameter(`The parameter ${name} cannot be read.`);
  return value;
}

const instant = (text: string) => {
  const date = new Date(text);
  return RFC3339.test(text) && !Number.isNaN(date.getTime()) ? date : null;
};
const id = (text: string) => parseGlobalId(text)?.id ?? null;

function readExport(query: Record<string, unknown>, format: AuditFormat): ExportAudit {
  return {
    format,
    after: read(query, 'after', (text) => (/^\d{1,15}$/.test(text) ? Number(text) : null)) ?? 0,
    action: read(query, 'action', (text) => (ACTION.test(text) ? text : null)),
    actorId: read(query, 'actor', id),
    subjectId: read(query, 'subject', id),
    from: read(query, 'from', instant),
    until: read(query, 'until', instant),
  };
}

/** Who asks, by the bearer token alone: no cookie takes anything out. */
async function ctxOf(
  { identity, db, bus, clock, log }: ExportParts,
  request: FastifyRequest,
): Promise<ViewerCtx | null> {
  const { id: requestId, ip: address, headers } = request;
  const userAgent = headers['user-agent'] ?? null;
  const somebody = await identity.authenticate(headers.authorization);
  if (somebody === 'INVALID')
    noteRefusedToken({ identity, clock }, { requestId, address, userAgent }, headers.authorization);
  // No scope stands for all that there is about people: it is for people alone.
  if (somebody === null || somebody === 'INVALID' || somebody.viewer.client) return null;
  return { db, bus, clock, log, waitlist, requestId, viewer: somebody.viewer, address, userAgent };
}

const refuse = (reply: FastifyReply, status: 401 | 403) =>
  reply
    .code(status)
    .headers({ 'x-content-type-options': 'nosniff', ...(status === 401 && { 'www-authenticate': 'Bearer' }) })
    .send({ error: status === 401 ? 'Sign in first.' : 'Your role does not permit this.' });

/** Pieces go out as fast as they are taken: two of them wait at most. */
function stream(reply: FastifyReply, name: string, type: string, pieces: AsyncGenerator<string> | Readable) {
  return reply
    .headers({
      'cache-control': 'no-store',
      'content-disposition': `attachment; filename="${name}"`,
      'x-content-type-options': 'nosniff',
    })
    .type(type)
    .send(pieces instanceof Readable ? pieces : Readable.from(pieces, { highWaterMark: 2 }));
}

/**
 * `/export/audit.csv` and `.jsonl`, `/export/users/<id>.json` and `/export/logs/<id>.jsonl`, for whoever sends a bearer token
 * that may.
 */
export function addExports(app: FastifyInstance, parts: ExportParts): void {
  for (const format of ['csv', 'jsonl'] as const) {
    app.get<{ Querystring: Record<string, unknown> }>(`/export/audit.${format}`, async (request, reply) => {
      const ctx = await ctxOf(parts, request);
      if (ctx?.viewer.role !== 'ADMINISTRATOR') return refuse(reply, ctx ? 403 : 401);
      const pieces = await exportAudit(ctx, readExport(request.query, format));
      return stream(reply, `audit.${format}`, TYPES[format], pieces);
    });
  }
  app.get<{ Params: { '*': string } }>('/export/users/*', async (request, reply) => {
    const ctx = await ctxOf(parts, request);
    if (!ctx) return refuse(reply, 401);
    const [, named = ''] = /^(.+)\.json$/.exec(request.params['*']) ?? [];
    const parsed = parseGlobalId(named);
    const pieces = parsed?.kind === 'User' ? await exportUser(ctx, parsed.id) : null;
    if (!pieces || 'kind' in pieces) return reply.callNotFound();
    return stream(reply, `${named}.json`, 'application/json; charset=utf-8', pieces);
  });
  app.get<{ Params: { '*': string } }>('/export/logs/*', async (request, reply) => {
    const ctx = await ctxOf(parts, request);
    if (ctx?.viewer.role !== 'ADMINISTRATOR') return refuse(reply, ctx ? 403 : 401);
    const [name = '', named = ''] = /^(.+)\.jsonl$/.exec(request.params['*']) ?? [];
    const parsed = parseGlobalId(named);
    const lines =
      parts.files && parsed?.kind === 'LogFile' ? await openLogFile(ctx, parts.files.store, parsed.id) : null;
    return lines ? stream(reply, name, TYPES.jsonl, lines) : reply.callNotFound();
  });
}
