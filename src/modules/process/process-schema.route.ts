import { fixedAnswer } from '../../platform/http/fixed-answer.js';
import type { Handler } from '../../platform/http/respond.js';
import { processJsonSchema } from './process.schema.js';

/** The JSON Schema of a process definition, for editors and for whoever writes one elsewhere. */
export function processSchemaRoute(): Handler {
  const text = `${JSON.stringify(processJsonSchema(), null, 2)}\n`;
  return fixedAnswer('application/schema+json; charset=utf-8', text, { 'cache-control': 'no-cache' });
}
