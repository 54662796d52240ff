/**
 * Maps an async iterator, leaving out what maps to undefined. An iterator object, so that `return`
 * reaches the source at once, also while its next value is awaited.
 * @param isLast after a value of which this is true, the iterator ends
 */
export function mapEach<From, To>(
  source: AsyncIterator<From>,
  map: (value: From) => Promise<To | undefined>,
  isLast: (value: To) => boolean = () => false,
): AsyncIterableIterator<To> {
  let over = false;
  const end = async (): Promise<IteratorResult<To>> => {
    over = true;
    await source.return?.();
    return { done: true, value: undefined };
  };
  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    async next() {
      for (;;) {
        const step = over ? undefined : await source.next();
        if (!step || step.done) return { done: true, value: undefined };
        try {
          const value = await map(step.value);
          if (value === undefined) continue;
          if (isLast(value)) await end();
          return { done: false, value };
        } catch (error) {
          await end();
          throw error;
        }
      }
    },
    return: end,
    async throw(error) {
      await end();
      throw error;
    },
  };
}

/** An iterator of one value. */
export function only<Value>(value: Value): AsyncIterableIterator<Value> {
  return mapEach([value][Symbol.iterator]() as unknown as AsyncIterator<Value>, async (same) => same);
}
