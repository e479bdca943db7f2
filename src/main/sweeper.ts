import { KeySeal } from '../domain/auth/key-seal.js';
import { undiciCourier } from '../infra/courier/undici.js';
import { runSweeper } from '../sweeper/run.js';
import { databaseUrlOf, openAdapters } from './adapters.js';
import { directoryOf, periodicSyncOf } from './directory.js';
import { openFiles } from './files.js';
import { mailerOf } from './mailer.js';
import { run } from './run.js';
import { secretOf } from './secret.js';

await run(async (program) => {
  const { config, log, releases, stop } = program;
  // Started by `npm start` it has a channel to its parent, and goes when the parent goes, even by a crash.
  if (process.channel) process.once('disconnect', () => stop('the parent is gone', 0));
  const adapters = await openAdapters(program, databaseUrlOf(program));
  const courier = undiciCourier({ allowPrivate: config.webhookAllowPrivate });
  releases.add('courier', () => courier.close());
  const mailer = mailerOf(program);
  const directorySync = periodicSyncOf(config, directoryOf(program));
  const { publicUrl } = config;
  const { store } = await openFiles(program, adapters);
  const parts = {
    ...adapters,
    courier,
    mailer,
    directorySync,
    publicUrl,
    store,
    seal: new KeySeal(secretOf(config)),
    random: Math.random,
  };
  const sweeper = runSweeper(parts, {
    intervalMs: config.sweepIntervalMs,
    historyDays: config.historyDays,
    keep: config.keep,
  });
  releases.add('sweeper', () => sweeper.stop());
  log.info({ intervalMs: config.sweepIntervalMs }, 'sweeping');
  return 'running';
});
