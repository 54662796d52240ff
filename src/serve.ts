import { type App, start } from './app.js';
import { Role } from './platform/auth/viewer.js';
import type { Config } from './platform/config.js';
import { hasLocalMailbox } from './platform/mail/outbox.js';
import { demoPerson } from './seed/demo.people.js';

/** Runs a node until it is told to stop: what `npm start` and `stepdesk serve` do. */
export async function serve(config: Config): Promise<void> {
  const app = await start(config);
  process.stdout.write(`\nStepdesk answers at ${app.url}\n\n`);
  const local = hasLocalMailbox(app);
  for (const [path, what] of PAGES.filter(([path]) => local || path !== '/mailbox'))
    process.stdout.write(`  ${`${app.url}${path}`.padEnd(36)} ${what}
`);
  if (config.demo && !config.jwt.jwksUrl) await printTokens(app);
  let stopping = false;
  const stop = (signal: string) => {
    if (stopping) return;
    stopping = true;
    app.desk.log.info({ signal }, 'Stopping');
    app.stop().then(
      () => process.exit(0),
      (error) => {
        app.desk.log.error({ err: error }, 'Could not stop cleanly');
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', () => stop('SIGTERM'));
  process.on('SIGINT', () => stop('SIGINT'));
}

const PAGES = [
  ['/graphql', 'the API, and Apollo Sandbox in a browser'],
  ['/graphiql', 'GraphiQL, which needs no internet'],
  ['/mailbox', 'mail that the desk has sent'],
  ['/readyz', 'whether it is ready'],
];

async function printTokens({ tokens, url }: App): Promise<void> {
  process.stdout.write('\nTokens for the demo, for the header  Authorization: Bearer <token>\n\n');
  for (const role of Object.values(Role)) {
    const email = demoPerson(role);
    if (email) process.stdout.write(`${role} (${email})\n${await tokens.sign(email, '7 days')}\n\n`);
  }
  const agent = await tokens.sign(demoPerson(Role.AGENT) as string, '7 days');
  process.stdout.write(`GraphiQL, signed in as the agent:\n${url}/graphiql#token=${agent}\n\n`);
}
