import { FIRST_QUERY } from './first-operations.js';

/** What GraphiQL shows until its user writes something else. */
const WELCOME = `# Welcome to Stepdesk.
#
# 1. Get a token, in the folder of the desk:
#      npm run -s stepdesk -- token --role AGENT
# 2. Put it below under "Headers", after "Bearer ".
# 3. Press the button or Ctrl-Enter, and choose:

# The newest tickets, and the log's present cursor.
${FIRST_QUERY}

# What changes in that list, as it happens. To miss
# nothing since the query, put its cursor below under
# "Variables": {"after": "…"}
subscription TicketsLive($after: Cursor) {
  queueChanges(after: $after) {
    cursor
    move
    ticket { number subject status }
  }
}
`;

/** Where the page has its parts from. */
interface PartPaths {
  styles: string[];
  scripts: string[];
}

/** GraphiQL's page: everything of it comes from this server. */
export function graphiqlPage({ styles, scripts }: PartPaths): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>GraphiQL · Stepdesk</title>
<link rel="icon" href="data:,">
${styles.map((path) => `<link rel="stylesheet" href="${path}">`).join('\n')}
</head>
<body>
<main id="graphiql"><noscript>GraphiQL needs JavaScript. The API at /graphql does not.</noscript></main>
${scripts.map((path) => `<script src="${path}"></script>`).join('\n')}
</body>
</html>
`;
}

export const PAGE_STYLE = `html, body, #graphiql { height: 100%; margin: 0; }
noscript { display: block; padding: 1rem; font-family: system-ui, sans-serif; }
`;

/**
 * The browser's part: GraphiQL with a fetcher of our own, so that a subscription sends the Authorization of
 * the headers editor in connectionParams. Every subscription has a socket of its own, for the token may
 * have changed since the last. It is not resumed in silence: whoever explores should see that a socket closed.
 * What is written is kept as long as the browser's tab and no longer: the history has the token, too.
 * `#token=…`, `#query=…` and `#variables=…` in the address fill the editors; a fragment is sent to no server.
 */
export const PAGE_SCRIPT = `'use strict';
(() => {
  const WELCOME = ${JSON.stringify(WELCOME)};
  const KEPT_HEADERS = 'stepdesk:headers';
  const NO_TOKEN = '{\\n  "Authorization": "Bearer "\\n}';

  /** The headers to send, by lower-case name. The editor's "Bearer " without a token counts as no header. */
  function headersOf(given) {
    const entries = Object.entries(given || {}).map(([name, value]) => [name.toLowerCase(), String(value)]);
    return Object.fromEntries(entries.filter(([name, value]) => name !== 'authorization' || !/^\\s*(Bearer)?\\s*$/i.test(value)));
  }

  function isSubscription(document, name) {
    const operations = (document ? document.definitions : []).filter((one) => one.kind === 'OperationDefinition');
    const chosen = operations.find((one) => one.name && one.name.value === name) || operations[0];
    return chosen !== undefined && chosen.operation === 'subscription';
  }

  async function post(request, headers) {
    const response = await fetch('/graphql', {
      method: 'POST',
      headers: { accept: 'application/graphql-response+json, application/json', 'content-type': 'application/json', ...headers },
      body: JSON.stringify(request),
    });
    const text = await response.text();
    try {
      return JSON.parse(text);
    } catch {
      throw new Error('The server answered ' + response.status + ' ' + response.statusText + ': ' + text.slice(0, 500));
    }
  }

  function live(request, headers) {
    return {
      subscribe(sink) {
        const client = graphqlWs.createClient({
          url: location.origin.replace(/^http/, 'ws') + '/graphql',
          connectionParams: headers.authorization ? { authorization: headers.authorization } : {},
          retryAttempts: 0,
        });
        const end = client.subscribe(request, {
          next: (result) => sink.next(result),
          error: (error) => sink.error(problemOf(error)),
          complete: () => sink.complete(),
        });
        return {
          unsubscribe() {
            end();
            client.dispose();
          },
        };
      },
    };
  }

  function problemOf(error) {
    if (!(error instanceof CloseEvent)) return error;
    return { message: 'The socket closed with ' + error.code + (error.reason ? ': ' + error.reason : '.') };
  }

  async function fetcher(request, options) {
    const headers = headersOf(options && options.headers);
    const document = options && options.documentAST;
    return isSubscription(document, request.operationName) ? live(request, headers) : post(request, headers);
  }

  const preset = new URLSearchParams(location.hash.slice(1));
  if (location.hash) history.replaceState(null, '', location.pathname + location.search);
  const token = preset.get('token');
  const headers = token
    ? JSON.stringify({ Authorization: 'Bearer ' + token }, null, 2)
    : sessionStorage.getItem(KEPT_HEADERS) || NO_TOKEN;
  const keepHeaders = (text) => sessionStorage.setItem(KEPT_HEADERS, text);
  keepHeaders(headers);

  ReactDOM.createRoot(document.getElementById('graphiql')).render(
    React.createElement(
      GraphiQL,
      {
        fetcher,
        storage: sessionStorage,
        defaultQuery: WELCOME,
        headers,
        defaultHeaders: headers,
        onEditHeaders: keepHeaders,
        showPersistHeadersSettings: false,
        query: preset.get('query') || undefined,
        variables: preset.get('variables') || undefined,
        defaultEditorToolsVisibility: 'headers',
      },
      React.createElement(GraphiQL.Logo, null, 'Stepdesk'),
    ),
  );
})();
`;
