import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { Unavailable } from '../../domain/failure.js';
import type { ScanVerdict, VirusScan } from '../../ports/virus-scan.js';

export interface ClamdOptions {
  readonly host: string;
  readonly port: number;
  /** Without a sign of life for so long it counts as away. */
  readonly silenceMs?: number;
}

const SILENCE_MS = 10_000;
/** clamd answers in one line; who sends more than that is no clamd. */
const MOST_ANSWER = 4_096;
/** The protocol ends a stream by a piece of no length. */
const END = Buffer.alloc(4);
const AWAY = 'the virus scanner cannot say';

const headOf = ({ length }: Uint8Array): Buffer => {
  const head = Buffer.alloc(4);
  head.writeUInt32BE(length);
  return head;
};

/** `stream: OK`, `stream: Eicar-Test-Signature FOUND`; anything else is no verdict. */
function verdictOf(answer: string): ScanVerdict {
  const text = (answer.split('\0', 1)[0] ?? '').trim();
  if (text === 'stream: OK') return { kind: 'CLEAN' };
  const [, name] = /^stream: (.+) FOUND$/.exec(text) ?? [];
  if (name) return { kind: 'INFECTED', name };
  throw new Unavailable(`${AWAY}: ${text.slice(0, 200) || 'no answer'}`);
}

/** The answer, which may come before the stream has ended: clamd says so when it has had enough. */
async function answerOf(socket: Socket): Promise<string> {
  let answer = '';
  for await (const piece of socket.setEncoding('latin1')) {
    answer += piece;
    if (answer.includes('\0') || answer.length > MOST_ANSWER) break;
  }
  return answer;
}

async function send(socket: Socket, content: AsyncIterable<Uint8Array>): Promise<void> {
  const write = async (bytes: Uint8Array) => {
    if (!socket.write(bytes)) await once(socket, 'drain');
  };
  await write(Buffer.from('zINSTREAM\0'));
  for await (const piece of content) {
    if (socket.writableEnded || socket.destroyed) return;
    if (piece.length === 0) continue;
    await write(headOf(piece));
    await write(piece);
  }
  await write(END);
}

/** ClamAV's daemon over TCP: `INSTREAM` of clamd(8), one connection a file. */
export const clamdScan = ({ host, port, silenceMs = SILENCE_MS }: ClamdOptions): VirusScan => ({
  async scan(content) {
    const socket = connect({ host, port });
    socket.setTimeout(silenceMs, () => socket.destroy(new Error(`silent for ${silenceMs} ms`)));
    const answered = answerOf(socket);
    // Its failure is told by whichever of the two is waited for.
    const sent = send(socket, content);
    sent.catch(() => undefined);
    answered.catch(() => undefined);
    try {
      await Promise.race([answered, sent]);
      return verdictOf(await answered);
    } catch (error) {
      if (error instanceof Unavailable) throw error;
      throw new Unavailable(AWAY, { cause: error });
    } finally {
      socket.destroy();
    }
  },
});
