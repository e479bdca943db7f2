import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { LineFacts } from '../../../src/domain/logs/line-facts.js';

async function* pieces(text: Buffer, size: number) {
  for (let at = 0; at < text.length; at += size) yield text.subarray(at, at + size);
}

async function factsOf(text: Buffer, size: number) {
  const facts = new LineFacts();
  const passed: Uint8Array[] = [];
  for await (const piece of facts.seen(pieces(text, size))) passed.push(piece);
  const { lines, bytes, from, until } = facts;
  return { lines, bytes, from, until, sha256: facts.sha256(), passed: Buffer.concat(passed) };
}

const instant = fc
  .date({ min: new Date('2020-01-01'), max: new Date('2040-01-01'), noInvalidDate: true })
  .map((at) => at.toISOString());
const line = fc.oneof(
  fc.record({ at: instant, msg: fc.string() }).map(({ at, msg }) => ({
    at: at as string | null,
    text: `{"level":"warn","time":"${at}","pid":1,"msg":${JSON.stringify(msg)}}`,
  })),
  // What somebody has typed, or the rest of a line that a full disk has broken off.
  fc.string().map((text) => ({
    at: null,
    text: `{"msg":"\\"time\\":\\"2030-01-01T00:00:00.000Z\\"${text.replaceAll('\n', '')}`,
  })),
);

it('counts lines and finds the earliest and the latest of them, wherever the pieces are cut', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(line, { minLength: 1 }),
      fc.boolean(),
      fc.integer({ min: 1, max: 200 }),
      async (lines, isEnded, size) => {
        const text = Buffer.from(lines.map((one) => one.text).join('\n') + (isEnded ? '\n' : ''));
        const times = lines.flatMap(({ at }) => at ?? []).sort();
        expect(await factsOf(text, size)).toEqual({
          lines: lines.length,
          bytes: text.length,
          from: times[0] ?? null,
          until: times.at(-1) ?? null,
          sha256: createHash('sha256').update(text).digest(),
          passed: text,
        });
      },
    ),
  );
});
