import type { Command } from 'commander';
import { examples, type Leaf } from '../leaf.js';
import { keyed, numberOption, paged } from './options.js';

const TIMES =
  '\nTimes: "2028-03-07 9:00", "tomorrow 9", "fri 14:30", +2h, or an instant as 2028-03-07T09:00:00+01:00.' +
  '\nThose without an offset are by the clocks of the resource. Lengths: 90m, 2h, 1h30, 1d.';

const wished = (command: Command): Command =>
  command
    .option('--title <words>', 'what it is for', 'Reserved')
    .addOption(numberOption('--quantity <number>', 'how many, of a pool').default(1))
    .option('--accept <key...>', 'terms that you have read and accept');

function addMaking(program: Command, reservation: Command, leaf: Leaf): void {
  const create = () =>
    import('../acts/reservation-create.js').then(({ reservationCreate }) => reservationCreate);
  const making = (parent: Command, verb: string, summary: string) =>
    keyed(wished(leaf(parent, `${verb} <resource> <when> [for]`, summary, create)))
      .option('--hold', 'keep it for ten minutes only, until it is confirmed')
      .option('--details <words>', 'anything else worth knowing')
      .option('--private', 'show it to those alone whom it concerns')
      .addHelpText('after', TIMES);
  making(reservation, 'create', 'reserve a resource, for an hour unless said otherwise');
  examples(making(program, 'book', 'short for reservation create'), [
    'book Elbe "tomorrow 9" 2h --title Planning',
    'book van-2 2028-03-07T09:00:00+01:00 1d',
  ]);
  wished(
    leaf(
      reservation,
      'explain <resource> <when> [for]',
      'tell whether that could be reserved, and why not',
      () => import('../acts/reservation-explain.js').then(({ reservationExplain }) => reservationExplain),
    ),
  ).addHelpText('after', TIMES);
}

export function addReservation(program: Command, leaf: Leaf): void {
  const reservation = program.command('reservation').description('who has what, and when');
  paged(
    leaf(reservation, 'list', 'list reservations by their start, from now on', () =>
      import('../acts/reservation-list.js').then(({ reservationList }) => reservationList),
    )
      .option('--mine', 'only your own')
      .option('--resource <resource>', 'only those of one resource')
      .option('--from <when>', 'from when on; now without it')
      .option('--to <when>', 'until when; 30 days later without it')
      .option('--cancelled', 'also those that are cancelled, rejected or expired'),
  );
  leaf(reservation, 'show <id>', 'show one', () =>
    import('../acts/reservation-show.js').then(({ reservationShow }) => reservationShow),
  );
  addMaking(program, reservation, leaf);
  const changes = () => import('../acts/reservation-change.js');
  const changing = (usage: string, summary: string, load: Parameters<Leaf>[3]) =>
    keyed(leaf(reservation, usage, summary, load)).option(
      '--accept <key...>',
      'terms that you have read and accept',
    );
  changing('move <id> <when> [for]', 'give one another time', () =>
    changes().then(({ move }) => move),
  ).addHelpText('after', TIMES);
  changing('extend <id> <for>', 'let one end so much later', () => changes().then(({ extend }) => extend));
  changing('confirm <id>', 'confirm a hold, or take an offer', () =>
    changes().then(({ confirm }) => confirm),
  );
  changing('cancel <id>', 'cancel one', () => changes().then(({ cancel }) => cancel));
  changing('check-in [id]', 'say that you are there; without an id, for the one that waits for you now', () =>
    changes().then(({ checkIn }) => checkIn),
  );
  changing('check-out <id>', 'say that you have left; what is left of it is free', () =>
    changes().then(({ checkOut }) => checkOut),
  );
}
