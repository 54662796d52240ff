import { type Logger, pino } from 'pino';
import type { Config } from './config.js';

export type Log = Logger;

/** Structured logs, one JSON object a line, to standard error: standard output belongs to what a command answers. */
export function createLog(config: Pick<Config, 'logLevel'>): Log {
  return pino(
    {
      level: config.logLevel,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (level) => ({ level }) },
      redact: ['token', 'authorization', '*.token', '*.authorization'],
    },
    pino.destination({ fd: 2, sync: true }),
  );
}
