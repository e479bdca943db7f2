import { styleText } from 'node:util';
import type { Failure } from '../failure.js';
import type { Host } from '../host.js';
import { clean, cleanJson } from './clean.js';

type Style = Parameters<typeof styleText>[0];

/** Results go to standard output, all other talk to standard error. */
export class Output {
  constructor(
    private readonly host: Pick<Host, 'stdout' | 'stderr'>,
    /** One document for programs in place of text for people. */
    readonly isJson: boolean,
    private readonly isColoured: boolean,
  ) {}

  /** Whether somebody looks at the result. */
  get isTerminal(): boolean {
    return this.host.stdout.isTTY === true;
  }

  get columns(): number {
    return this.host.stdout.columns ?? 80;
  }

  /** A line of the result. */
  line(text: string): void {
    this.host.stdout.write(`${text}\n`);
  }

  json(value: unknown): void {
    this.line(cleanJson(value));
  }

  /** A line beside the result. */
  say(text: string): void {
    this.host.stderr.write(`${text}\n`);
  }

  /** Colours follow NO_COLOR, FORCE_COLOR and what the terminal can do. */
  paint(style: Style, text: string, stream: 'stdout' | 'stderr' = 'stdout'): string {
    return this.isColoured ? styleText(style, text, { stream: this.host[stream] }) : text;
  }

  failure({ code, message, facts }: Failure): void {
    const { hint, requestId, more, lines = [] } = facts;
    if (this.isJson) {
      this.say(
        cleanJson({ error: { code, message, hint: hint ?? null, requestId: requestId ?? null, ...more } }),
      );
      return;
    }
    this.say(`${this.paint('red', 'Error:', 'stderr')} ${clean(message)}`);
    for (const line of lines) this.say(line);
    if (hint) this.say(clean(hint));
    if (requestId && code === 'INTERNAL') this.say(`Request id: ${requestId}`);
  }
}
