import { Command, CommanderError } from 'commander';
import { failureOf } from './account/answered.js';
import { EXIT, Failure, wrongUsage } from './failure.js';
import type { Host } from './host.js';
import { leafOf } from './leaf.js';
import { addAccount } from './nouns/account.js';
import { addApi } from './nouns/api.js';
import { addNotification } from './nouns/notification.js';
import { addProfile } from './nouns/profile.js';
import { addReservation } from './nouns/reservation.js';
import { addResource } from './nouns/resource.js';
import { addWaitlist } from './nouns/waitlist.js';
import { Output } from './output/output.js';

const EXIT_CODES = `
Exit codes:
  0 done                     4 not signed in
  1 failed                   5 not found
  2 wrong usage              7 server unreachable
  3 refused by a rule        130 interrupted`;

const EXAMPLES = `
Examples:
  holdfast login --server https://rooms.example.com
  holdfast free "tomorrow 9" 2h --search "meeting berlin" --seats 6
  holdfast book Elbe "tomorrow 9" 2h --title Planning
  holdfast reservation list --mine
  holdfast reservation check-in rsv_…`;

/** The whole tree; help goes to standard output, and mistakes are thrown. */
export function programOf(host: Host): Command {
  const program = new Command('holdfast');
  program
    .description('Reserve rooms, desks, instruments and vehicles from the terminal.')
    .version(host.version, '-V, --version')
    .configureOutput({
      writeOut: (text) => void host.stdout.write(text),
      writeErr: () => undefined,
      getOutHelpWidth: () => host.stdout.columns ?? 100,
    })
    .showSuggestionAfterError()
    .exitOverride()
    .addHelpText('after', `${EXAMPLES}\n${EXIT_CODES}`);
  const leaf = leafOf(host);
  for (const add of [
    addAccount,
    addProfile,
    addResource,
    addReservation,
    addWaitlist,
    addNotification,
    addApi,
  ])
    add(program, leaf);
  return program;
}

function mistake(error: CommanderError): Failure {
  const [message = '', ...rest] = error.message.replace(/^error: /, '').split('\n');
  return wrongUsage(message, rest.join(' ').trim() || 'See: holdfast --help');
}

/** Runs one command line; its exit code. */
export async function runCli(host: Host): Promise<number> {
  const program = programOf(host);
  try {
    await program.parseAsync(host.args, { from: 'user' });
    return EXIT.ok;
  } catch (error) {
    if (error instanceof CommanderError) {
      if (error.exitCode === 0) return EXIT.ok;
      if (error.code === 'commander.help') return helpless(program, host);
    }
    const failure = error instanceof CommanderError ? mistake(error) : failureOf(error);
    if (!failure.facts.isTold)
      new Output(host, host.args.includes('--json'), !host.args.includes('--no-color')).failure(failure);
    return failure.exit;
  }
}

/** A noun without a verb: what can be done with it. */
function helpless(program: Command, host: Host): number {
  const named = program.commands.find((command) => command.name() === host.args[0]) ?? program;
  host.stderr.write(`${named.helpInformation()}\n`);
  return EXIT.usage;
}
