import helmet from '@fastify/helmet';
import type { FastifyInstance } from 'fastify';

/**
 * Headers of pages for people: nothing from elsewhere, no script inside the page. The playground's editor
 * writes style elements and starts its workers from our own files.
 */
const csp = (styles: string[]) => ({
  useDefaults: false,
  directives: {
    defaultSrc: ["'none'"],
    scriptSrc: ["'self'"],
    styleSrc: ["'self'", ...styles],
    imgSrc: ["'self'", 'data:'],
    fontSrc: ["'self'", 'data:'],
    connectSrc: ["'self'"],
    workerSrc: ["'self'"],
    baseUri: ["'none'"],
    formAction: ["'self'"],
    frameAncestors: ["'none'"],
  },
});

/** For a route's options (`{ helmet: PAGE }`) or `reply.helmet(PLAYGROUND)`. */
export const PAGE = { contentSecurityPolicy: csp([]) };
export const PLAYGROUND = { contentSecurityPolicy: csp(["'unsafe-inline'"]) };

/** Of pages whose address is a secret of whoever has it: given to nobody, kept nowhere. */
export const PRIVATE = { 'cache-control': 'private, no-cache', 'referrer-policy': 'no-referrer' };

/** HSTS is left to whoever ends TLS. */
export const addPageHeaders = async (app: FastifyInstance): Promise<void> => {
  await app.register(helmet, { global: false, hsts: false, xFrameOptions: { action: 'deny' } });
};
