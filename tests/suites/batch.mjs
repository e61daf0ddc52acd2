// The batch example as the suites use it: bytes in, what the importer read out.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

let program;
const build = () => {
  const messages = execFileSync('cargo', ['build', '--quiet', '--no-default-features', '--example', 'batch', '--message-format=json'], {
    encoding: 'utf8', maxBuffer: 1 << 28, stdio: ['ignore', 'pipe', 'inherit'],
  });
  const built = messages.split('\n').filter((line) => line.startsWith('{')).map((line) => JSON.parse(line));
  return built.find((message) => message.target?.name === 'batch' && message.executable).executable;
};

const folder = mkdtempSync(join(tmpdir(), 'perennial-suites-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

/** What `batch --table` prints for a file of these bytes. */
export const table = (bytes, ending = 'csv') => {
  program ??= build();
  const file = join(folder, `file.${ending}`);
  writeFileSync(file, bytes);
  const { stdout, stderr, signal } = spawnSync(program, ['--table', file], { encoding: 'utf8', maxBuffer: 1 << 28 });
  try {
    return JSON.parse(stdout);
  } catch {
    throw new Error(`no JSON (${signal ?? ''}): ${stdout.slice(0, 300)}${stderr.slice(0, 300)}`);
  }
};

/** What `batch` prints for a project file's text and order files, each a name and its bytes. */
export const report = (project, orders) => {
  program ??= build();
  const put = (name, content) => {
    const file = join(folder, name);
    writeFileSync(file, content);
    return file;
  };
  const given = [put('project.ltv.json', project), ...orders.map(([name, content]) => put(name, content))];
  return JSON.parse(execFileSync(program, given, { encoding: 'utf8', maxBuffer: 1 << 28, stdio: ['ignore', 'pipe', 'inherit'] }));
};

/** A table as CSV by RFC 4180. */
export const csv = (rows) => rows.map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')).join('\r\n') + '\r\n';
