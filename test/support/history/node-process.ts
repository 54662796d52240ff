import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

/** A node of the desk as a process of its own, which can be killed without a goodbye. */
export class NodeProcess {
  /** Set before the process is killed: whoever meets its end knows why. */
  killed = false;

  private constructor(
    private readonly child: ChildProcess,
    readonly url: string,
    /** What it had to say about what went wrong. */
    readonly complaints: string[],
  ) {}

  /** Starts what `npm start` starts, on any free port; resolves once it answers. */
  static async start(env: Record<string, string>): Promise<NodeProcess> {
    const child = spawn(process.execPath, ['--enable-source-maps', 'dist/main.js'], {
      env: { ...env, PORT: '0' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const complaints: string[] = [];
    child.stderr?.on('data', (text) => complaints.push(String(text)));
    const url = await new Promise<string>((resolve, reject) => {
      let said = '';
      child.stdout?.on('data', (text) => {
        said += text;
        const found = /Stepdesk answers at (\S+)/.exec(said);
        if (found) resolve(found[1] as string);
        for (const line of String(text).split('\n'))
          if (/"level":(50|60|"error"|"fatal")/.test(line)) complaints.push(line);
      });
      child.once('exit', (code) => reject(new Error(`The node ended with ${code}: ${said}${complaints}`)));
    });
    return new NodeProcess(child, url, complaints);
  }

  /** SIGKILL: what it was doing is cut off where it is. */
  kill(): Promise<void> {
    this.killed = true;
    return this.end('SIGKILL');
  }

  stop(): Promise<void> {
    return this.end('SIGTERM');
  }

  private async end(signal: NodeJS.Signals): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const ended = once(this.child, 'exit');
    this.child.kill(signal);
    await ended;
  }
}

/** The nodes of a desk, one of which may be away. */
export class Nodes {
  private constructor(
    private readonly env: Record<string, string>,
    readonly all: NodeProcess[],
  ) {}

  static async start(count: number, env: Record<string, string>): Promise<Nodes> {
    return new Nodes(env, await Promise.all(Array.from({ length: count }, () => NodeProcess.start(env))));
  }

  /** Any node that runs. */
  any(): NodeProcess {
    const running = this.all.filter(({ killed }) => !killed);
    return running[Math.floor(Math.random() * running.length)] as NodeProcess;
  }

  /** Puts a new node in the place of one that was killed. */
  async replace(index: number): Promise<void> {
    this.all[index] = await NodeProcess.start(this.env);
  }

  async stop(): Promise<void> {
    await Promise.all(this.all.map((node) => node.stop()));
  }
}
