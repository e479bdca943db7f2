import { existsSync } from 'node:fs';
import { canInstall, install } from './debian.mjs';

/** Sees to OpenLDAP's server where that is possible; test/kit/slapd.ts says what to do where it is not. */
export function provideSlapd() {
  if (!existsSync('/usr/sbin/slapd') && canInstall()) install('slapd', 'ldap-utils');
}
