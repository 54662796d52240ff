import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

// Runs a workload, or all: `npm run bench [name]`. Installs what the peers need the first time.
const here = fileURLToPath(new URL('.', import.meta.url));
const names = readdirSync(`${here}workloads`).map((file) => file.replace(/\.ts$/, ''));
const asked = process.argv.slice(2).filter((word) => !word.startsWith('-'));
const unknown = asked.filter((name) => !names.includes(name.split(':')[0]));
if (unknown.length > 0) {
  console.error(`No such workload: ${unknown.join(', ')}. There are: ${names.join(', ')}`);
  process.exit(1);
}
if (!existsSync(`${here}node_modules`)) {
  console.log('Installing what is measured beside the desk ...');
  const { status } = spawnSync('npm', ['ci', '--loglevel=error'], {
    cwd: here,
    stdio: 'inherit',
    shell: true,
  });
  if (status !== 0) process.exit(status ?? 1);
}
for (const name of asked.length > 0 ? asked : names) {
  const [workload, part] = name.split(':');
  const { run } = await import(`./workloads/${workload}.ts`);
  await run(part);
}
process.exit(0);
