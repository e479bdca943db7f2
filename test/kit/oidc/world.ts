import { memoryCounters } from '../../../src/domain/auth/memory-counters.js';
import type { ProviderSignIn } from '../../../src/domain/auth/provider/provider-sign-in.js';
import { buildHoldfastSchema } from '../../../src/graphql/build-schema.js';
import { openIdProvider } from '../../../src/infra/oidc/openid-client.js';
import type { OpenDatabase } from '../../../src/infra/postgres/database.js';
import { freePort } from '../../../src/infra/postgres/embedded-process.js';
import { type RunningServer, startServer } from '../../../src/server/http.js';
import { type Instance, instance } from '../../domain/auth/identity-kit.js';
import { SilentLog } from '../log.js';
import { Browser } from './browser.js';
import { CLIENT, type Guest, type Provider, startProvider } from './provider.js';

/** A server of ours, a provider, and what a browser meets between them. */
export interface World {
  readonly url: string;
  readonly at: Instance;
  readonly provider: Provider;
  readonly rules: ProviderSignIn;
  /** Signs somebody in, from `/auth/oidc/start` on: the last answer of ours. */
  visit(guest: Guest | null, query?: string, browser?: Browser): Promise<Visited>;
  graphql(browser: Browser, query: string): Promise<{ data: never; errors?: never }>;
  close(): Promise<void>;
}

export interface Visited {
  readonly browser: Browser;
  readonly status: number;
  /** Where it leads, or null where it is a page. */
  readonly to: string | null;
  readonly text: string;
  readonly headers: Headers;
  /** The address at which the browser has come back from the provider. */
  readonly back: string;
}

export async function startWorld(db: OpenDatabase, rules: Partial<ProviderSignIn> = {}): Promise<World> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const provider = await startProvider([`${url}/auth/oidc/callback`]);
  const whole: ProviderSignIn = {
    provider: openIdProvider({
      ...CLIENT,
      issuer: provider.issuer,
      scopes: 'openid profile email groups',
      groupClaim: 'groups',
      log: new SilentLog(),
      timeoutMs: 1_500,
    }),
    roleGroups: [],
    memberGroups: [],
    defaultRole: 'MEMBER',
    addsPeople: true,
    ...rules,
  };
  const at = await instance(db, { provider: whole });
  const server: RunningServer = await startServer({
    ...at.ctx,
    host: '127.0.0.1',
    port,
    schema: buildHoldfastSchema(),
    counters: memoryCounters,
    notices: null,
    live: null,
    playground: null,
    allowedOrigins: [],
    production: false,
    publicUrl: url,
  });
  const visit: World['visit'] = async (guest, query = '', browser = new Browser()) => {
    if (guest) await provider.expect(guest);
    const back = await browser.goUntil(`${url}/auth/oidc/start${query}`, `${url}/auth/oidc/callback`);
    const { response, to } = await browser.get(back);
    const { status, headers } = response;
    return { browser, status, to, text: await response.text(), headers, back };
  };
  return {
    url,
    at,
    provider,
    rules: whole,
    visit,
    async graphql(browser, query) {
      const cookie = browser.cookie(url, 'holdfast-session');
      const response = await fetch(`${url}/graphql`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          ...(cookie && { cookie: `holdfast-session=${cookie}` }),
        },
        body: JSON.stringify({ query }),
      });
      return (await response.json()) as never;
    },
    async close() {
      await server.close();
      await provider.kill();
    },
  };
}
