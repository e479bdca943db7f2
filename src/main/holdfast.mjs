#!/usr/bin/env node
// The command `holdfast` of whoever has linked this package: the built program, under the Node that it is made for.
import { fileURLToPath } from 'node:url';

process.argv.splice(2, 0, fileURLToPath(new URL('../../dist/main/cli.js', import.meta.url)));
await import('./launch.mjs');
