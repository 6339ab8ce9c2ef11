import type { FromTerminals, ToTerminals } from './messages.ts';
import { serveTerminals } from './serve-terminals.ts';
import { warmUp } from './warm-up.ts';

/** What Electron gives a utility process in place of Node's channel. */
type ParentPort = {
  on(event: 'message', listener: (event: { data: ToTerminals }) => void): void;
  postMessage(message: FromTerminals): void;
};

const { parentPort } = process as unknown as { parentPort?: ParentPort };

const terminals = serveTerminals((message) =>
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- no window's
  parentPort ? parentPort.postMessage(message) : process.send?.(message, undefined, undefined, () => {}),
);

// The app's to decide: Ctrl-C in the terminal that it was started from reaches every process.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {});

if (parentPort) parentPort.on('message', ({ data }) => terminals.receive(data));
else {
  process.on('message', (message) => terminals.receive(message as ToTerminals));
  process.once('disconnect', () => void terminals[Symbol.asyncDispose]().then(() => process.exit()));
}

void warmUp();
