type Release = () => unknown;

/** What has been opened and must be let go: last in, first out, each once, whatever the others do. */
export class Releases {
  private readonly stack: { name: string; release: Release }[] = [];

  add(name: string, release: Release): void {
    this.stack.push({ name, release });
  }

  /**
   * Releases everything, one after the other.
   * @throws the first error, once all the others have been let go as well
   */
  async all(onError: (name: string, error: unknown) => void): Promise<void> {
    let failed: { error: unknown } | null = null;
    for (let next = this.stack.pop(); next; next = this.stack.pop()) {
      try {
        await next.release();
      } catch (error) {
        onError(next.name, error);
        failed ??= { error };
      }
    }
    if (failed) throw failed.error;
  }
}
