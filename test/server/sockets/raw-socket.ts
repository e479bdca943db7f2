import WebSocket, { type ClientOptions } from 'ws';

// The tests say what they expect to find in a message.
// biome-ignore lint/suspicious/noExplicitAny: a message can be anything
type Message = any;

/** A client that does exactly what it is told, so that tests can break the protocol. */
export class RawSocket {
  readonly messages: Message[] = [];
  private wake: () => void = () => undefined;
  private read = 0;
  closed: { code: number; reason: string } | null = null;

  private constructor(readonly socket: WebSocket) {
    socket.on('message', (data) => {
      this.messages.push(JSON.parse(String(data)));
      this.wake();
    });
    socket.on('close', (code, reason) => {
      this.closed = { code, reason: String(reason) };
      this.wake();
    });
    socket.on('error', () => undefined);
  }

  /** Resolves when the socket is open; rejects with the HTTP status of a refused handshake. */
  static open(
    url: string,
    options: ClientOptions = {},
    protocol = 'graphql-transport-ws',
  ): Promise<RawSocket> {
    return new Promise((resolve, reject) => {
      const socket = new WebSocket(url, protocol, options);
      socket.once('unexpected-response', (_request, { statusCode }) => {
        socket.on('error', () => undefined);
        socket.terminate();
        reject(new Error(String(statusCode)));
      });
      socket.once('error', reject);
      const raw = new RawSocket(socket);
      socket.once('open', () => resolve(raw));
    });
  }

  /** Opens a socket and lets the server know who is there. */
  static async signedIn(url: string, token: string, options: ClientOptions = {}): Promise<RawSocket> {
    const raw = await RawSocket.open(url, options);
    raw.send({ type: 'connection_init', payload: { authorization: `Bearer ${token}` } });
    await raw.next('connection_ack');
    return raw;
  }

  send(message: object): void {
    this.socket.send(JSON.stringify(message));
  }

  subscribe(id: string, query: string, variables?: object): void {
    this.send({ id, type: 'subscribe', payload: { query, variables } });
  }

  /** The next message, of that type; rejects when another one comes, or the socket closes. */
  async next(type: string): Promise<Message> {
    while (this.read >= this.messages.length) {
      if (this.closed) throw new Error(`closed: ${this.closed.code} ${this.closed.reason}`);
      await this.woken();
    }
    const message = this.messages[this.read++];
    if (message.type !== type) throw new Error(`expected ${type}, got ${JSON.stringify(message)}`);
    return message;
  }

  async close(): Promise<{ code: number; reason: string }> {
    while (!this.closed) await this.woken();
    return this.closed;
  }

  end(): void {
    this.socket.terminate();
  }

  private woken(): Promise<void> {
    return new Promise((resolve) => {
      this.wake = resolve;
    });
  }
}
