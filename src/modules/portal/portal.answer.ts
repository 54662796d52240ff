import type { Context } from '../../platform/context.js';
import { refusalPage } from './portal.page.js';

/** What a page answers: markup with its status, or where the browser shall look next. */
export type Answer = { status: number; html: string } | { location: string };

/** What is asked of a page: the token at the end of the address, and what a form sent. */
export interface Asked {
  ctx: Context;
  token: string;
  query: URLSearchParams;
}

export function refused(): Answer {
  return { status: 404, html: refusalPage };
}
