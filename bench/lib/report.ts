import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Spread, spread } from './numbers.ts';

/** What came of one comparison. */
export interface Finding {
  /** What was done. */
  title: string;
  unit: string;
  lines: { name: string; figures: readonly number[]; note?: string }[];
  aims: Aim[];
}

export interface Aim {
  /** In words, with the figure aimed at. */
  aim: string;
  /** The figure measured. */
  measured: string;
  met: boolean;
}

/** Prints findings as tables, and keeps them as JSON in `bench/results/`. */
export class Report {
  private readonly findings: (Finding & { spreads: Record<string, Spread> })[] = [];

  private readonly workload: string;

  constructor(workload: string) {
    this.workload = workload;
  }

  add(finding: Finding): void {
    const spreads = Object.fromEntries(finding.lines.map(({ name, figures }) => [name, spread(figures)]));
    this.findings.push({ ...finding, spreads });
    const width = Math.max(...finding.lines.map(({ name }) => name.length));
    const base = spread(finding.lines[0]?.figures ?? []).median;
    console.log(`\n${finding.title} (${finding.unit})`);
    for (const { name, figures, note } of finding.lines) {
      const { median, least, most } = spread(figures);
      const range = `${short(least)} – ${short(most)}`;
      console.log(
        `  ${name.padEnd(width)}  ${short(median).padStart(8)}  ${range.padEnd(18)} ×${short(median / base).padEnd(7)} ${note ?? ''}`,
      );
    }
    for (const { aim, measured, met } of finding.aims)
      console.log(`  ${met ? 'met     ' : 'NOT MET '}  ${aim}: ${measured}`);
  }

  write(): void {
    const folder = fileURLToPath(new URL('../results/', import.meta.url));
    mkdirSync(folder, { recursive: true });
    const file = `${folder}${this.workload}-${new Date().toISOString().replaceAll(':', '')}.json`;
    writeFileSync(
      file,
      `${JSON.stringify({ at: new Date(), versions: versions(), findings: this.findings }, null, 2)}\n`,
    );
    console.log(`\n${JSON.stringify(versions())}\nWritten to ${file}`);
  }
}

/** A figure with three digits that count. */
export function short(figure: number): string {
  if (!Number.isFinite(figure)) return '–';
  return Math.abs(figure) >= 100 ? figure.toFixed(0) : figure.toPrecision(3);
}

function versions(): Record<string, string> {
  const of = (name: string) =>
    JSON.parse(readFileSync(new URL(`../node_modules/${name}/package.json`, import.meta.url), 'utf8'))
      .version as string;
  const names = ['ws', 'graphql', 'graphql-ws', 'type-graphql', 'mercurius', 'graphql-redis-subscriptions'];
  return {
    node: process.versions.node,
    commit: execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim(),
    ...Object.fromEntries(names.map((name) => [name, of(name)])),
  };
}
