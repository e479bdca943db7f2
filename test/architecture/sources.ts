import { readdirSync, readFileSync } from 'node:fs';
import { parseSync } from '@swc/core';

/** The sources written by people: path below the project and text. */
export function sources(folder = 'src', endings = /\.(ts|tsx|mjs)$/): { path: string; text: string }[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => endings.test(name) && !name.startsWith('client/generated'))
    .map((name) => ({ path: `${folder}/${name}`, text: readFileSync(`${folder}/${name}`, 'utf8') }));
}

const FUNCTIONS = new Set([
  'FunctionDeclaration',
  'FunctionExpression',
  'ArrowFunctionExpression',
  'ClassMethod',
  'PrivateMethod',
  'Constructor',
  'MethodProperty',
]);

interface Node {
  readonly type?: string;
  readonly span?: { readonly start: number; readonly end: number };
}

/** The lines of every function, the longest first. */
export function functionLengths(text: string): number[] {
  const module = parseSync(text, { syntax: 'typescript', decorators: true, tsx: false, target: 'es2022' });
  // swc counts bytes, from where the last file it has read ended.
  const bytes = Buffer.from(text);
  const base = module.span.end - bytes.length - 1 <= 0 ? 1 : module.span.end - bytes.length;
  const lines: number[] = [];
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) for (const each of node) visit(each);
    else if (node && typeof node === 'object') {
      const { type, span } = node as Node;
      const inner = (node as { function?: Node }).function?.span ?? span;
      if (type && FUNCTIONS.has(type) && inner) {
        lines.push(
          bytes
            .subarray(inner.start - base, inner.end - base)
            .toString('utf8')
            .split('\n').length,
        );
      }
      for (const each of Object.values(node)) visit(each);
    }
  };
  visit(module.body);
  return lines.sort((a, b) => b - a);
}
