import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { nextAnswer } from '../../src/platform/next-answer.js';

/** A question whose answers come, or fail, when the test says so; they tell how many had asked when it was begun. */
function question() {
  const open: ((fails: boolean) => void)[] = [];
  let asked = 0;
  let most = 0;
  const ask = nextAnswer(() => {
    const begunAt = asked;
    return new Promise<number>((resolve, reject) => {
      open.push((fails) => (fails ? reject(new Error(String(begunAt))) : resolve(begunAt)));
      most = Math.max(most, open.length);
    });
  });
  return {
    ask: () => {
      asked += 1;
      const number = asked;
      return ask().then(
        (begunAt) => ({ number, begunAt }),
        (error: Error) => ({ number, begunAt: Number(error.message) }),
      );
    },
    answer: async (fails = false) => {
      open.shift()?.(fails);
      await new Promise((resolve) => setImmediate(resolve));
    },
    get most() {
      return most;
    },
  };
}

test('each answer was begun after it was asked for, one at a time, also after one that failed', async () => {
  const steps = fc.array(fc.constantFrom('ask', 'answer', 'fail'), { maxLength: 30 });
  await fc.assert(
    fc.asyncProperty(steps, async (plays) => {
      const { ask, answer, ...seen } = question();
      const answers: ReturnType<typeof ask>[] = [];
      for (const play of plays)
        if (play === 'ask') answers.push(ask());
        else await answer(play === 'fail');
      // At most one is under way, and one follows it.
      await answer();
      await answer();
      for (const { number, begunAt } of await Promise.all(answers))
        expect(begunAt).toBeGreaterThanOrEqual(number);
      expect(seen.most).toBeLessThanOrEqual(1);
    }),
  );
});

test('however many ask meanwhile, one more question answers all of them', async () => {
  let questions = 0;
  const open: (() => void)[] = [];
  const ask = nextAnswer(() => {
    questions += 1;
    return new Promise<void>((resolve) => open.push(resolve));
  });
  const answers = Array.from({ length: 100 }, ask);
  open.shift()?.();
  await answers[0];
  open.shift()?.();
  await Promise.all(answers);
  expect(questions).toBe(2);
});

test('who asks as soon as an answer is there shares the one that others wait for', async () => {
  let underWay = 0;
  let most = 0;
  const open: (() => void)[] = [];
  const ask = nextAnswer(async () => {
    underWay += 1;
    most = Math.max(most, underWay);
    await new Promise<void>((resolve) => open.push(resolve));
    underWay -= 1;
  });
  const again = ask().then(ask);
  const waiting = ask();
  open.shift()?.();
  await new Promise((resolve) => setImmediate(resolve));
  while (open.length > 0) open.shift()?.();
  await Promise.all([again, waiting]);
  expect(most).toBe(1);
});
