import { Mirror } from '../mirror.ts';

/** Lines as programs print them: text, colours, characters of several bytes. */
const SAMPLE = Array.from(
  { length: 100 },
  (_, line) =>
    `\x1b[32m✓\x1b[0m part-${line} \x1b[38;5;208mplain text\x1b[0m of a line, \x1b[1;44m漢字 🙂\x1b[m\r\n`,
).join('');
const ROUNDS = 20;

/** Has the engine compile what draws a screen, so that the first one comes as soon as later ones. Other work goes between. */
export async function warmUp(): Promise<void> {
  const ignore = () => {};
  const size = { columns: 120, rows: 40 };
  using mirror = new Mirror({
    size,
    scrollback: 1000,
    onAnswer: ignore,
    onMark: ignore,
    onFolderUrl: ignore,
  });
  const bytes = new TextEncoder().encode(SAMPLE);
  for (let round = 0; round < ROUNDS; round += 1) {
    const { promise, resolve } = Promise.withResolvers<void>();
    mirror.write(bytes, { isAnswering: false, onParsed: resolve });
    await promise;
    if (round % 5 === 4) mirror.snapshot(100 * round);
  }
}
