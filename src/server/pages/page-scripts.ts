import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { etagOf, isKnown } from '../etag.js';
import { PAGE } from './page-headers.js';

const NAMES = ['check-in', 'display'] as const;

/** The addresses of the pages' own scripts; null where they were not built, and the pages do without. */
export type PageScripts = Readonly<Record<(typeof NAMES)[number], string | null>>;

/** Serves the built scripts of the pages at doors from their folder, each of one file. */
export async function addPageScripts(app: FastifyInstance, folder: string | null): Promise<PageScripts> {
  if (folder === null) return { 'check-in': null, display: null };
  for (const name of NAMES) {
    const text = await readFile(join(folder, `${name}.js`), 'utf8');
    const etag = etagOf(text);
    app.get(`/${name}.js`, { helmet: PAGE }, async (request, reply) => {
      reply.headers({ 'cache-control': 'no-cache', etag });
      if (isKnown(request.headers['if-none-match'], etag)) return reply.code(304).send();
      return reply.type('text/javascript; charset=utf-8').send(text);
    });
  }
  return { 'check-in': '/check-in.js', display: '/display.js' };
}
