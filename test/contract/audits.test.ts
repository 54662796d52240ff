import { beforeAll, describe, expect, test } from '@jest/globals';
import { type AuditResult, auditServer } from 'graphql-http';
import { Role } from '../../src/platform/auth/viewer.js';
import { useDesk } from '../support/desk.js';

const desk = useDesk();
let results: AuditResult[];
beforeAll(async () => {
  const { token } = await desk.as(Role.AGENT);
  results = await auditServer({
    url: `${desk.app.url}/graphql`,
    // As any client of the desk: with its token, which also shows that no foreign page sent it (CSRF).
    fetchFn: (url: string, init?: RequestInit) =>
      fetch(url, { ...init, headers: { ...init?.headers, authorization: `Bearer ${token}` } }),
  });
}, 60_000);

/** Audits of an earlier draft, with what GraphQL over HTTP of September 2026 says instead ("Status Codes"). */
const CONTRADICTED: Record<string, string> = {
  '423L': 'not a well-formed GraphQL-over-HTTP request: 422, not 400',
  '86EE': 'variable values cannot be coerced: 422, not 400',
};

describe("the audits of graphql-http's, which others wrote,", () => {
  test('are all run', () => {
    expect(results).toHaveLength(61);
  });

  test('find everything in order but what the specification of September 2026 contradicts', () => {
    const found = results.flatMap((result) =>
      result.status === 'ok' ? [] : [`${result.id} ${result.name}: ${result.reason}`],
    );
    const unexpected = found.filter((line) => !(line.slice(0, 4) in CONTRADICTED));
    expect(unexpected).toEqual([]);
    // None is excused that is not needed.
    expect(found.map((line) => line.slice(0, 4)).sort()).toEqual(Object.keys(CONTRADICTED).sort());
    for (const line of found) expect(line).toMatch(/Response status code is not 400/);
  });
});
