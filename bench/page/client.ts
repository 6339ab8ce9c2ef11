import { UnicodeGraphemesAddon } from '@xterm/addon-unicode-graphemes';
import { Terminal } from '@xterm/xterm';
import '@xterm/xterm/css/xterm.css';
import { createTerminalOutput } from '../../src/renderer/features/terminal/terminal-output.ts';

const terminal = new Terminal({ cols: 120, rows: 40, scrollback: 1000, allowProposedApi: true });
const container = document.querySelector<HTMLElement>('#terminal');
if (!container) throw new Error('The page has no place for the terminal');
terminal.loadAddon(new UnicodeGraphemesAddon());
terminal.open(container);

const socket = new WebSocket(`ws://${location.host}`);
socket.binaryType = 'arraybuffer';
const send = (message: unknown) => socket.send(JSON.stringify(message));
const acknowledge = (acknowledged: number, drawnInMs = 0) => send({ acknowledged, drawnInMs });

const receivers: Readonly<Record<string, () => (kind: 'data', bytes: Uint8Array) => void>> = {
  '?carrel': () => createTerminalOutput(terminal, acknowledge).receive,
  '?no-flow-control': unlimited,
};
const receive = (receivers[location.search] ?? fixedCount)();

/** Acknowledges each 5000 characters that are drawn, as VS Code does. */
function fixedCount() {
  let drawn = 0;
  return (_: 'data', bytes: Uint8Array) =>
    terminal.write(bytes, () => {
      drawn += bytes.length;
      if (drawn < 5000) return;
      acknowledge(drawn);
      drawn = 0;
    });
}

/** Acknowledges nothing. A queue of its own, because xterm throws away what waits for it beyond 50 MB. */
function unlimited() {
  const waiting: Uint8Array[] = [];
  let isBusy = false;
  const next = () => {
    const bytes = waiting.shift();
    isBusy = bytes !== undefined;
    if (bytes) terminal.write(bytes, next);
  };
  return (_: 'data', bytes: Uint8Array) => {
    waiting.push(bytes);
    if (!isBusy) next();
  };
}

socket.addEventListener('message', ({ data }: MessageEvent<ArrayBuffer>) =>
  receive('data', new Uint8Array(data)),
);

/** The flood's last bytes are on the screen. */
let isOver = () => send({ done: true });
terminal.parser.registerOscHandler(5379, () => {
  isOver();
  return true;
});

/** Presses Ctrl-C and gives the milliseconds until what the program prints at its end is in a frame. */
async function interrupt(): Promise<number> {
  const startedAt = performance.now();
  await new Promise<void>((resolve) => {
    isOver = resolve;
    terminal.input('\u0003', true);
  });
  await new Promise(requestAnimationFrame);
  return performance.now() - startedAt;
}

terminal.onData((key) => send({ key }));

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Types keys, each after the echo of the one before, and gives the milliseconds from key to echo on the screen. */
async function typeKeys(count: number): Promise<number[]> {
  const delays: number[] = [];
  while (!terminal.buffer.active.getLine(0)?.translateToString().startsWith('ready')) await pause(5);
  for (let number = 0; number < count; number += 1) {
    // Pauses of different lengths, so that no batch timer is always met at the same point.
    await pause(4 + ((number * 7) % 11));
    const startedAt = performance.now();
    await new Promise<void>((resolve) => {
      const listener = terminal.onWriteParsed(() => {
        listener.dispose();
        resolve();
      });
      terminal.input('k', true);
    });
    delays.push(performance.now() - startedAt);
  }
  return delays;
}

/** Opens this many terminals, as an app does that brings every tab back at once, and gives the milliseconds until all have drawn the text. */
async function drawAtOnce(text: string, count: number): Promise<number> {
  const startedAt = performance.now();
  const drawn = Array.from({ length: count }, () => {
    const place = document.body.appendChild(document.createElement('div'));
    const one = new Terminal({ cols: 120, rows: 40, scrollback: 5000 });
    one.open(place);
    return new Promise<void>((resolve) => one.write(text, resolve));
  });
  await Promise.all(drawn);
  return performance.now() - startedAt;
}

socket.addEventListener('open', () => Object.assign(globalThis, { typeKeys, interrupt, drawAtOnce }));
