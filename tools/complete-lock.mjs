import { readFileSync, writeFileSync } from 'node:fs';

/**
 * Completes package-lock.json after an install: `npm run lock`. npm leaves optional packages for other
 * platforms out of the lock where the registry at hand lacks them, and `npm ci` then refuses the lock on
 * every platform. What each package asks for is known from its own entry, so it is written from there.
 */
const FILE = 'package-lock.json';
const PLATFORM =
  /-(android|darwin|linux|win32|freebsd|openharmony)-(arm64|x64|arm|ia32|ppc64|s390x|loong64|riscv64)(?:-(\w+))?$/;

const lock = JSON.parse(readFileSync(FILE, 'utf8'));
for (const [path, entry] of Object.entries(lock.packages))
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    const place = `node_modules/${name}`;
    const [, os, cpu, variant] = PLATFORM.exec(name) ?? [];
    if (!os || lock.packages[place] || lock.packages[`${path}/${place}`]) continue;
    lock.packages[place] = {
      version,
      cpu: [cpu],
      ...(entry.dev ? { dev: true } : {}),
      optional: true,
      os: [os],
      ...(os === 'linux' && variant ? { libc: [variant.includes('musl') ? 'musl' : 'glibc'] } : {}),
    };
  }
const { '': root, ...rest } = lock.packages;
const sorted = Object.entries(rest).sort(([a], [b]) => a.localeCompare(b, 'en'));
lock.packages = { '': root, ...Object.fromEntries(sorted) };
writeFileSync(FILE, `${JSON.stringify(lock, null, 2)}\n`);
