import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { isPublicAddress } from '../../../src/infra/courier/public-address.js';
import { type Resolve, undiciCourier } from '../../../src/infra/courier/undici.js';

const heard: string[] = [];
/** Answers by path: a status, a redirect, an endless body or never. */
const server: Server = createServer((request, response) => {
  heard.push(`${request.headers.host} ${request.url}`);
  if (request.url === '/never') return;
  if (request.url?.startsWith('/to?')) {
    response.writeHead(302, { location: request.url.slice(4) }).end('elsewhere');
    return;
  }
  if (request.url === '/endless') {
    const more = () => {
      while (response.write('endless '.repeat(1_000)));
    };
    response.writeHead(200).on('drain', more);
    more();
    return;
  }
  response.writeHead(Number(request.url?.slice(1, 4)) || 200).end('thank\0you');
});
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
const { port } = server.address() as AddressInfo;
const careful = undiciCourier({ allowPrivate: false });
const open = undiciCourier({ allowPrivate: true, timeoutMs: 500 });
afterAll(async () => {
  await Promise.all([careful.close(), open.close()]);
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});
beforeEach(() => heard.splice(0));
const send = (url: string, courier = careful) => courier.post({ url, headers: {}, body: '{}' });

describe('a courier to public addresses', () => {
  it.each([
    ['loopback', '127.0.0.1'],
    ['loopback, written as a number', '2130706433'],
    ['loopback in hexadecimal and short', '0x7f.1'],
    ['the loopback of IPv6', '[::1]'],
    ['an IPv4 address mapped into IPv6', '[::ffff:127.0.0.1]'],
    ['the old IPv4-compatible form', '[::127.0.0.1]'],
    ['the unspecified address', '0.0.0.0'],
    ['a private network of class A', '10.1.2.3'],
    ['a private network of class B', '172.16.0.1'],
    ['a private network of class C', '192.168.1.1'],
    ['shared address space', '100.64.0.1'],
    ["a cloud's metadata, link-local", '169.254.169.254'],
    ['a unique local address', '[fc00::1]'],
    ['another unique local address', '[fd12:3456::1]'],
    ['a link-local address of IPv6', '[fe80::1]'],
    ['IPv4 behind NAT64', '[64:ff9b::7f00:1]'],
    ['IPv4 inside 6to4', '[2002:7f00:1::]'],
    ['a name that is loopback', 'localhost'],
  ])('refuses %s without a connection', async (_what, host) => {
    const carried = await send(`http://${host}:${port}/200`);
    expect(carried).toMatchObject({ kind: 'FAILED' });
    expect(carried).toMatchObject({ message: expect.stringMatching(/no public address$/) });
    expect(heard).toEqual([]);
  });

  it('refuses a name of which one address is private, and looks it up once', async () => {
    const asked: string[] = [];
    const resolve: Resolve = (name, callback) => {
      asked.push(name);
      callback(null, [
        { address: '93.184.216.34', family: 4 },
        { address: '127.0.0.1', family: 4 },
      ]);
    };
    const rebound = undiciCourier({ allowPrivate: false, resolve });
    const carried = await send(`http://hooks.example:${port}/200`, rebound);
    await rebound.close();
    expect(carried).toEqual({
      kind: 'FAILED',
      message: 'hooks.example is at 127.0.0.1, which is no public address',
    });
    expect([asked, heard]).toEqual([['hooks.example'], []]);
  });

  it('takes the addresses of the internet for what they are', () => {
    const open = ['8.8.8.8', '93.184.216.34', '2606:4700::1111', '::ffff:8.8.8.8'];
    const shut = [
      '224.0.0.1',
      '255.255.255.255',
      '198.51.100.7',
      '2001:db8::1',
      'ff02::1',
      '4000::1',
      'nonsense',
    ];
    expect(open.filter((address) => !isPublicAddress(address))).toEqual([]);
    expect(shut.filter(isPublicAddress)).toEqual([]);
  });
});

it('says why in few words that PostgreSQL can keep, whatever the other side has put into them', async () => {
  const resolve: Resolve = (_name, callback) => callback(new Error(`a\0b${'c'.repeat(50_000)}`), []);
  const wordy = undiciCourier({ allowPrivate: false, resolve });
  const carried = await send('http://hooks.example/', wordy);
  await wordy.close();
  expect(carried).toEqual({ kind: 'FAILED', message: `ab${'c'.repeat(498)}` });
});

describe('a courier that may go anywhere', () => {
  it('tells what was answered, with the beginning of the body, and names the host that was meant', async () => {
    const resolve: Resolve = (_name, callback) => callback(null, [{ address: '127.0.0.1', family: 4 }]);
    const named = undiciCourier({ allowPrivate: true, resolve });
    const carried = await send(`http://hooks.example:${port}/503?a=b`, named);
    await named.close();
    expect(carried).toEqual({ kind: 'ANSWERED', status: 503, excerpt: 'thankyou', retryAfter: null });
    expect(heard).toEqual([`hooks.example:${port} /503?a=b`]);
  });

  it('follows no redirect', async () => {
    const carried = await send(`http://127.0.0.1:${port}/to?http://127.0.0.1:${port}/200`, open);
    expect(carried).toEqual({ kind: 'ANSWERED', status: 302, excerpt: 'elsewhere', retryAfter: null });
    expect(heard).toHaveLength(1);
  });

  it('reads no more of an endless answer than it keeps', async () => {
    const carried = await send(`http://127.0.0.1:${port}/endless`, open);
    expect(carried).toMatchObject({ kind: 'ANSWERED', status: 200 });
    expect('excerpt' in carried && carried.excerpt).toHaveLength(1_000);
  });

  it('lets what one address of a host keeps waiting hold up no other of it', async () => {
    const asleep = Array.from({ length: 20 }, () => send(`http://127.0.0.1:${port}/never`, open));
    expect(await send(`http://127.0.0.1:${port}/200`, open)).toMatchObject({ kind: 'ANSWERED', status: 200 });
    await Promise.all(asleep);
  });

  it('gives up on a receiver that never answers, and says so of one that is not there', async () => {
    expect(await send(`http://127.0.0.1:${port}/never`, open)).toEqual({
      kind: 'FAILED',
      message: 'no answer within 500 ms',
    });
    expect(await send('http://127.0.0.1:1/', open)).toMatchObject({
      kind: 'FAILED',
      message: expect.stringContaining('ECONNREFUSED'),
    });
  });
});
