import type { Command } from 'commander';
import { examples, type Leaf } from '../leaf.js';
import { keyed, numberOption, paged } from './options.js';

export function addWaitlist(program: Command, leaf: Leaf): void {
  const waitlist = program.command('waitlist').description('wait for what is taken now');
  paged(
    leaf(waitlist, 'list', 'list what you wait for', () =>
      import('../acts/waitlist.js').then(({ waitlistList }) => waitlistList),
    ).option('--ended', 'also what is over'),
  );
  const join = keyed(
    leaf(
      waitlist,
      'join <resource> <when> [for]',
      'wait for a resource; it is held for you as soon as it is your turn',
      () => import('../acts/waitlist.js').then(({ waitlistJoin }) => waitlistJoin),
    ),
  )
    .option('--title <words>', 'what it is for', 'Reserved')
    .addOption(numberOption('--quantity <number>', 'how many, of a pool').default(1))
    .option('--length <for>', 'how long it is to be, anywhere within that window')
    .option('--or-equivalent', 'an equal of it does as well');
  examples(join, ['waitlist join Elbe "tomorrow 9" 3h --length 1h --or-equivalent']);
  leaf(waitlist, 'leave <id>', 'wait no longer, or decline an offer', () =>
    import('../acts/waitlist.js').then(({ waitlistLeave }) => waitlistLeave),
  );
}
