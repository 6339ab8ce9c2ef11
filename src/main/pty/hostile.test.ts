import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { Client, eventually, openTerminal, SIZE, snapshotOf } from './testing/open-terminal.ts';

/** What must come back in no answer. */
const PAYLOAD = 'rm -rf evil';
const encoded = Buffer.from(PAYLOAD).toString('hex');
const base64 = Buffer.from(PAYLOAD).toString('base64');

/** Queries that some terminals answer with what the output itself brought. */
const ECHOES = [
  `\x1b]0;${PAYLOAD}\x07\x1b[21t\x1b[20t`,
  `\x1b]2;\n${PAYLOAD}\r\x07\x1b[21t`,
  `\x1bP$q${PAYLOAD}\x1b\\`,
  `\x1bP+q${encoded}\x1b\\`,
  `\x1bP+p${encoded}\x1b\\`,
  `\x1b]52;c;${base64}\x07\x1b]52;c;?\x07`,
  `\x1b]52;p;?\x1b\\`,
  `\x1b]50;?${PAYLOAD}\x07`,
  `\x1b]60;${PAYLOAD}\x07\x1b]61;?\x07`,
  `\x1b]1337;ReportVariable=${base64}\x07`,
  `\x1b]1337;Copy=:${base64}\x07`,
  `\x1b]99;i=${PAYLOAD}:p=?;\x1b\\`,
  `\x1b]633;E;${PAYLOAD};nonce\x07`,
  `\x1b_Gi=31,s=1,v=1,a=q,t=d,f=24;${PAYLOAD}\x1b\\`,
  `\x1b[>0q\x1b[=c\x1b[0x`,
  `\x05\x1b[11t\x1b[13t\x1b[14t\x1b[15t\x1b[16t\x1b[18t\x1b[19t\x1b[22;0t\x1b[23;0t\x1b[8;5;5t`,
  `\x1b]4;1;${PAYLOAD}\x07\x1b]10;${PAYLOAD}\x07\x1b]10;?\x07\x1b]4;${PAYLOAD};?\x07`,
].join('');
/** Queries that programs rely on. */
const QUERIES = '\x1b[c\x1b[>c\x1b[6n\x1b[5n\x1b[?6n\x1b[?2026$p\x1bP$qm\x1b\\';

/** Every answer that the terminal may give by itself: numbers and names that it chose. */
const ANSWER =
  // oxlint-disable-next-line no-control-regex -- escape sequences are what it is about
  /\x1b(?:\[[?>]?[\d;]*(?:[cnR]|\$y)|P[01]\$r[\d;]*(?:[mr]| q|"[pq])?\x1b\\|\](?:4;\d+|1[012]);rgb:[\da-f/]+\x1b\\)/g;

/** Prints the file, then a folder by which the test knows that it was read, and keeps what is typed, by the terminal too, until a full stop. */
const SCRIPT = String.raw`stty raw -echo; cat output; printf 'printed\033]7;file:///printed\007'
while key=$(dd bs=1 count=1 2>/dev/null); [ "$key" != . ]; do printf '%s' "$key"; done >typed; touch done; sleep 100`;

async function answersTo(output: string, { isWatched }: { isWatched: boolean }): Promise<string> {
  await using terminal = openTerminal({ script: `printf '%b' '${escaped(output)}' >output; ${SCRIPT}` });
  terminal.pty.start(SIZE);
  using client = isWatched ? new Client(terminal.pty) : undefined;
  await eventually(() => expect(terminal.folders).toContain('/printed'));
  await client?.sees('printed');
  terminal.pty.write('.');
  await eventually(() => readFileSync(join(terminal.home, 'done')));
  return readFileSync(join(terminal.home, 'typed'), 'latin1');
}

function escaped(output: string): string {
  return Array.from(Buffer.from(output), (byte) => `\\0${byte.toString(8)}`).join('');
}

describe.each([
  ['watched by a window', true],
  ['watched by nobody', false],
])('a terminal %s', (_, isWatched) => {
  it('answers hostile queries with nothing that they brought', async () => {
    const answers = await answersTo(ECHOES, { isWatched });
    expect(answers).not.toMatch(/evil|[\r\n]/);
    expect(answers.replaceAll(ANSWER, '')).toBe('');
  });

  it('answers what programs ask', async () => {
    const answers = await answersTo(QUERIES, { isWatched });
    expect(answers.match(ANSWER)?.length).toBeGreaterThanOrEqual(6);
    expect(answers.replaceAll(ANSWER, '')).toBe('');
  });
});

it('answers nothing to what was restored, and types nothing into the shell', async () => {
  const text = `restored ${ECHOES}${QUERIES}`;
  await using terminal = openTerminal({
    readRestored: () => ({ text, savedAt: Date.now() }),
    script: String.raw`stty raw -echo min 0 time 5; dd bs=1000 count=1 2>/dev/null | od -c >typed; touch done; sleep 100`,
  });
  terminal.pty.start(SIZE);
  using client = new Client(terminal.pty);
  await client.sees('restored');
  await eventually(() => readFileSync(join(terminal.home, 'done')));
  expect(readFileSync(join(terminal.home, 'typed'), 'utf8').trim()).toBe('0000000');
  expect(client.answers).toEqual([]);
});

it('stays alive and small through strings of a hundred megabytes', { timeout: 60_000 }, async () => {
  await using terminal = openTerminal({
    script: String.raw`for start in ']1337;File=inline=1:' ']52;c;' 'Pq' '_G'; do
      printf '\033%s' "$start"; head -c 25000000 /dev/zero | tr '\0' A; printf '\033\\.'
    done; printf 'alive\033]7;file:///printed\007'; sleep 100`,
  });
  terminal.pty.start(SIZE);
  using client = new Client(terminal.pty);
  await vi.waitFor(() => expect(terminal.folders).toContain('/printed'), { timeout: 60_000 });
  await client.sees('....alive');
  expect(client.receivedBytes).toBeLessThan(1_000_000);
});

it('shows a client that comes in the middle of a string nothing of the string', async () => {
  await using terminal = openTerminal({
    script: String.raw`printf 'before\033]0;title '; head -c 20000 /dev/zero | tr '\0' A; read x; printf 'A\007after'; read x`,
  });
  terminal.pty.start(SIZE);
  await eventually(async () => expect(await snapshotOf(terminal.pty)).toContain('before'));
  using client = new Client(terminal.pty);
  await client.sees('before');
  terminal.pty.write('\r');
  await client.sees(/^beforeafter$/);
});

it('survives what xterm fails at', async () => {
  await using terminal = openTerminal({
    script: String.raw`printf '\033[999;999H\033[1J'; read x; printf '\033[Halive-%s' $((40+2)); read x`,
  });
  terminal.pty.start(SIZE);
  terminal.pty.write('\r');
  await eventually(async () => expect(await snapshotOf(terminal.pty)).toContain('alive-42'));
});
