import { fromSetup } from './from-setup.js';

/** The run's real Redis. Shared by all test files: programs keep apart by their prefix (see program.ts). */
export const redisUrl = (): string => fromSetup('KIT_REDIS');
