import type { Viewer } from '../auth/viewer.js';
import { Context, type Desk } from '../context.js';
import type { AnswerType } from './accept.rules.js';

/** What a client wants, by the headers of its request. */
export interface Wanted {
  answerType: AnswerType;
  /** Its cost, and nothing done. */
  dryRun: boolean;
}

/** What an operation over HTTP works with: beside what every operation has, what its answer depends on. */
export class HttpContext extends Context {
  /** Headers of the answer. */
  readonly headers: Record<string, string> = {};

  constructor(
    desk: Desk,
    viewer: Viewer,
    /** Whom its cost is charged to. */
    readonly caller: string,
    readonly wanted: Wanted,
  ) {
    super(desk, viewer);
  }
}
