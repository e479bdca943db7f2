import { type DestinationStream, pino, stdSerializers } from 'pino';
import pretty from 'pino-pretty';
import type { Log } from '../../ports/log.js';

export type LogLevel = 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'silent';

/** What must never be read in a log, wherever it stands in the first three levels of what is logged. */
const SECRETS = [
  'authorization',
  'cookie',
  '["set-cookie"]',
  'password',
  'newPassword',
  'currentPassword',
  'token',
  'accessToken',
  'refreshToken',
  'secret',
];
const at = (prefix: string) =>
  SECRETS.map((key) => (key.startsWith('[') ? prefix.slice(0, -1) + key : prefix + key));
const PATHS = [...SECRETS, ...at('*.'), ...at('*.*.')];

/** One JSON object a line on standard output; coloured lines where a person reads in a terminal. */
export function pinoLog(options: { level: LogLevel; pretty: boolean; to?: DestinationStream }): Log {
  const settings = {
    level: options.level,
    base: { pid: process.pid },
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    formatters: { level: (label: string) => ({ level: label }) },
    redact: { paths: PATHS, censor: '[hidden]' },
    serializers: { error: stdSerializers.err, err: stdSerializers.err },
  };
  const to = options.to ?? (options.pretty ? pretty({ sync: true, ignore: 'pid' }) : undefined);
  return (to ? pino(settings, to) : pino(settings)) as unknown as Log;
}
