import type { Command } from 'commander';
import { examples, type Leaf } from '../leaf.js';
import { numberOption, paged } from './options.js';

const SEARCH = 'words that begin words of name, tags, type, place or description';

export function addResource(program: Command, leaf: Leaf): void {
  const resource = program.command('resource').description('what can be reserved');
  paged(
    leaf(resource, 'list', 'list resources by name', () =>
      import('../acts/resource-list.js').then(({ resourceList }) => resourceList),
    ).option('--search <words>', SEARCH),
  ).addOption(numberOption('--seats <number>', 'with so many seats or more'));
  leaf(resource, 'show <resource>', 'show one, by id or name', () =>
    import('../acts/resource-show.js').then(({ resourceShow }) => resourceShow),
  );
  const free = paged(
    leaf(
      program,
      'free <when> [for]',
      'find what you could reserve then, for an hour unless said otherwise',
      () => import('../acts/free.js').then(({ free }) => free),
    ).option('--search <words>', SEARCH),
  ).addOption(numberOption('--seats <number>', 'with so many seats or more'));
  examples(free, ['free "tomorrow 9" 2h', 'free "2028-03-07 9:00" 1h30 --search "meeting berlin" --seats 6']);
  const watch = leaf(program, 'watch <resources...>', 'follow what is taken and freed, as it happens', () =>
    import('../acts/watch.js').then(({ watch }) => watch),
  )
    .option('--from <when>', 'from when on; now without it')
    .option('--to <when>', 'until when; two weeks later without it')
    .option('--jsonl', 'each change as a line of JSON');
  examples(watch, ['watch Elbe Spree', 'watch Elbe --jsonl | jq .taken']);
}
