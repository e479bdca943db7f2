import ipaddr from 'ipaddr.js';

/** What is given to networks so far (RFC 4291, section 2.4); ipaddr.js takes the old IPv4-compatible form for public. */
const GLOBAL_UNICAST = ipaddr.IPv6.parseCIDR('2000::/3');

/**
 * Whether an IP address is one of the public internet: unicast, and not private, shared, loopback, link-local,
 * reserved or a tunnel to another. An IPv4 address inside an IPv6 one is judged as what it is.
 */
export function isPublicAddress(text: string): boolean {
  if (!ipaddr.isValid(text)) return false;
  const address = ipaddr.process(text);
  if (address.range() !== 'unicast') return false;
  return address instanceof ipaddr.IPv4 || address.match(GLOBAL_UNICAST);
}
