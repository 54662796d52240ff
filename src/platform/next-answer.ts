/**
 * Has those who ask while an answer is awaited share the next one. Each gets an answer that was begun after they
 * asked, and however many ask, one question at a time is under way.
 */
export function nextAnswer<Answer>(ask: () => Promise<Answer>): () => Promise<Answer> {
  let running: Promise<Answer> | undefined;
  let next: Promise<Answer> | undefined;
  const begin = (): Promise<Answer> => {
    next = undefined;
    const answer = ask();
    running = answer;
    const over = () => {
      // Who asks between this answer and the next that waits for it has the next.
      if (!next) running = undefined;
    };
    answer.then(over, over);
    return answer;
  };
  return () => {
    if (!running) return begin();
    next ??= running.then(begin, begin);
    return next;
  };
}
