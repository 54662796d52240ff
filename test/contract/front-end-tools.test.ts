import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { parser, rules } from '@graphql-eslint/eslint-plugin';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Linter } from 'eslint';
import { Role } from '../../src/platform/auth/viewer.js';
import { useDesk } from '../support/desk.js';

/** The tools that front-end teams build with take our schema as it is. */
const root = join(import.meta.dirname, '../..');
const schema = readFileSync(join(root, 'schema.graphql'), 'utf8');
const { resolve } = createRequire(import.meta.url);
const run = promisify(execFile);
const desk = useDesk();
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'stepdesk-front-end-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const written = () => readdirSync(folder, { recursive: true }).map(String);

test('relay-compiler compiles pages, refetches, a mutation and a subscription', async () => {
  writeFileSync(
    join(folder, 'List.ts'),
    `import { graphql } from 'relay-runtime';
graphql\`
  fragment List_tickets on Query
  @argumentDefinitions(first: { type: "Int", defaultValue: 25 }, after: { type: "String" })
  @refetchable(queryName: "ListPagination") {
    tickets(first: $first, after: $after) @connection(key: "List_tickets") {
      edges { node { id number subject ...List_ticket } }
    }
  }\`;
graphql\`fragment List_ticket on Ticket @refetchable(queryName: "ListRefetch") { status assignee { name } }\`;
graphql\`subscription ListSubscription($after: Cursor) {
  queueChanges(after: $after) { cursor move ticketId ticket { ...List_ticket } } }\`;
graphql\`mutation ListMutation($input: CreateTicketInput!) {
  createTicket(input: $input) { ticket { ...List_ticket } userErrors { code message path } } }\`;
`,
  );
  const config = join(folder, 'relay.config.json');
  writeFileSync(join(folder, 'schema.graphql'), schema);
  writeFileSync(config, JSON.stringify({ src: '.', schema: './schema.graphql', language: 'typescript' }));
  const { stdout, stderr } = await run(process.execPath, [resolve('relay-compiler/cli.js'), config], {
    cwd: folder,
  });
  expect(`${stdout}${stderr}`).not.toMatch(/ERROR|WARN/);
  for (const made of ['ListPagination', 'ListRefetch', 'ListSubscription', 'ListMutation'])
    expect(written()).toContain(`__generated__/${made}.graphql.ts`);
});

test("graphql-eslint's rules for Relay find nothing, but an edge to what is no node", () => {
  const plugin = { parser, rules } as never;
  const edges = {
    withEdgeSuffix: true,
    shouldImplementNode: true,
    // Its own opinion; Relay has none on lists that are no connections.
    listTypeCanWrapOnlyEdgeType: false,
  };
  const found = new Linter().verify(
    schema,
    [
      {
        files: ['**/*.graphql'],
        languageOptions: {
          parser: parser as never,
          parserOptions: { graphQLConfig: { schema } },
        },
        plugins: { '@graphql-eslint': plugin },
        rules: {
          '@graphql-eslint/relay-arguments': 'error',
          '@graphql-eslint/relay-connection-types': 'error',
          '@graphql-eslint/relay-edge-types': ['error', edges],
          '@graphql-eslint/relay-page-info': 'error',
        },
      },
    ],
    { filename: 'schema.graphql' },
  );
  const lines = schema.split('\n');
  const told = found.map(({ message, line }) => `${message} ${lines[line - 1]}`);
  // A request is a step as its approver sees it; the node is its step.
  expect(told).toEqual([
    "Edge type's field `node` must implement `Node` interface. type ApprovalRequestEdge {",
  ]);
});

test("graphql-codegen's client preset types operations by the desk's own introspection", async () => {
  const { token } = await desk.as(Role.AGENT);
  const config = {
    schema: [{ [`${desk.app.url}/graphql`]: { headers: { Authorization: `Bearer ${token}` } } }],
    documents: join(root, 'test/operations/*.graphql'),
    generates: { [`${folder}/gql/`]: { preset: 'client' } },
  };
  writeFileSync(join(folder, 'codegen.json'), JSON.stringify(config));
  await run(process.execPath, [
    join(root, 'node_modules/@graphql-codegen/cli/cjs/bin.js'),
    '--config',
    join(folder, 'codegen.json'),
  ]);
  expect(readFileSync(join(folder, 'gql/graphql.ts'), 'utf8')).toContain(
    'export type QueueChangesSubscription',
  );
}, 60_000);
