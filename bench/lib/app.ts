import { chromium, type Browser } from '@playwright/test';
import { ulid } from 'ulid';
import { openArchive } from '../../src/main/archive/open-archive.ts';
import { messageId, sessionId, turnId, type SessionId } from '../../src/shared/ids.ts';
import { OFFLINE_GUIDE, type ModelReference } from '../../src/shared/models.ts';
import { TemporaryHome } from '../../tests/e2e/harness/home.ts';

/** Lines of each stored screen, coloured as a build's output is. */
const SCREEN_LINES = 5_000;
const MESSAGES = 40;

/** The last line of every stored screen. */
export const LAST_LINE = 'the last line of this screen';

export const storedScreen = `${Array.from(
  { length: SCREEN_LINES },
  (_, line) =>
    `\x1b[32m✓\x1b[0m src/part-${line}.test.ts \x1b[90m(${line % 40} tests)\x1b[0m \x1b[33m${line}ms\x1b[0m\r\n`,
).join('')}${LAST_LINE}\r\n`;

export function launchBrowser(): Promise<Browser> {
  const executablePath = process.env['CARREL_CHROMIUM'] ?? '/usr/bin/chromium';
  return chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--disable-quic'] });
}

/** A home whose archive holds this many open tabs, each with a full screen and a conversation, and the model as its default. */
export function homeWithTabs(
  count: number,
  { settings = '', model = OFFLINE_GUIDE }: { settings?: string; model?: ModelReference } = {},
): TemporaryHome {
  const home = new TemporaryHome(settings);
  const opened = openArchive(home.archive);
  if (opened.status !== 'ready') throw new Error('A fresh archive is ready');
  using archive = opened.archive;
  for (let position = 0; position < count; position += 1) {
    const id = sessionId.parse(ulid());
    archive.insertSession({
      id,
      title: `tab ${position}`,
      position,
      cwd: home.userFolder,
      shell: '/bin/bash',
      defaults: { model, mode: 'code', modeModels: {} },
      profile: '',
      colour: '',
      isPinned: false,
      draft: '',
      isUnread: false,
      openedAt: position,
      usedAt: position,
    });
    archive.saveScrollback(id, { text: storedScreen, savedAt: Date.now() });
    for (let sequence = 1; sequence <= MESSAGES; sequence += 1)
      archive.saveMessage(storedMessage(id, sequence));
  }
  return home;
}

function storedMessage(session: SessionId, sequence: number) {
  return {
    id: messageId.parse(ulid()),
    sessionId: session,
    turnId: turnId.parse(ulid()),
    sequence,
    role: sequence % 2 === 1 ? ('user' as const) : ('assistant' as const),
    parts: [{ type: 'text' as const, text: 'A paragraph of an earlier answer. '.repeat(20) }],
    model: 'offline/guide' as const,
    mode: 'code',
    status: 'complete' as const,
    createdAt: sequence,
  };
}
