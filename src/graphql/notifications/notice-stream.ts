import type { NoticeReader } from '../../domain/notifications/notice-reader.js';
import type { NotificationRow } from '../../sql/notifications/read-notifications.js';

/** A client that is this far behind is let go: it reads `notifications` and subscribes anew. */
const MOST_WAITING = 100;
const DONE = { value: undefined, done: true } as const;

type Result = IteratorResult<NotificationRow, undefined>;

/**
 * The notifications of one person from now on, for one subscription. No `async function*`: one that waits for its
 * next value cannot be ended.
 */
export async function noticeStream(
  reader: NoticeReader,
  userId: string,
): Promise<AsyncIterableIterator<NotificationRow, undefined>> {
  const waiting: NotificationRow[] = [];
  let wanted: ((result: Result) => void) | null = null;
  let isOver = false;
  const answer = (result: Result) => {
    wanted?.(result);
    wanted = null;
  };
  const stop = await reader.watch(userId, (row) => {
    if (wanted) answer({ value: row, done: false });
    else if (waiting.length < MOST_WAITING) waiting.push(row);
    else void end();
  });
  const end = () => {
    isOver = true;
    waiting.length = 0;
    stop();
    answer(DONE);
    return Promise.resolve(DONE);
  };
  const stream: AsyncIterableIterator<NotificationRow, undefined> = {
    next() {
      const row = waiting.shift();
      if (row) return Promise.resolve({ value: row, done: false });
      if (isOver) return Promise.resolve(DONE);
      return new Promise((resolve) => {
        wanted = resolve;
      });
    },
    return: end,
    throw: end,
    [Symbol.asyncIterator]() {
      return stream;
    },
  };
  return stream;
}
