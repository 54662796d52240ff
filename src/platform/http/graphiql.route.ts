import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fixedAnswer } from './fixed-answer.js';
import { graphiqlPage, PAGE_SCRIPT, PAGE_STYLE } from './graphiql.page.js';
import type { Routes } from './server.js';

const HTML = 'text/html; charset=utf-8';
const CSS = 'text/css; charset=utf-8';
const SCRIPT = 'text/javascript; charset=utf-8';

/** Nothing from elsewhere and no inline script. GraphiQL sets styles of its own and has its fonts inline. */
const PAGE_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  'font-src data:',
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** The browser bundles that the installed packages bring, in the order in which they are loaded. */
const BUNDLES = [
  ['react', 'umd/react.production.min.js'],
  ['react-dom', 'umd/react-dom.production.min.js'],
  ['graphql-ws', 'umd/graphql-ws.min.js'],
  ['graphiql', 'graphiql.min.js'],
] as const;

/**
 * GraphiQL, without a build step and without the internet. Its last releases with a bundle for browsers are
 * 3 and 4 (5 must be built together with an editor of 100 MB); 3 installs half of what 4 does and looks the same.
 * Every part has a path of its own, so that no path is ever looked up in the file system.
 */
export function graphiqlRoutes(): Routes {
  const routes: Routes = {};
  const part = (name: string, type: string, text: string): string => {
    const print = createHash('sha256').update(text).digest('hex').slice(0, 12);
    const path = `/graphiql/${print}/${name}`;
    routes[path] = fixedAnswer(type, text, { 'cache-control': 'public, max-age=31536000, immutable' });
    return path;
  };
  const styles = [
    part('graphiql.css', CSS, installed('graphiql', 'graphiql.min.css')),
    part('page.css', CSS, PAGE_STYLE),
  ];
  const scripts = [
    ...BUNDLES.map(([name, file]) => part(`${name}.js`, SCRIPT, installed(name, file))),
    part('page.js', SCRIPT, PAGE_SCRIPT),
  ];
  const page = graphiqlPage({ styles, scripts });
  const pageHeaders = { 'cache-control': 'no-cache', 'content-security-policy': PAGE_POLICY };
  return { '/graphiql': fixedAnswer(HTML, page, pageHeaders), ...routes };
}

const { resolve } = createRequire(import.meta.url);

/** A file of an installed package, also one that the package does not export. */
function installed(name: string, file: string): string {
  return readFileSync(join(dirname(resolve(`${name}/package.json`)), file), 'utf8');
}
