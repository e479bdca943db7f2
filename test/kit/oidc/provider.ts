import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { freePort } from '../../../src/infra/postgres/embedded-process.js';

/** Whom the provider lets in next, with the claims that it says of them. */
export interface Guest {
  readonly sub: string;
  readonly email?: string;
  readonly email_verified?: boolean;
  readonly name?: string;
  readonly groups?: readonly string[];
  /** The person says no. */
  readonly isDenied?: boolean;
}

/** A real provider of OpenID Connect (oidc-provider) as a process of its own. */
export interface Provider {
  readonly issuer: string;
  start(): Promise<void>;
  expect(guest: Guest): Promise<void>;
  /** Ends it at once, as a crash does; `start` brings it back with other keys. */
  kill(): Promise<void>;
  /** Stops its answers without closing a connection; `resume` lets it go on. */
  pause(): void;
  resume(): void;
}

export const CLIENT = { clientId: 'holdfast', clientSecret: 'a secret of the client' };

/**
 * @param claims where it says more than who somebody is: in the ID token, or only at its user-info endpoint
 */
export async function startProvider(
  redirectUris: readonly string[],
  claims: 'token' | 'userinfo' = 'token',
): Promise<Provider> {
  const port = await freePort();
  let child: ChildProcess | null = null;
  const message = async (of: ChildProcess) => {
    const [said] = await once(of, 'message');
    return said as unknown;
  };
  const provider: Provider = {
    issuer: `http://127.0.0.1:${port}`,
    async start() {
      child = fork(
        'test/kit/oidc/provider-process.mjs',
        [String(port), JSON.stringify(redirectUris), claims],
        { stdio: ['ignore', 'ignore', 'inherit', 'ipc'], execArgv: [] },
      );
      await message(child);
    },
    async expect(guest) {
      if (!child) throw new Error('the provider is not there');
      const told = message(child);
      child.send(guest);
      await told;
    },
    async kill() {
      if (!child) return;
      const gone = once(child, 'exit');
      child.kill('SIGCONT');
      child.kill('SIGKILL');
      await gone;
      child = null;
    },
    pause: () => void child?.kill('SIGSTOP'),
    resume: () => void child?.kill('SIGCONT'),
  };
  await provider.start();
  return provider;
}
