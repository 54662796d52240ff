/** Somebody who uploads files of a ticket as a front end does: announced over GraphQL, brought by HTTP. */
import { createHash, randomBytes } from 'node:crypto';
import { expect } from '@jest/globals';
import {
  CreateUploadDocument,
  type CreateUploadMutation,
  FileByIdDocument,
} from '../../generated/graphql.js';
import type { Client } from '../../support/client.js';

export type Body = RequestInit['body'];
type Upload = NonNullable<CreateUploadMutation['createUpload']['upload']>;

export const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
export const noise = (size: number) => randomBytes(size);

/** What a file is announced as. */
export interface Announced {
  ticketId: string;
  fileName?: string;
  contentType?: string;
  size: number;
  idempotencyKey?: string;
}

export async function announce(client: Client, given: Announced) {
  const input = { fileName: 'screen.png', contentType: 'image/png', ...given };
  return (await client.ask(CreateUploadDocument, { input })).createUpload;
}

/** Announces a file that is not refused. @returns its id, and how to bring its bytes */
export async function announced(client: Client, given: Announced): Promise<{ id: string; upload: Upload }> {
  const { file, upload, userErrors } = await announce(client, given);
  expect(userErrors).toEqual([]);
  if (!file || !upload) throw new Error('Nothing was announced');
  return { id: file.id, upload };
}

/** Brings bytes as the upload says, unless told otherwise. */
export function bring(
  { url, method, headers }: Pick<Upload, 'url' | 'method' | 'headers'>,
  body: Body,
  init: { headers?: Record<string, string>; signal?: AbortSignal } = {},
): Promise<Response> {
  const said = Object.fromEntries(headers.map(({ name, value }) => [name, value]));
  const options = { method, body, ...init, headers: { ...said, ...init.headers }, duplex: 'half' };
  return fetch(url, options as RequestInit);
}

/** What an HTTP answer refused with: its status, its code, and the words. */
export async function refusal(answer: Response | Promise<Response>) {
  const response = await answer;
  const { errors } = (await response.json()) as {
    errors: { message: string; extensions: { code: string } }[];
  };
  return { status: response.status, code: errors[0]?.extensions.code, message: errors[0]?.message };
}

/** Uploads bytes whole. @returns the file's id */
export async function uploaded(
  client: Client,
  bytes: Uint8Array,
  given: Omit<Announced, 'size'>,
): Promise<string> {
  const { id, upload } = await announced(client, { ...given, size: bytes.length });
  const response = await bring(upload, bytes as Body);
  expect(response.status).toBe(201);
  expect(await response.json()).toEqual({ file: { id, size: bytes.length, sha256: sha256(bytes) } });
  return id;
}

/** A file as somebody sees it; null where it is not there for them. */
export async function fileOf(client: Client, id: string) {
  const { node } = await client.ask(FileByIdDocument, { id });
  return node && 'contentType' in node ? node : null;
}
