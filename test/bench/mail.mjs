import { findPostgres, onServer } from '../kit/run/postgres.mjs';
import { benchDatabase } from './database.mjs';
import { pgbench, pgbenchPath } from './pgbench.mjs';
import { statements } from './statements.mjs';
import { quiet } from './token.mjs';

/** What it costs a reservation that people are told: the statement by itself, without and with the trigger, in turn. */
const ROUNDS = 5;
const SECONDS = 4;
const VARIANTS = {
  'nobody is told (trigger disabled)':
    'alter table audit disable trigger notify_people; delete from mail_relay',
  'told, no mail server': 'alter table audit enable trigger notify_people; delete from mail_relay',
  'told, with a mail for each':
    'alter table audit enable trigger notify_people; insert into mail_relay (seen_at) values (now()) on conflict do nothing',
};

const path = pgbenchPath();
if (!path) throw new Error('pgbench is not installed');
const postgres = await findPostgres(quiet);
const database = await benchDatabase(postgres.url);
try {
  const ours = await statements();
  const measured = new Map(Object.keys(VARIANTS).map((name) => [name, []]));
  for (let round = 0; round < ROUNDS; round++) {
    for (const [name, prepare] of Object.entries(VARIANTS)) {
      await onServer(database.url, (client) => client.query(prepare));
      measured.get(name).push(await pgbench(path, database.url, ours, 'm1', SECONDS));
    }
  }
  const medians = [...measured].map(([name, rounds]) => [
    name,
    rounds.toSorted((a, b) => a - b)[ROUNDS >> 1],
  ]);
  const [[, alone]] = medians;
  console.log('| a reservation | per second | ratio |\n| --- | --- | --- |');
  for (const [name, rate] of medians)
    console.log(`| ${name} | ${Math.round(rate).toLocaleString('en')} | ${(rate / alone).toFixed(2)} |`);
} finally {
  await database.drop();
  await postgres.stop();
}
