import { type BreakKind, type ChainPlace, verifyChain } from '../domain/audit/verify-chain.js';
import { openAdapters } from './adapters.js';
import { databaseOf } from './database.js';
import { run } from './run.js';

const SENTENCES: Readonly<Record<BreakKind, string>> = {
  LINK_MISSING: 'the link before it is missing',
  LINK_CHANGED: 'its hash is not what link and chain give',
  ENTRY_MISSING: 'its entry is gone',
  ENTRY_CHANGED: 'its entry says something else than when it was sealed',
  ENTRY_BARED: 'its entry was changed as an erasure does, and nothing seals what is left',
  ENTRY_STRAY: 'this entry was put in without being sealed',
  END_MISSING: 'from here on it is missing',
};

/** `--head 1234:ab…`, as often as heads are known. */
function headsOf(args: readonly string[]): ChainPlace[] {
  return args.flatMap((arg, index) => {
    if (args[index - 1] === '--head') return [];
    const [, number, hash] = /^(\d{1,15}):([0-9a-f]{64})$/.exec(args[index + 1] ?? '') ?? [];
    if (arg !== '--head' || number === undefined || hash === undefined)
      throw new Error('audit-verify takes --head <number>:<hash>, as logs and earlier runs have shown it.');
    return [{ number: Number(number), hash }];
  });
}

/** Proves the chain of the audit; prints its head or the first break, and exits with 2 where it is broken. */
await run(async (program) => {
  const heads = headsOf(process.argv.slice(2));
  const { db } = await openAdapters(program, await databaseOf(program));
  const { broken, chain, upTo, redacted, pruned } = await verifyChain(db, heads);
  if (broken) {
    const at = [
      broken.number === null ? [] : [`link ${broken.number}`],
      broken.auditId === null ? [] : [`entry ${broken.auditId}`],
    ].flat();
    process.stdout.write(`BROKEN at ${at.join(', ')}: ${SENTENCES[broken.kind]}.\n`);
    program.stop('the audit is broken', 2);
    return 'running';
  }
  process.stdout.write(`${upTo.number}:${upTo.hash}\n`);
  const facts = [
    `${upTo.number - chain.baseNumber} links hold`,
    ...(redacted > 0 ? [`${redacted} of them for what an erasure has left of an entry`] : []),
    `${chain.unsealed} entries wait to be sealed`,
    ...pruned.map(({ number }) => `head ${number} is pruned and proves nothing any more`),
  ];
  process.stderr.write(`${facts.join('; ')}.\n`);
  return 'done';
});
