/** What the run's setup has left for its workers. */
export function fromSetup(name: 'KIT_POSTGRES' | 'KIT_RUN' | 'KIT_REDIS'): string {
  const value = process.env[name];
  if (!value)
    throw new Error(`${name} is not set: tests run by "npm test", which prepares PostgreSQL and Redis`);
  return value;
}
