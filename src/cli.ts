#!/usr/bin/env node
import { Command, InvalidArgumentError, Option } from 'commander';
import { closeDesk, openDesk } from './app.js';
import { systemContext } from './modules/directory/identity.service.js';
import { importCommand } from './modules/import/import.command.js';
import { tokensFor } from './platform/auth/secret.js';
import { Role } from './platform/auth/viewer.js';
import { deskVersion, loadConfig } from './platform/config.js';
import type { Context } from './platform/context.js';
import { PlainError, plainly } from './platform/plainly.js';
import { seedAdmin, seedDemo } from './seed/demo.js';
import { demoPerson } from './seed/demo.people.js';
import { serve } from './serve.js';

/** The command line. Configuration comes from the environment (see README.md), as for `npm start`. */
const program = new Command('stepdesk')
  .description('A support desk whose tickets follow a process.')
  .version(deskVersion)
  .showHelpAfterError();

const config = () => loadConfig(process.env);

/** Opens the desk for the time of a command. */
async function withDesk(work: (ctx: Context) => Promise<void>): Promise<void> {
  const desk = await openDesk(config());
  try {
    await work(systemContext(desk));
  } finally {
    await closeDesk(desk);
  }
}

program
  .command('serve')
  .description('Runs the desk until it is stopped, as npm start does.')
  .action(() => serve(config()));

program
  .command('migrate')
  .description(
    'Brings the schema up to date, grants the role that serves what it needs (MIGRATION_DATABASE_URL), and publishes the shipped processes. Serving does it too.',
  )
  .action(() => withDesk(async () => void process.stdout.write('The schema is up to date.\n')));

program
  .command('seed')
  .description("Makes the demo's people, teams and tickets; or, with --admin, just one administrator.")
  .option('--admin <email>', 'make this administrator and nothing else')
  .option('--name <name>', "the administrator's name", 'Administrator')
  .action((options: { admin?: string; name: string }) =>
    withDesk(async (ctx) => {
      if (options.admin) await seedAdmin(ctx, options.admin, options.name, Role.ADMIN);
      else await seedDemo(ctx);
      process.stdout.write('Done.\n');
    }),
  );

program
  .command('token')
  .description('Prints a bearer token and nothing else. Works while the desk runs.')
  .addOption(
    new Option('--role <role>', "for the demo's person with this role")
      .choices(Object.values(Role))
      .conflicts('as'),
  )
  .option('--as <email>', 'for the person with this address')
  .option('--expires <time>', 'how long it is good for: 2h, 7 days …', lifetime, '7 days')
  .action(async (options: { role?: Role; as?: string; expires: string }) => {
    const subject = options.as ?? (options.role && demoPerson(options.role));
    if (!subject) throw new PlainError('Say for whom: --role ROLE (of the demo) or --as EMAIL.');
    if (options.as && !options.as.includes('@')) throw new PlainError('--as takes an e-mail address.');
    process.stdout.write(`${await tokensFor(config()).sign(subject, options.expires)}\n`);
  });

program
  .command('import')
  .description(
    'Loads tickets of another desk from a CSV file, with their history. Running it again adds nothing.',
  )
  .argument('<file>', 'the CSV file')
  .option(
    '--rejects <file>',
    'where rows are reported that could not be taken whole (default: beside the file)',
  )
  .action((file: string, options: { rejects?: string }) =>
    withDesk((ctx) => importCommand(ctx, file, options)),
  );

function lifetime(text: string): string {
  if (/^\d+ ?(s|m|h|d|w|y|sec|secs|seconds?|min|mins|minutes?|hours?|days?|weeks?|years?)$/.test(text))
    return text;
  throw new InvalidArgumentError('Say a number and a unit: 30 minutes, 2h, 7 days.');
}

await plainly(async () => void (await program.parseAsync()));
