import { ConfigError } from './config.js';
import { DataFolderHeld } from './database/data-folder.js';
import { DomainError } from './errors.js';

/** Something a person at the terminal can mend. Printed without a stack. */
export class PlainError extends Error {}

/** Runs a command. What the person can mend is said in a sentence; anything else with its stack. Exits with 1 either way. */
export async function plainly(command: () => Promise<void>): Promise<void> {
  try {
    await command();
  } catch (error) {
    const plain = [ConfigError, DataFolderHeld, DomainError, PlainError].some(
      (kind) => error instanceof kind,
    );
    const text =
      error instanceof Error ? (plain ? error.message : (error.stack ?? error.message)) : String(error);
    process.stderr.write(`${hint(error) ?? text}\n`);
    process.exit(1);
  }
}

function hint(error: unknown): string | null {
  const code = (error as NodeJS.ErrnoException).code;
  const { address, port } = error as { address?: string; port?: number };
  if (code === 'EADDRINUSE') return `Something listens on ${address}:${port} already: stop it, or set PORT.`;
  if (code === 'ECONNREFUSED')
    return `Nothing answers at ${address}:${port}: is DATABASE_URL right and the server running?`;
  return null;
}
