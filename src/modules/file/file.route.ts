import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { system } from '../../platform/auth/viewer.js';
import { Context, type Desk } from '../../platform/context.js';
import { letEnd } from '../../platform/http/body.js';
import { crossOrigin } from '../../platform/http/cross-origin.js';
import { InFlight } from '../../platform/http/in-flight.js';
import { BodyTooLarge, HttpRefusal, methodNotAllowed } from '../../platform/http/refusal.js';
import { type Handler, SAFETY, sendJson } from '../../platform/http/respond.js';
import type { Routes } from '../../platform/http/server.js';
import type { File } from './file.entity.js';
import { fileById } from './file.loader.js';
import { attachment, plainMediaType } from './file.rules.js';
import { FileStatus } from './file.vocabulary.js';
import { contentOf, storeContent } from './file-content.store.js';
import { FILES, isGood } from './file-link.js';

const METHODS = 'GET, HEAD, PUT';
/** How long the bytes of a file may take to come or to be taken, in milliseconds: ten megabytes by a poor line. */
const PATIENCE = 300_000;
/** After how long a reader that takes nothing is given up, in milliseconds. */
const IDLE = 60_000;

/** Where the bytes of files are brought and read. No token is asked for: the link is what admits. */
export function fileRoutes(desk: Desk): Routes {
  const origins = crossOrigin(desk.config.corsOrigins, METHODS);
  const inFlight = new InFlight(desk.config.load.requests, PATIENCE);
  const handler: Handler = async (request, response) => {
    if (origins(request, response)) return;
    try {
      await inFlight.run(() => serve(desk, request, response));
    } catch (error) {
      // Whoever went away, or was cut off, hears no answer.
      if (response.headersSent || response.destroyed) return void response.destroy();
      const last = letEnd(request, desk.config.fileBytes);
      if (error instanceof HttpRefusal) Object.assign(error.headers, last);
      throw error;
    }
  };
  handler.patience = PATIENCE;
  return { [`${FILES}*`]: handler };
}

async function serve(desk: Desk, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { method = '' } = request;
  if (!METHODS.split(', ').includes(method))
    throw methodNotAllowed(`${METHODS}, OPTIONS`, 'A file is brought by PUT and read by GET.');
  const file = await admitted(desk, request);
  if (method === 'PUT') await take(desk, file, request, response);
  else await give(desk, file, request, response);
}

/**
 * The file that the link is about.
 * @throws HttpRefusal in the same words for a link that is forged or expired and for a file that is gone
 */
async function admitted(desk: Desk, request: IncomingMessage): Promise<File> {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://desk');
  const id = pathname.slice(FILES.length);
  const deed = request.method === 'PUT' ? 'PUT' : 'GET';
  const file = (await isGood(desk, deed, id, searchParams))
    ? await new Context(desk, system).load(fileById, id)
    : null;
  if (file) return file;
  throw new HttpRefusal('This link does not work, or no longer. Ask the desk for a new one.', {
    status: 403,
    code: 'LINK_INVALID',
  });
}

/** Takes in the bytes of a file: exactly those that were announced, and once. */
async function take(desk: Desk, file: File, request: IncomingMessage, response: ServerResponse) {
  const {
    'content-type': type = '',
    'content-encoding': encoding,
    'content-length': length,
  } = request.headers;
  if (file.status !== FileStatus.PENDING) throw uploadedBefore();
  if (plainMediaType(type) !== plainMediaType(file.contentType))
    throw new HttpRefusal(`The file was announced as ${file.contentType}: send that as its content-type.`, {
      status: 415,
      code: 'UNSUPPORTED_MEDIA_TYPE',
    });
  if (encoding !== undefined && encoding !== 'identity')
    throw new HttpRefusal('Send the bytes as they are, without a content-encoding.', {
      status: 415,
      code: 'UNSUPPORTED_MEDIA_TYPE',
    });
  if (length !== undefined && Number(length) > file.size) throw new BodyTooLarge(file.size, {});
  if (length !== undefined && Number(length) < file.size) throw tooShort(file);
  const ending = await storeContent(desk, file, request.iterator({ destroyOnReturn: false }));
  if (ending === 'TOO_LONG') throw new BodyTooLarge(file.size, {});
  if (ending === 'TOO_SHORT') throw tooShort(file);
  if (ending === 'TOO_LATE') throw uploadedBefore();
  const { id, size } = file;
  sendJson(response, 201, { file: { id, size, sha256: ending.sha256 } }, { 'cache-control': 'no-store' });
}

function uploadedBefore(): HttpRefusal {
  return new HttpRefusal('The file was uploaded already. Announce another by createUpload.', {
    status: 409,
    code: 'ALREADY_UPLOADED',
  });
}

function tooShort({ size }: File): HttpRefusal {
  return new HttpRefusal(`The file was announced with ${size} bytes, and fewer came.`, {
    status: 400,
    code: 'TOO_SHORT',
  });
}

/** Hands out a file for saving: no browser shows it, or runs anything of it, as a page of the desk. */
async function give(desk: Desk, file: File, request: IncomingMessage, response: ServerResponse) {
  if (file.status !== FileStatus.STORED)
    throw new HttpRefusal('The file has not been uploaded yet.', { status: 404, code: 'NOT_FOUND' });
  response.writeHead(200, {
    ...SAFETY,
    'content-security-policy': `${SAFETY['content-security-policy']}; sandbox`,
    'content-type': file.contentType,
    'content-length': file.size,
    'content-disposition': attachment(file.name),
    'cache-control': 'private, no-store',
  });
  if (request.method === 'HEAD') return void response.end();
  response.setTimeout(IDLE, () => response.destroy());
  await pipeline(Readable.from(contentOf(desk.database, file)), response);
}
