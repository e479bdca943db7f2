import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';

/** One message as it came. */
export interface Heard {
  readonly id: string;
  readonly sentAt: Date;
  readonly signatures: readonly string[];
  readonly headers: Record<string, string>;
  readonly body: string;
  /** The parsed body. */
  // biome-ignore lint/suspicious/noExplicitAny: tests compare what has come, whatever it is
  readonly message: any;
}

/** What a receiver says to a message: a status, also with the wait that it asks for, or null for no answer at all. */
export type Said = number | null | { readonly status: number; readonly retryAfter: string };
export type Answer = (heard: Heard) => Said | Promise<Said>;

/** A real HTTP server on loopback that keeps what it hears, and closes after the last test of the file. */
export interface Receiver {
  readonly url: string;
  readonly heard: Heard[];
  answer: Answer;
}

async function read(request: IncomingMessage): Promise<Heard> {
  let body = '';
  for await (const chunk of request.setEncoding('utf8')) body += chunk;
  const headers = request.headers as Record<string, string>;
  return {
    id: headers['webhook-id'] ?? '',
    sentAt: new Date(Number(headers['webhook-timestamp']) * 1000),
    signatures: (headers['webhook-signature'] ?? '').split(' '),
    headers,
    body,
    message: JSON.parse(body),
  };
}

const servers: Server[] = [];
afterAll(async () => {
  for (const server of servers) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

/** Starts one; it answers 204 until the test says otherwise. */
export async function receiver(): Promise<Receiver> {
  const it = { url: '', heard: [] as Heard[], answer: (() => 204) as Answer };
  const handle = async (request: IncomingMessage, response: ServerResponse) => {
    const heard = await read(request);
    it.heard.push(heard);
    const said = await it.answer(heard);
    if (said === null) return;
    const { status, retryAfter } = typeof said === 'number' ? { status: said, retryAfter: null } : said;
    if (status === 302) response.setHeader('location', it.url);
    if (retryAfter !== null) response.setHeader('retry-after', retryAfter);
    response.writeHead(status).end();
  };
  const server = createServer((request, response) => void handle(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  it.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks`;
  servers.push(server);
  return it;
}

/** Whether this secret has signed it, by the reference library but for the age of the message. */
export const isSignedBy = (secret: string, { id, sentAt, signatures, body }: Heard): boolean =>
  signatures.includes(new Webhook(secret).sign(id, sentAt, body));
