import { idle } from '../fanout/idle.ts';
import { oneMatch } from '../fanout/one-match.ts';
import { sameOperation } from '../fanout/same-operation.ts';
import { scopes } from '../fanout/scopes.ts';
import { inSetting } from '../fanout/setting.ts';
import { twoNodes } from '../fanout/two-nodes.ts';
import { Report } from '../lib/report.ts';

const parts = { same: sameOperation, match: oneMatch, scopes, idle, nodes: twoNodes };

/** Live delivery beside its peers. @param only one part: `npm run bench fanout:same` */
export async function run(only?: string): Promise<void> {
  const report = new Report('fanout');
  for (const [name, part] of Object.entries(parts))
    if (only === undefined || only === name) await inSetting(report, part);
  report.write();
}
