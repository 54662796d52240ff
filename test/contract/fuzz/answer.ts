import type { Client } from '../../support/client.js';
import type { Operation } from './operations.js';

/** How an operation was answered over HTTP. */
export interface Answer {
  status: number;
  raw: string;
  /** What it was refused with, by errors or else by its payloads; OK where it wasn't. */
  codes: string[];
}

interface Body {
  errors?: { extensions: { code: string } }[];
  data?: Record<string, { userErrors?: { code: string }[] } | null>;
}

/** Once more where a connection was closed for having been idle at the moment it was taken. */
export async function play(client: Client, operation: Operation): Promise<Answer> {
  const response = await client.post(operation).catch(() => client.post(operation));
  const raw = await response.text();
  const { errors = [], data } = JSON.parse(raw) as Body;
  const refusals = Object.values(data ?? {}).flatMap((part) =>
    part && typeof part === 'object' && Array.isArray(part.userErrors) ? part.userErrors : [],
  );
  const codes =
    errors.length > 0 ? errors.map(({ extensions }) => extensions.code) : refusals.map(({ code }) => code);
  return { status: response.status, raw, codes: codes.length > 0 ? codes : ['OK'] };
}
