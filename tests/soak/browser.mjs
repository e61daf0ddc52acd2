// A browser of its own process group on a profile folder, so that it can be killed as a crash or a
// power switch would: all of it, only its renderers, or only the page.
import { spawn } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { chromium } from 'playwright-core';

const args = [
  '--headless=new', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-dev-shm-usage',
  '--disable-background-networking', '--disable-component-update', '--disable-sync', '--hide-crash-restore-bubble',
  '--noerrdialogs', '--disable-breakpad', '--remote-debugging-port=0', '--js-flags=--expose-gc',
  '--enable-precise-memory-info', 'about:blank',
];

/** Every 50 ms, until something is found or 30 s are over. */
export async function until(look, what) {
  for (const end = Date.now() + 30_000; Date.now() < end; await pause(50)) {
    const found = await look();
    if (found) return found;
  }
  throw new Error(`${what}: not after 30 s`);
}

// Ends as a program does, so that what it started ends too.
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(1));

export class Browser {
  /** Starts on a profile folder. */
  static async start(folder) {
    const port = join(folder, 'DevToolsActivePort');
    await rm(port, { force: true });
    const child = spawn(process.env.CHROME ?? '/usr/bin/chromium', [`--user-data-dir=${folder}`, ...args], {
      detached: true, stdio: 'ignore',
    });
    process.on('exit', () => {
      try {
        process.kill(-child.pid, 'SIGKILL');
      } catch {
        // It is gone already.
      }
    });
    const gone = new Promise((resolve) => child.once('exit', resolve));
    const lines = await until(async () => (await readFile(port, 'utf8').catch(() => '')).split('\n')[1] && readFile(port, 'utf8'), 'the browser starts');
    const connection = await chromium.connectOverCDP(`http://127.0.0.1:${lines.split('\n')[0]}`);
    const self = new Browser();
    Object.assign(self, { child, gone, connection, context: connection.contexts()[0], session: await connection.newBrowserCDPSession() });
    return self;
  }

  async pids(type) {
    const { processInfo } = await this.session.send('SystemInfo.getProcessInfo');
    return processInfo.filter((each) => each.type === type).map((each) => each.id);
  }

  /** SIGKILL to the whole group. */
  async kill() {
    try {
      process.kill(-this.child.pid, 'SIGKILL');
    } catch {
      // It is gone already.
    }
    await this.gone;
    await this.connection.close().catch(() => {});
  }

  /** SIGKILL to the processes that run pages. */
  async killRenderers() {
    for (const pid of await this.pids('renderer')) {
      try {
        process.kill(pid, 'SIGKILL');
      } catch {
        // It ended by itself.
      }
    }
  }
}
