import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

interface Answer {
  id: number;
  value?: unknown;
  error?: string;
}

/** A process that answers questions: a server that is measured, or the load. */
export class Child {
  private readonly process: ChildProcess;
  private readonly waiting = new Map<number, (answer: Answer) => void>();
  private asked = 0;

  /** @param file beside this folder, which calls `answer` */
  constructor(file: string, ...args: string[]) {
    this.process = fork(fileURLToPath(new URL(`../${file}`, import.meta.url)), args, {
      execArgv: ['--expose-gc', '--no-warnings'],
      env: { ...process.env, NODE_ENV: 'production' },
    });
    this.process.on('message', (answer: Answer) => this.settle(answer));
    this.process.on('exit', (code) => {
      for (const id of this.waiting.keys()) this.settle({ id, error: `${file} ended with code ${code}` });
    });
    process.on('exit', () => this.process.kill());
  }

  ask<Value = void>(question: string, value?: unknown): Promise<Value> {
    const id = ++this.asked;
    const answered = new Promise<Value>((resolve, reject) =>
      this.waiting.set(id, ({ value, error }) =>
        error ? reject(new Error(error)) : resolve(value as Value),
      ),
    );
    this.process.send({ id, question, value });
    return answered;
  }

  private settle(answer: Answer): void {
    const settle = this.waiting.get(answer.id);
    this.waiting.delete(answer.id);
    settle?.(answer);
  }
}

/** The other side: answers the questions of the process that started this one, and ends with it. */
export function answer(answers: Record<string, (value: never) => unknown>): void {
  process.on('message', async ({ id, question, value }: { id: number; question: string; value: never }) => {
    try {
      process.send?.({ id, value: await answers[question]?.(value) });
    } catch (error) {
      process.send?.({ id, error: String((error as Error).stack) });
    }
  });
  process.on('disconnect', () => process.exit());
}
