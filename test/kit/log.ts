import type { Log } from '../../src/ports/log.js';

export interface LogLine {
  readonly level: 'debug' | 'info' | 'warn' | 'error';
  readonly facts: object;
  readonly message: string;
}

/** Says nothing and remembers what was logged. */
export class SilentLog implements Log {
  constructor(
    readonly lines: LogLine[] = [],
    private readonly bindings: object = {},
  ) {}

  debug = (facts: object, message: string) => this.add('debug', facts, message);
  info = (facts: object, message: string) => this.add('info', facts, message);
  warn = (facts: object, message: string) => this.add('warn', facts, message);
  error = (facts: object, message: string) => this.add('error', facts, message);

  child(bindings: object): SilentLog {
    return new SilentLog(this.lines, { ...this.bindings, ...bindings });
  }

  private add(level: LogLine['level'], facts: object, message: string): void {
    this.lines.push({ level, facts: { ...this.bindings, ...facts }, message });
  }
}
