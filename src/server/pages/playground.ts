import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { PLAYGROUND } from './page-headers.js';

/** Files with a fingerprint in their names never change. */
const isImmutable = (path: string) => /[\\/]assets[\\/]/.test(path);

/** Serves the built playground from its folder, at `/playground`. */
export async function addPlayground(app: FastifyInstance, folder: string): Promise<void> {
  await app.register(async (inner) => {
    inner.addHook('onRequest', async (_request, reply) => {
      await reply.helmet(PLAYGROUND);
    });
    await inner.register(fastifyStatic, {
      root: folder,
      prefix: '/playground/',
      decorateReply: true,
      cacheControl: false,
      setHeaders: (reply, path) => {
        reply.header('cache-control', isImmutable(path) ? 'public, max-age=31536000, immutable' : 'no-cache');
      },
    });
    inner.get('/playground', async (_request, reply) => reply.sendFile('index.html', folder));
  });
}
