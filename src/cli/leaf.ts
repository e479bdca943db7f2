import type { Command } from 'commander';
import type { Session, SessionWishes } from './account/session.js';
import type { Host } from './host.js';
import { Output } from './output/output.js';

interface Shared extends SessionWishes {
  readonly json?: boolean;
  readonly color?: boolean;
}

/** What a command does; it is loaded when it is called. */
export type Act<TOptions = object> = (
  session: Session,
  options: TOptions,
  ...given: readonly (string | string[] | undefined)[]
) => Promise<void>;

/** Makes the commands of a program: all of them can say where to, as whom, and in which form. */
export type Leaf = (
  parent: Command,
  usage: string,
  summary: string,
  load: () => Promise<Act<never>>,
) => Command;

export const leafOf =
  (host: Host): Leaf =>
  (parent, usage, summary, load) =>
    parent
      .command(usage)
      .description(summary)
      .option('--json', 'print one JSON document')
      .option('--server <url>', 'which server, instead of HOLDFAST_SERVER or the profile')
      .option('--profile <name>', 'which profile, instead of HOLDFAST_PROFILE or the chosen one')
      .option('--zone <name>', 'time zone of times that belong to no resource')
      .option('--no-color', 'no colours')
      .action(async (...args: unknown[]) => {
        const command = args.at(-1) as Command;
        const options = command.opts<Shared>();
        const out = new Output(host, options.json ?? false, options.color ?? true);
        // Help and mistakes need neither.
        const [{ Session }, act] = await Promise.all([import('./account/session.js'), load()]);
        await act(new Session(host, out, options), options as never, ...(args.slice(0, -2) as string[]));
      });

/** Headings and examples below a command's help. */
export const examples = (command: Command, lines: readonly string[]): Command =>
  command.addHelpText('after', `\nExamples:\n${lines.map((line) => `  holdfast ${line}`).join('\n')}`);
