import { readFileSync } from 'node:fs';
import type { Variable } from './variable-kinds.js';
import { variables } from './variables.js';

/** The variables by name; an empty value counts as not set. */
export type Env = Readonly<Record<string, string>>;

/** Secrets may come from a file instead: `DATABASE_URL_FILE=/run/secrets/database-url`. */
export const secretNames = Object.entries<Variable<unknown>>(variables)
  .filter(([, variable]) => variable.secret)
  .map(([name]) => name);

/**
 * Reads the environment, with each `NAME_FILE` of a secret replaced by `NAME` and the file's text (without
 * the line end). Errors are sentences; the variables at fault are left out.
 */
export function readEnv(source: NodeJS.ProcessEnv): { env: Env; errors: string[] } {
  const env: Record<string, string> = {};
  const errors: string[] = [];
  for (const [name, value] of Object.entries(source)) if (value) env[name] = value;
  for (const name of secretNames) {
    const path = env[`${name}_FILE`];
    if (path === undefined) continue;
    delete env[`${name}_FILE`];
    if (env[name] !== undefined) {
      errors.push(`${name} and ${name}_FILE are both set; only one of them is allowed.`);
      continue;
    }
    try {
      env[name] = readFileSync(path, 'utf8').replace(/\r?\n$/, '');
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      errors.push(`${name}_FILE is "${path}", which cannot be read (${code}); allowed is a readable file.`);
    }
  }
  return { env, errors };
}
