import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createCore } from '../core.ts';
import { openHome } from '../home.ts';
import { serveWeb } from './serve.ts';

/** Starts the web host: one JSON line with the address on stdout when ready, then serves until SIGTERM or SIGINT. */
async function main(): Promise<void> {
  const port = parsePort(process.argv.slice(2));
  await using resources = new AsyncDisposableStack();
  const core = resources.use(
    await createCore({
      home: openHome(process.env),
      environment: process.env,
      hostKind: 'web',
      effects: { windows: { show: (id) => host.expectPage(id) } },
    }),
  );
  const host = resources.use(await serveWeb(core, join(import.meta.dirname, '../renderer'), port));
  const { promise: stopped, resolve: stop } = Promise.withResolvers<void>();
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.once(signal, () => stop());
  console.log(JSON.stringify({ url: host.url }));
  await stopped;
}

function parsePort(args: string[]): number {
  const { values } = parseArgs({ args, options: { port: { type: 'string', default: '0' } } });
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new Error(`--port takes a number from 0 (any free port) to 65535, not ${values.port}.`);
  }
  return port;
}

function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if ('code' in error && error.code === 'EADDRINUSE') {
    return 'The port is in use by another program. Choose another with --port N, or --port 0 for any free one.';
  }
  return error.message;
}

try {
  await main();
  process.exit(0);
} catch (error) {
  console.error(explain(error));
  process.exit(1);
}
