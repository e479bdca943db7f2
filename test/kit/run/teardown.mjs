/** Stops exactly what the setup has started, last in, first out. */
export default async function teardown() {
  for (const stop of (globalThis.holdfastTestStops ?? []).reverse()) await stop();
}
