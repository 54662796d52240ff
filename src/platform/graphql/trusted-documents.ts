import { readFileSync } from 'node:fs';
import { GraphQLError } from 'graphql';
import { ConfigError } from '../config.js';
import { type Documents, sha256 } from './documents.js';

/** How a request names its document: by its text, by an id, or (APQ) by the SHA-256 of its text. */
export interface Named {
  text?: string;
  documentId?: string;
  hash?: string;
}

const BY_HASH = /^sha256:([0-9a-f]{64})$/;

/**
 * The documents of a manifest: what the desk's own front ends ask, known beforehand. A request names one by
 * its id. Where only these are allowed nothing else runs, whoever asks.
 */
export class TrustedDocuments {
  private readonly hashes = new Map<string, string>();

  constructor(
    private readonly byId: ReadonlyMap<string, string>,
    private readonly only: boolean,
  ) {
    for (const text of byId.values()) this.hashes.set(sha256(text), text);
  }

  /**
   * The text or, for Apollo's persisted queries, the hash by which the request goes on.
   * @throws GraphQLError DOCUMENT_NOT_FOUND for an id that leads nowhere, DOCUMENT_NOT_TRUSTED for what is not
   * in the manifest where nothing else is allowed, BAD_REQUEST for a document named twice
   */
  resolve(named: Named): Named {
    const { text, documentId } = named;
    if (text === undefined && documentId === undefined && named.hash === undefined) return named;
    if (text !== undefined && documentId !== undefined)
      throw refusal('BAD_REQUEST', 'Send query or documentId, not both.');
    const known = documentId === undefined ? undefined : this.byId.get(documentId);
    if (known !== undefined) return { text: known };
    const hash = documentId === undefined ? named.hash : BY_HASH.exec(documentId)?.[1];
    const trusted = hash === undefined ? undefined : this.hashes.get(hash);
    if (trusted !== undefined && text === undefined) return { text: trusted };
    if (this.only && (text === undefined || !this.hashes.has(sha256(text))))
      throw documentId === undefined
        ? refusal('DOCUMENT_NOT_TRUSTED', 'Only documents of the manifest run here: send a documentId.')
        : notFound(documentId);
    if (documentId === undefined) return named;
    // Not in the manifest, but somebody may have registered it by its hash.
    if (hash === undefined) throw notFound(documentId);
    return { hash };
  }
}

/**
 * Reads a manifest: JSON with the text of each document by its id, as Relay and graphql-codegen write them.
 * @param path none for a desk without trusted documents
 * @throws ConfigError naming each document that could never run here, or has another hash than its id says
 */
export function readTrustedDocuments(
  { path, only }: { path: string | undefined; only: boolean },
  documents: Documents,
): TrustedDocuments {
  if (path === undefined) return new TrustedDocuments(new Map(), only);
  const manifest = readManifest(path);
  const faults: string[] = [];
  for (const [id, text] of manifest) {
    const hash = BY_HASH.exec(id)?.[1];
    if (hash !== undefined && hash !== sha256(text)) faults.push(`${id}: this is not the hash of its text`);
    const admission = documents.admit(text);
    if ('errors' in admission) faults.push(`${id}: ${admission.errors[0]?.message}`);
  }
  if (faults.length > 0) throw new ConfigError(faults.map((fault) => `TRUSTED_DOCUMENTS: ${fault}`));
  return new TrustedDocuments(manifest, only);
}

function readManifest(path: string): Map<string, string> {
  try {
    const entries = Object.entries(JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>);
    if (entries.every((entry): entry is [string, string] => typeof entry[1] === 'string'))
      return new Map(entries);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new ConfigError([`TRUSTED_DOCUMENTS: ${reason}`], { cause });
  }
  throw new ConfigError(['TRUSTED_DOCUMENTS: must be JSON with the text of each document by its id']);
}

function notFound(id: string): GraphQLError {
  return refusal('DOCUMENT_NOT_FOUND', `There is no document with the id ${id.slice(0, 100)}.`);
}

function refusal(code: string, message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code } });
}
