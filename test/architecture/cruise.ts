import {
  type ICruiseOptions,
  type ICruiseResult,
  type IForbiddenRuleType,
  cruise as run,
} from 'dependency-cruiser';

/** Every import below src, type-only ones included, judged by the rules; returns `rule: from -> to` for each breach. */
export async function breaches(forbidden: IForbiddenRuleType[]): Promise<string[]> {
  const options: ICruiseOptions = {
    // TypeScript 7 has no API for tools; swc reads the same sources, decorators included.
    parser: 'swc',
    tsPreCompilationDeps: true,
    exclude: { path: '^src/(client/generated|playground)' },
    doNotFollow: { path: 'node_modules' },
    validate: true,
    ruleSet: { forbidden },
  };
  const result = await run(['src'], options, {
    extensions: ['.ts', '.js', '.mjs', '.json'],
    extensionAlias: { '.js': ['.ts', '.js'] },
  } as never);
  const { summary } = result.output as ICruiseResult;
  if (summary.totalCruised < 200) throw new Error(`only ${summary.totalCruised} files were seen`);
  return summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} -> ${to}`);
}

/** Forbids arrows from what matches the first pattern to what matches the second. */
export const never = (name: string, from: string, to: string, but?: string): IForbiddenRuleType => ({
  name,
  severity: 'error',
  from: { path: from },
  to: but ? { path: to, pathNot: but } : { path: to },
});

/** A library that only what matches the pattern may import. */
export const wall = (library: string, inside: string): IForbiddenRuleType => ({
  name: `wall around ${library}`,
  severity: 'error',
  from: { path: '^src', pathNot: inside },
  to: { path: `^node_modules/${library}(/|$)` },
});
