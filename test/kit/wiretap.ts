import { connect, createServer } from 'node:net';

export interface Wiretap {
  readonly url: string;
  calls(): number;
  /** What the server was asked, a character a byte. */
  said(): string;
  /** Resolves only when nobody holds a connection any more. */
  close(): Promise<unknown>;
}

/**
 * Passes everything on to an LDAP server; may hang up after its first answer, or change what it answers, a character
 * a byte.
 */
export async function wiretap(
  url: string,
  {
    hangsUp = false,
    answers = null,
  }: { hangsUp?: boolean; answers?: ((said: string) => string) | null } = {},
): Promise<Wiretap> {
  const said: Buffer[] = [];
  let calls = 0;
  const { hostname, port } = new URL(url);
  const tap = createServer((socket) => {
    calls++;
    const onward = connect(Number(port), hostname);
    if (hangsUp) onward.once('data', () => setImmediate(() => socket.end()));
    socket.on('data', (chunk) => said.push(chunk)).on('error', () => onward.destroy());
    socket.pipe(onward).on('error', () => socket.destroy());
    onward
      .on('end', () => socket.end())
      .on('data', (chunk) =>
        socket.write(answers ? Buffer.from(answers(chunk.toString('latin1')), 'latin1') : chunk),
      );
  });
  await new Promise<void>((resolve) => tap.listen(0, '127.0.0.1', resolve));
  return {
    url: `ldap://127.0.0.1:${(tap.address() as { port: number }).port}`,
    calls: () => calls,
    said: () => Buffer.concat(said).toString('latin1'),
    close: () => new Promise((resolve) => tap.close(resolve)),
  };
}
