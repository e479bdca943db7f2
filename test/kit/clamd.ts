import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { clamdScan } from '../../src/infra/virus-scan/clamd.js';

/** What ClamAV and everybody else calls infected (eicar.org), put together so that no scanner finds it in this file. */
export const EICAR = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$', 'EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'].join('');

/** A listener on loopback that speaks clamd's INSTREAM, finds EICAR, and keeps what it was given. */
export interface Clamd {
  readonly port: number;
  /** The content of each stream that has ended. */
  readonly streams: Buffer[];
  /** What it does to a stream: judges it, takes no more than so many bytes, or hangs up, or never says anything. */
  manner: 'JUDGES' | 'HANGS_UP' | 'IS_SILENT' | { readonly most: number } | { readonly says: string };
  stop(): Promise<void>;
  start(): Promise<void>;
}

const COMMAND = 'zINSTREAM\0';

/** Reads one connection as clamd(8) says: the command, then pieces behind their lengths until one of no length. */
async function serve(socket: Socket, clamd: Clamd): Promise<void> {
  let rest = Buffer.alloc(0);
  const pieces = socket[Symbol.asyncIterator]();
  const take = async (count: number): Promise<Buffer> => {
    while (rest.length < count) {
      const { value, done } = await pieces.next();
      if (done) throw new Error('gone');
      rest = Buffer.concat([rest, value as Buffer]);
    }
    const taken = rest.subarray(0, count);
    rest = rest.subarray(count);
    return taken;
  };
  if ((await take(COMMAND.length)).toString() !== COMMAND) return void socket.end('UNKNOWN COMMAND\0');
  if (clamd.manner === 'HANGS_UP') return void socket.destroy();
  if (clamd.manner === 'IS_SILENT') return;
  const content: Buffer[] = [];
  for (;;) {
    const length = (await take(4)).readUInt32BE();
    if (length === 0) break;
    content.push(Buffer.from(await take(length)));
    if (typeof clamd.manner === 'object' && 'most' in clamd.manner) {
      if (Buffer.concat(content).length > clamd.manner.most)
        return void socket.end('INSTREAM size limit exceeded. ERROR\0');
    }
  }
  const whole = Buffer.concat(content);
  clamd.streams.push(whole);
  if (typeof clamd.manner === 'object' && 'says' in clamd.manner) return void socket.end(clamd.manner.says);
  socket.end(whole.includes(EICAR) ? 'stream: Eicar-Test-Signature FOUND\0' : 'stream: OK\0');
}

const closers: (() => Promise<void>)[] = [];
afterAll(async () => {
  for (const close of closers) await close();
});

/** Starts one; it ends with the test file. */
export async function clamdListener(): Promise<Clamd> {
  let server: Server | null = null;
  const sockets = new Set<Socket>();
  let port = 0;
  const clamd: Clamd = {
    get port() {
      return port;
    },
    streams: [],
    manner: 'JUDGES',
    async start() {
      server = createServer((socket) => {
        sockets.add(socket);
        socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
        serve(socket, clamd).catch(() => socket.destroy());
      });
      await new Promise<void>((resolve) => server?.listen(port, '127.0.0.1', resolve));
      port = (server.address() as AddressInfo).port;
    },
    async stop() {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => (server ? server.close(() => resolve()) : resolve()));
      server = null;
    },
  };
  await clamd.start();
  closers.push(() => clamd.stop());
  return clamd;
}

/** What asks it. */
export const scanBy = ({ port }: Clamd, silenceMs = 5_000) =>
  clamdScan({ host: '127.0.0.1', port, silenceMs });
