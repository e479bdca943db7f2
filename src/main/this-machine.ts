import { BlockList, isIP } from 'node:net';

const LOOPBACK = new BlockList();
LOOPBACK.addSubnet('127.0.0.0', 8, 'ipv4');
LOOPBACK.addAddress('::1', 'ipv6');

/** Whether what is said to this host of a URL does not leave this machine, so that nobody else can listen. */
export function isThisMachine(hostname: string): boolean {
  const host = hostname.replace(/^\[(.*)\]$/, '$1');
  return isIP(host) ? LOOPBACK.check(host, isIP(host) === 4 ? 'ipv4' : 'ipv6') : host === 'localhost';
}
