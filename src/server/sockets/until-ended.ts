/** An iteration that yields nothing and lasts until it is ended from either side. */
export interface UntilEnded extends AsyncGenerator<never, void, void> {
  /** Ends it from our side. */
  end(): void;
}

/**
 * What graphql-ws is given for a subscription whose frames go past it: it keeps the operation's place in the
 * protocol (ids, complete), and `onReturn` is called once when client or socket have ended it.
 */
export function untilEnded(onReturn: () => void): UntilEnded {
  const done = { value: undefined, done: true } as const;
  let end: (result: IteratorReturnResult<void>) => void = () => undefined;
  const ended = new Promise<IteratorReturnResult<void>>((resolve) => {
    end = resolve;
  });
  let returned = false;
  const leave = async () => {
    if (!returned) {
      returned = true;
      onReturn();
    }
    end(done);
    return done;
  };
  return {
    next: () => ended,
    return: leave,
    throw: leave,
    end: () => end(done),
    [Symbol.asyncIterator]() {
      return this;
    },
    [Symbol.asyncDispose]: async () => void (await leave()),
  };
}
