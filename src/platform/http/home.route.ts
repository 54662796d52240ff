import { FIRST_MUTATION, FIRST_QUERY, FIRST_SUBSCRIPTION, PROCESSES_QUERY } from './first-operations.js';
import { fixedAnswer } from './fixed-answer.js';
import type { Handler } from './respond.js';

const HEADERS = {
  'cache-control': 'no-cache',
  'content-security-policy':
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
};

const STYLE = `
:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }
body { max-width: 46rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; }
h1 { margin: 0; }
h2 { font-size: 1.15rem; margin: 2rem 0 .5rem; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .35rem 1rem; margin: 0; }
dd { margin: 0; }
pre { border: 1px solid GrayText; border-radius: .5rem; padding: .75rem 1rem; overflow-x: auto; }
code { font-family: ui-monospace, monospace; }
footer { margin-top: 3rem; font-size: .875rem; }`;

interface HomeOptions {
  /** Whether the demo's people and mailbox are there. */
  demo: boolean;
  version: string;
  /** The processes that the desk begins with. */
  processes: readonly { key: string; name: string; steps: readonly unknown[] }[];
}

/** The front page: what this is, where things are, and the first steps. No script, nothing loaded. */
export function homeRoute(options: HomeOptions): Handler {
  return fixedAnswer('text/html; charset=utf-8', homePage(options), HEADERS);
}

function homePage({ demo, version, processes }: HomeOptions): string {
  const places = [
    ['/graphiql', 'GraphiQL: write and run operations here, subscriptions too. Needs no internet.'],
    [
      '/graphql',
      'The API, for HTTP and WebSocket (<code>graphql-transport-ws</code>). In a browser: Apollo Sandbox.',
    ],
    ...(demo ? [['/mailbox', 'The mail that this demo desk sent. None of it left the machine.']] : []),
    ['/healthz', 'Whether the process lives.'],
    ['/readyz', 'Whether it should be given requests.'],
  ];
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Stepdesk</title>
<link rel="icon" href="data:,">
<style>${STYLE}</style>
</head>
<body>
<header>
<h1>Stepdesk</h1>
<p>A support desk whose tickets follow a process: steps, approvals, escalations, surveys and reports, as a GraphQL API with subscriptions that can be resumed without a gap.</p>
</header>
<main>
<nav aria-labelledby="places">
<h2 id="places">Where things are</h2>
<dl>
${places.map(([path, what]) => `<dt><a href="${path}">${path}</a></dt><dd>${what}</dd>`).join('\n')}
</dl>
</nav>
<section aria-labelledby="token">
<h2 id="token">Get a token</h2>
${demo ? DEMO_TOKEN : OWN_TOKEN}
<p>Send it as the header <code>Authorization: Bearer …</code>; over WebSocket, as <code>authorization</code> in <code>connectionParams</code>.</p>
</section>
<section aria-labelledby="query">
<h2 id="query">Ask something</h2>
<p>Open it in ${graphiql(FIRST_QUERY)}, with the token under “Headers”.</p>
${code('A first query', FIRST_QUERY)}
</section>
<section aria-labelledby="subscription">
<h2 id="subscription">Listen</h2>
<p>Open this in ${graphiql(FIRST_SUBSCRIPTION)}. It tells how things stand, and goes on to tell what changes.</p>
${code('A first subscription', FIRST_SUBSCRIPTION)}
<p>Then, in another tab of ${graphiql(FIRST_MUTATION)}, have something happen:</p>
${code('A first mutation', FIRST_MUTATION)}
</section>
<section aria-labelledby="processes">
<h2 id="processes">What tickets can follow</h2>
<dl>
${processes.map(({ key, name, steps }) => `<dt><code>${key}</code></dt><dd>${name}, ${steps.length} steps</dd>`).join('\n')}
</dl>
<p>${graphiql(PROCESSES_QUERY)} shows them step by step; <code>startRun</code> begins one on a ticket.</p>
</section>
</main>
<footer>Stepdesk ${version}${demo ? ' · demo' : ''}</footer>
</body>
</html>
`;
}

/** A link to GraphiQL that brings an operation along. */
function graphiql(operation: string): string {
  return `<a href="/graphiql#query=${encodeURIComponent(operation)}">GraphiQL</a>`;
}

function code(what: string, text: string): string {
  return `<pre tabindex="0" aria-label="${what}"><code>${text}</code></pre>`;
}

const DEMO_TOKEN = `<p>In the folder of the desk, while it runs:</p>
${code('Command for a token', 'npm run -s stepdesk -- token --role AGENT')}
<p>Other roles: <code>CUSTOMER</code>, <code>TEAM_LEAD</code>, <code>QA_MANAGER</code>, <code>MANAGER</code>, <code>ADMIN</code>. The desk also printed a token for each when it started.</p>`;

const OWN_TOKEN = `<p>From your identity provider; or, where the desk signs tokens itself, in its folder:</p>
${code('Command for a token', 'npm run -s stepdesk -- token --as you@example.com')}`;
