import { wrongUsage } from '../failure.js';

/** Where `npm start` listens. */
export const HERE = 'http://localhost:4000';

export const isLoopback = (server: string): boolean =>
  /^(localhost|127(\.\d+){3}|\[::1\])$/.test(new URL(server).hostname);

/** The address of a server as it is kept; without a scheme https, on this machine http. */
export function serverAddress(given: string): string {
  const whole = /^[a-z]+:\/\//i.test(given)
    ? given
    : `${/^(localhost|127\.|\[::1\])/.test(given) ? 'http' : 'https'}://${given}`;
  const url = URL.parse(whole);
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password || !url.hostname)
    throw wrongUsage(`"${given}" is no address of a server.`, 'It looks like https://rooms.example.com');
  return `${url.origin}${url.pathname.replace(/(\/graphql)?\/*$/, '')}`;
}
