/** What a scanner says of a file; `name` is what it calls what it has found. */
export type ScanVerdict = { readonly kind: 'CLEAN' } | { readonly kind: 'INFECTED'; readonly name: string };

/** Looks into files before anybody else gets them. */
export interface VirusScan {
  /**
   * Reads the content once, as far as it must.
   * @throws Unavailable where it cannot say: nobody is there, or the file is too much for it. Never CLEAN then.
   */
  scan(content: AsyncIterable<Uint8Array>): Promise<ScanVerdict>;
}
