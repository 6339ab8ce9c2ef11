import { ulid } from 'ulid';
import type { Message } from '../../../shared/agent.ts';
import type { Snapshot, TerminalSettings } from '../../../shared/app.ts';
import type { CarrelEvent, EventEnvelope } from '../../../shared/contract.ts';
import type { MessageId, PaneId, SessionId, TurnId } from '../../../shared/ids.ts';
import { MAIN_WINDOW } from '../../../shared/ids.ts';
import type { Session } from '../../../shared/session.ts';

export const sampleTerminal: TerminalSettings = {
  theme: 'Carrel',
  fontFamily: 'Menlo',
  fontSize: 13,
  fontWeight: 400,
  fontWeightBold: 700,
  lineHeight: 1.54,
  letterSpacing: 0,
  minimumContrast: 4.5,
  ligatures: false,
  scrollback: 5000,
  scrollSpeed: 1,
  smoothScrolling: false,
  cursorStyle: 'bar',
  cursorInactiveStyle: 'outline',
  cursorBlink: false,
  bell: 'visual',
  progress: true,
  images: true,
  copyOnSelect: false,
  middleClickPaste: true,
  pasteAsksAbout: ['lines', 'sudo'],
  rightClick: 'menu',
  wordSeparators: ' ',
  screenReader: 'auto',
};

/** An idle session; what a test is about is given in `changes`. */
export function sampleSession(changes: Partial<Session> = {}): Session {
  const id = changes.id ?? (ulid() as SessionId);
  const paneId = id as string as PaneId;
  return {
    id,
    title: 'ledger-api',
    isRenamed: false,
    windowId: MAIN_WINDOW,
    position: 0,
    cwd: '/home/ada/ledger-api',
    shell: '/bin/bash',
    program: 'shell',
    isPinned: false,
    openedAt: 1,
    usedAt: 1,
    draft: '',
    attachments: [],
    isUnread: false,
    agent: { status: 'idle' },
    ai: {
      model: 'one/m1',
      modelSource: 'defaults',
      mode: 'code',
      modeSource: 'defaults',
      effort: 'default',
      effortSource: 'defaults',
    },
    context: { tokens: 0, isEstimate: true },
    spending: { dollars: 0, tokens: 0, turns: 0, isCostPartial: false },
    budget: {},
    pty: { status: 'running', pid: 100 },
    panes: [{ id: paneId, cwd: '/home/ada/ledger-api', pty: { status: 'running', pid: 100 } }],
    layout: paneId,
    activePaneId: paneId,
    queue: [],
    approvals: [],
    ...changes,
  };
}

export function sampleMessage(sessionId: SessionId, changes: Partial<Message> = {}): Message {
  return {
    id: ulid() as MessageId,
    sessionId,
    turnId: ulid() as TurnId,
    sequence: 1,
    role: 'assistant',
    parts: [{ type: 'text', text: '' }],
    model: 'one/m1',
    mode: 'code',
    status: 'streaming',
    createdAt: 1,
    ...changes,
  };
}

/** The delta that adds `text` at `offset` of the message's first part. */
export function sampleDelta(message: Message, offset: number, text: string): CarrelEvent {
  return {
    type: 'turn-delta',
    sessionId: message.sessionId,
    turnId: message.turnId,
    messageId: message.id,
    epoch: 1,
    part: 0,
    kind: 'text',
    offset,
    text,
  };
}

export function envelope(sequence: number, event: CarrelEvent): EventEnvelope {
  return { sequence, event };
}

export function sampleSnapshot(sessions: Session[], changes: Partial<Snapshot> = {}): Snapshot {
  return {
    sequence: 10,
    host: { kind: 'desktop', platform: 'linux', homeFolder: '/home/ada', version: '0.1.0' },
    sessions,
    models: { models: [], hiddenBySettings: 0 },
    modelPreferences: { favourites: [], recent: [] },
    settings: {
      path: '/home/ada/.config/carrel/settings.toml',
      exists: true,
      appearance: { theme: 'system', tabs: 'top' },
      terminal: sampleTerminal,
      keys: {},
      ownThemes: [],
      hasScreenReader: false,
      modes: [
        { name: 'code', description: 'Writes and runs.', stance: 'ask' },
        { name: 'ask', description: 'Answers only.', stance: 'read-only' },
      ],
      providers: [],
      aliases: [],
      defaults: { mode: 'code' },
      profiles: [],
      tabBudget: {},
      keychain: { status: 'available' },
    },
    notices: [],
    ...changes,
  };
}
