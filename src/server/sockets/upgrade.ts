import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { originAllowed } from '../cors.js';

/** Why a handshake is refused, as an HTTP status line, or null. A browser tells the Origin truthfully; others may leave it out. */
export function refusalOfUpgrade(
  { url = '', headers }: IncomingMessage,
  allowedOrigins: readonly string[],
  draining: boolean,
): string | null {
  if (url.split('?', 1)[0] !== '/graphql') return '404 Not Found';
  if (draining) return '503 Service Unavailable';
  return originAllowed(headers.origin, headers.host, allowedOrigins) ? null : '403 Forbidden';
}

export function refuseUpgrade(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
