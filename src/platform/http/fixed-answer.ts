import { type Handler, send, sendError } from './respond.js';

/** A route whose answer never changes. It may be read, and nothing else. */
export function fixedAnswer(type: string, text: string, headers: Record<string, string>): Handler {
  return (request, response) => {
    if (request.method === 'GET' || request.method === 'HEAD')
      return send(response, 200, type, text, headers);
    sendError(response, 405, 'METHOD_NOT_ALLOWED', 'This is for reading; the API is at /graphql.', {
      allow: 'GET, HEAD',
    });
  };
}
