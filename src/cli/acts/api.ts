import { readFileSync } from 'node:fs';
import { wrongUsage } from '../failure.js';
import type { Act } from '../leaf.js';

interface Options {
  readonly var?: readonly string[];
}

const STANDARD_INPUT = 0;

function textOf(given: string): string {
  if (!given.startsWith('@')) return given;
  const path = given.slice(1);
  try {
    return readFileSync(path === '-' ? STANDARD_INPUT : path, 'utf8');
  } catch (error) {
    throw wrongUsage(`${path} cannot be read (${(error as NodeJS.ErrnoException).code}).`);
  }
}

function variable(given: string): [string, unknown] {
  const at = given.indexOf('=');
  if (at < 1) throw wrongUsage(`"${given}" is no variable.`, 'Variables look like --var first=5');
  const [name, value] = [given.slice(0, at), given.slice(at + 1)];
  try {
    return [name, JSON.parse(value)];
  } catch {
    return [name, value];
  }
}

export const api: Act<Options> = async (session, options, given) => {
  const variables = Object.fromEntries((options.var ?? []).map(variable));
  session.out.json(await session.callText(textOf(given as string), variables));
};
