import { FILE_TYPES, SAMPLE_BYTES } from './file-types.js';

/** What comes is not what was announced. */
export class NotAsSaid extends Error {
  override readonly name = 'NotAsSaid';
  constructor(readonly what: 'TYPE' | 'SHORTER') {
    super(`not as said: ${what}`);
  }
}

/** Throws NotAsSaid for what is no UTF-8 text, told piece by piece. */
function textCheck(): (piece: Uint8Array | null) => void {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  return (piece) => {
    try {
      const read = piece ? decoder.decode(piece, { stream: true }) : decoder.decode();
      if (read.includes('\0')) throw new NotAsSaid('TYPE');
    } catch (error) {
      throw error instanceof NotAsSaid ? error : new NotAsSaid('TYPE');
    }
  };
}

/**
 * The content as it comes, as long as it is what was announced: nothing of it is passed on before its first bytes have
 * been looked at. Throws NotAsSaid, and what the content throws; who reads more than `size` bytes of it must stop.
 */
export async function* checkedContent(
  content: AsyncIterable<Uint8Array>,
  said: { readonly type: string; readonly size: number },
): AsyncGenerator<Uint8Array> {
  const { fits, isText } = FILE_TYPES[said.type] ?? { fits: () => false, isText: false };
  const check = isText ? textCheck() : () => undefined;
  let size = 0;
  let sample: Buffer | null = Buffer.alloc(0);
  const judge = (first: Buffer) => {
    if (!fits(first.subarray(0, SAMPLE_BYTES))) throw new NotAsSaid('TYPE');
    check(first);
  };
  for await (const piece of content) {
    size += piece.length;
    if (sample === null) {
      check(piece);
      yield piece;
      continue;
    }
    sample = Buffer.concat([sample, piece]);
    if (sample.length < SAMPLE_BYTES && size < said.size) continue;
    judge(sample);
    yield sample;
    sample = null;
  }
  if (sample !== null) {
    judge(sample);
    yield sample;
  }
  check(null);
  if (size < said.size) throw new NotAsSaid('SHORTER');
}
