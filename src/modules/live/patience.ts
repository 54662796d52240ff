/** A value of the source, or null: nothing came for a while. */
export type Patient<Value> = Value | null;

/**
 * Maps an async iterator as `mapEach` does, and also maps null: at once, and whenever nothing came for `every`
 * milliseconds, so that what no event tells of is looked at too. A value that is awaited meanwhile is not lost.
 */
export function patiently<From, To>(
  source: AsyncIterator<From>,
  every: number,
  map: (value: Patient<From>) => Promise<To | undefined>,
  isLast: (value: To) => boolean = () => false,
): AsyncIterableIterator<To> {
  let over = false;
  let fresh = true;
  let coming: Promise<IteratorResult<From>> | undefined;
  const end = async (): Promise<IteratorResult<To>> => {
    over = true;
    await source.return?.();
    return { done: true, value: undefined };
  };
  const arrival = async (): Promise<IteratorResult<From> | null> => {
    if (fresh) {
      fresh = false;
      return null;
    }
    coming ??= source.next();
    let timer: NodeJS.Timeout | undefined;
    const enough = new Promise<null>((resolve) => {
      timer = setTimeout(() => resolve(null), every);
    });
    const first = await Promise.race([coming, enough]).finally(() => clearTimeout(timer));
    if (first !== null) coming = undefined;
    return first;
  };
  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    async next() {
      try {
        for (;;) {
          const step = over ? undefined : await arrival();
          if (step === undefined || over || step?.done) return { done: true, value: undefined };
          const value = await map(step === null ? null : step.value);
          if (value === undefined) continue;
          if (isLast(value)) await end();
          return { done: false, value };
        }
      } catch (error) {
        await end();
        throw error;
      }
    },
    return: end,
    async throw(error) {
      await end();
      throw error;
    },
  };
}
