import { type Command, InvalidArgumentError, Option } from 'commander';

function whole(text: string): number {
  const number = Number(text);
  if (!/^\d{1,9}$/.test(text) || number < 1)
    throw new InvalidArgumentError('A whole number from 1 on is needed.');
  return number;
}

export const numberOption = (flags: string, description: string): Option =>
  new Option(flags, description).argParser(whole);

/** For lists that can be long. */
export const paged = (command: Command): Command =>
  command
    .addOption(numberOption('--limit <number>', 'how many at most').default(50).conflicts('all'))
    .option('--all', 'all there are');

/** For acts that must not be done twice. */
export const keyed = (command: Command): Command =>
  command.option('--key <key>', 'idempotency key: with the same one a retry does nothing twice');
