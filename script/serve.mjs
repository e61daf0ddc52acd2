// Serves dist/ on this machine: node script/serve.mjs [--port N]. Without --port, the first free
// port from 8080 on.
import { parseArgs } from 'node:util';
import { serveFolder } from './server.mjs';

const { values } = parseArgs({ options: { port: { type: 'string' } } });
const wanted = values.port === undefined ? undefined : Number(values.port);
if (wanted !== undefined && !(Number.isInteger(wanted) && wanted >= 0 && wanted < 65536)) {
  console.error(`error: ${values.port} is no port; a port is a number from 0 to 65535`);
  process.exit(1);
}
for (let port = wanted ?? 8080; ; port += 1) {
  try {
    const server = await serveFolder({ folder: 'dist', port });
    console.log(`Perennial is at ${server.url} (stop it with Ctrl-C)`);
    break;
  } catch (error) {
    if (error.code === 'EADDRINUSE' && wanted === undefined && port < 8180) continue;
    console.error(`error: port ${port} cannot be used: ${error.message}`);
    process.exit(1);
  }
}
