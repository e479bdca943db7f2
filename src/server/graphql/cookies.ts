import type { FastifyReply, FastifyRequest } from 'fastify';
import type { CookieName, Cookies } from '../../graphql/context.js';
import { originAllowed } from '../cors.js';
import type { Shared } from './operation-context.js';

/** Browsers keep nothing that is `Secure` from a plain page of this machine, or not all of them do. */
const LOCAL = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/;

/**
 * The cookies of an HTTP request: `__Host-`, Secure, HttpOnly and SameSite=Strict (RFC 6265bis), but for plain HTTP on
 * this machine. Null for pages of other origins, so that none of them acts by the cookie of whoever looks at it;
 * SameSite is the first guard, the Origin the second, and that a form can send no JSON the third.
 */
export function cookiesOf(
  { allowedOrigins }: Pick<Shared, 'allowedOrigins'>,
  request: FastifyRequest,
  reply: FastifyReply,
): Cookies | null {
  const { origin, host } = request.headers;
  return originAllowed(origin, host, allowedOrigins) ? new RequestCookies(request, reply) : null;
}

const SAME_SITE = { STRICT: 'Strict', LAX: 'Lax' } as const;

class RequestCookies implements Cookies {
  constructor(
    private readonly request: FastifyRequest,
    private readonly reply: FastifyReply,
  ) {}

  read(name: CookieName): string | null {
    const wanted = `${this.prefix()}${name}=`;
    const found = this.request.headers.cookie?.split(/; */).find((pair) => pair.startsWith(wanted));
    return found?.slice(wanted.length) || null;
  }

  write(
    name: CookieName,
    value: string | null,
    seconds: number,
    sameSite: 'STRICT' | 'LAX' = 'STRICT',
  ): void {
    const prefix = this.prefix();
    const secure = prefix.startsWith('__Host-') ? '; Secure' : '';
    const life = `Path=/; Max-Age=${value === null ? 0 : seconds}`;
    this.reply.header(
      'set-cookie',
      `${prefix}${name}=${value ?? ''}; ${life}; HttpOnly; SameSite=${SAME_SITE[sameSite]}${secure}`,
    );
  }

  private prefix(): string {
    const isPlain = this.request.protocol === 'http' && LOCAL.test(this.request.headers.host ?? '');
    return isPlain ? 'holdfast-' : '__Host-holdfast-';
  }
}
