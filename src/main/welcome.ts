import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { PASSWORD_FILE } from './administrator.js';
import type { Config } from './config.js';

/** What a wildcard address is reached by from this machine. */
const reachable = (host: string) =>
  ['0.0.0.0', '::', '127.0.0.1', '::1'].includes(host) ? 'localhost' : host;

function signIn(config: Config, generated: string | null): string {
  const { email, password } = config.admin;
  const path = join(config.dataDir, PASSWORD_FILE);
  const near = relative(process.cwd(), path);
  const file = near.startsWith('..') ? path : near;
  if (generated !== null) return `Sign in as ${email} with the password ${generated}\n  (kept in ${file}).`;
  if (password !== null)
    return `Sign in as ${email} with the password of HOLDFAST_ADMIN_PASSWORD, unless it was changed.`;
  if (existsSync(path))
    return `Sign in as ${email}; the password of the first start is in ${file}, unless it was changed.`;
  return 'Sign in with your e-mail address and password.';
}

/** What `npm start` says once everything runs. */
export function welcome(config: Config, port: number, generated: string | null, demo: string | null): string {
  const base = `http://${reachable(config.host)}:${port}`;
  const lines = [
    'Holdfast is running. Ctrl-C stops it.',
    '',
    `  Start page  ${base}/`,
    `  GraphQL     ${base}/graphql`,
    ...(config.playground ? [`  Playground  ${base}/playground`] : []),
    '',
    `  ${signIn(config, generated)}`,
    ...(demo === null ? [] : ['', `  ${demo}`]),
  ];
  return `\n${lines.join('\n')}\n\n`;
}
