import type { IncomingMessage } from 'node:http';
import { HeaderMap, type HTTPGraphQLRequest } from '@apollo/server';
import type { Named } from '../graphql/trusted-documents.js';
import { readBody } from './body.js';
import { HttpRefusal, methodNotAllowed } from './refusal.js';

/** Most bytes of a request's body. */
const MOST_BODY = 1024 * 1024;

/**
 * A GraphQL request as it came, its body parsed and nothing in it checked yet.
 * @throws HttpRefusal for what is not JSON by POST nor a GET
 */
export async function graphqlRequest(request: IncomingMessage): Promise<HTTPGraphQLRequest> {
  const method = request.method ?? 'GET';
  if (method !== 'GET' && method !== 'POST')
    throw methodNotAllowed('GET, POST, OPTIONS', 'GraphQL is asked by GET or POST.');
  return {
    method,
    headers: headersOf(request),
    search: URL.parse(request.url ?? '/', 'http://desk')?.search ?? '',
    body: method === 'POST' ? await jsonOf(request) : undefined,
  };
}

/** How a request names its document. */
export function namedIn({ body, search }: HTTPGraphQLRequest): Named {
  const parameters = new URLSearchParams(search);
  const field = (name: string) => (body === undefined ? parameters.get(name) : fieldOf(body, name));
  const extensions = field('extensions');
  const persisted = fieldOf(
    typeof extensions === 'string' ? parsed(extensions) : extensions,
    'persistedQuery',
  );
  return {
    text: textOf(field('query')),
    documentId: textOf(field('documentId')),
    hash: textOf(fieldOf(persisted, 'sha256Hash')),
  };
}

/** The same request, which names its document as Apollo knows it: by its text or its hash. */
export function naming(request: HTTPGraphQLRequest, { text, hash }: Named): HTTPGraphQLRequest {
  const persisted = text === undefined ? { persistedQuery: { version: 1, sha256Hash: hash } } : undefined;
  if (request.body === undefined) {
    const parameters = new URLSearchParams(request.search);
    if (text !== undefined) parameters.set('query', text);
    if (persisted) parameters.set('extensions', JSON.stringify(persisted));
    return { ...request, search: `?${parameters}` };
  }
  const body = {
    ...(request.body as object),
    ...(text === undefined ? { extensions: persisted } : { query: text }),
  };
  return { ...request, body };
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** What is no JSON Apollo refuses. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function jsonOf(request: IncomingMessage): Promise<unknown> {
  if (!isJson(request.headers['content-type']))
    throw new HttpRefusal('Send JSON: content-type: application/json.', {
      status: 415,
      code: 'UNSUPPORTED_MEDIA_TYPE',
      headers: { 'accept-post': 'application/json' },
    });
  const text = await readBody(request, MOST_BODY);
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new HttpRefusal('The body is not valid JSON.', { status: 400, code: 'BAD_REQUEST', cause });
  }
}

/** JSON is UTF-8 (RFC 8259, 8.1). Forms and plain text, which any page may post, are not taken for it. */
function isJson(contentType = ''): boolean {
  return /^application\/json\s*(;\s*charset\s*=\s*"?utf-?8"?\s*)?$/i.test(contentType);
}

function headersOf(request: IncomingMessage): HeaderMap {
  const headers = new HeaderMap();
  for (const [name, value] of Object.entries(request.headers))
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value);
  return headers;
}
