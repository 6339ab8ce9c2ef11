import { z } from 'zod';
import { budget, message } from './agent.ts';
import { appCommandIds } from './app-commands.ts';
import { approvalAnswer, ledgerChoices, ledgerEntry, ledgerFilter } from './approval.ts';
import { approvalTrial, decision, ruleDescription, rulePlace } from './approvals.ts';
import { attachment, attachmentSource, MAX_ATTACHMENTS, mention } from './attachments.ts';
import { clientSettings, notice, snapshot, windowAction } from './app.ts';
import { approvalId, attachmentId, messageId, paneId, sessionId, turnId, windowId } from './ids.ts';
import { keyBinding } from './key-bindings.ts';
import {
  modelError,
  modelList,
  modelPreferences,
  modelReference,
  preflight,
  providerKind,
  effort,
} from './models.ts';
import { paneLayout } from './panes.ts';
import { tabColour } from './profiles.ts';
import type { Result } from './result.ts';
import { searchHit, searchPiece, searchQuery } from './search.ts';
import { closedSession, session } from './session.ts';
import { undoDiff, undoPreview } from './undo.ts';
import { usageReport } from './usage.ts';

/**
 * Every call and every event between a client and the core. Handlers (main/core.ts), the dispatcher (main/dispatch.ts)
 * and the client (renderer/client) are derived from these two tables: a new command is one entry here and one handler.
 */

const plainError = z.object({
  code: z.enum([
    'session-not-found',
    'session-closed',
    'session-unavailable',
    'pane-not-found',
    'archive-write-failed',
    'mode-unknown',
    'nothing-to-reopen',
    'nothing-to-retry',
    'message-empty',
    'queued-message-not-found',
    'approval-not-found',
    'rule-unfit',
    'rule-not-found',
    'not-supported',
    'bad-input',
    'folder-unreadable',
    'profile-unknown',
    'file-not-opened',
    'settings-write-failed',
    'budget-spent',
    'turn-running',
    'turn-not-found',
    'nothing-to-undo',
    'keychain-unavailable',
    'provider-failed',
    'attachment-refused',
  ]),
  message: z.string(),
});
/** An error that says no more than its code and its words. */
export type PlainError = z.infer<typeof plainError>;

/** The error every command may answer with. */
export const commandError = z.union([modelError, plainError]);
export type CommandError = z.infer<typeof commandError>;

function command<Input extends z.ZodType, Output extends z.ZodType>(input: Input, output: Output) {
  return { input, output };
}

const ofSession = z.object({ sessionId });
/** `paneId` absent: the tab's first pane, from the left and the top. */
const ofPane = ofSession.extend({ paneId: paneId.optional() });
/** What a turn changed; with `undoId` what undoing it changed. Refused while a turn of the tab runs. */
const ofUndo = ofSession.extend({ turnId, undoId: z.string().optional() });
const terminalSize = { columns: z.number().int().min(2).max(1000), rows: z.number().int().min(1).max(1000) };

/** Of the screen, in CSS pixels. */
const screenPoint = z.object({ x: z.number(), y: z.number() });
export type ScreenPoint = z.infer<typeof screenPoint>;

/** A message is at most this many characters; more belongs in a file. */
const MAX_MESSAGE_CHARACTERS = 1_000_000;
const messageText = z.string().max(MAX_MESSAGE_CHARACTERS);
const ruleList = z.array(z.string()).max(1000).optional();

/** Names in one line of a terminal that may be files; what is beyond is no link. */
const MAX_NAMES = 20;
const filePath = z.string().max(4096);

export const commands = {
  /** A client's first call, for the window that it shows. Events with a sequence above the snapshot's follow. */
  'app.attach': command(z.object({ windowId: windowId.optional() }), snapshot),
  /** Opens settings.toml in the system's editor, writing it from the example first where there is none. */
  'settings.open': command(z.object({}), z.object({ path: z.string() })),
  /** Writes `[defaults] model`; open tabs keep theirs. */
  'settings.setDefaultModel': command(z.object({ reference: modelReference }), z.void()),
  /** Writes `[defaults] profile`; an empty name takes it out. */
  'settings.setDefaultProfile': command(z.object({ name: z.string() }), z.void()),
  /** Writes `[terminal] theme`, or `theme_light`. */
  'settings.setTerminalTheme': command(
    z.object({ theme: z.string().max(200), isForLight: z.boolean() }),
    z.void(),
  ),
  /** Writes the keys of one command into `[keys]`: none unbinds it, `undefined` gives it its built-in ones again. */
  'settings.setKeys': command(
    z.object({ command: z.enum(appCommandIds), keys: z.array(keyBinding).max(20).optional() }),
    z.void(),
  ),
  /** Adds a `[providers.ID]` table, or replaces the named keys of one. */
  'provider.save': command(
    z.object({
      id: z.string(),
      kind: providerKind.optional(),
      baseUrl: z.string().optional(),
      isEnabled: z.boolean().optional(),
    }),
    z.void(),
  ),
  /**
   * Keeps a provider's key and writes into settings.toml where it lies: in the system's keychain, as the name of a variable
   * (`key` is then the name), or as it is. The key itself is never told again.
   */
  'provider.setKey': command(
    z.object({
      id: z.string(),
      key: z.string().min(1).max(10_000),
      place: z.enum(['environment', 'keychain', 'settings']),
    }),
    z.void(),
  ),
  /** Asks the provider for its models, as a test of address and key. */
  'provider.test': command(z.object({ id: z.string() }), z.object({ models: z.number().int() })),
  /** Asks the providers that list their models for them, where that was not done lately. News comes as `models-changed`. */
  'models.refresh': command(z.object({ isForced: z.boolean().optional() }), z.void()),
  'models.setFavourite': command(z.object({ reference: modelReference, isFavourite: z.boolean() }), z.void()),
  /** Tokens and costs of all tabs, closed ones too. Times are in milliseconds since 1970; `timeZone` says where days begin. */
  'usage.report': command(z.object({ from: z.number(), to: z.number(), timeZone: z.string() }), usageReport),
  /** A row each answer of the span, as CSV. */
  'usage.export': command(z.object({ from: z.number(), to: z.number() }), z.object({ csv: z.string() })),
  /** What would be decided on a command in a folder, by default the home folder; runs nothing. `rules` come beside those in force. */
  'approvals.try': command(
    z.object({
      command: messageText,
      cwd: z.string().optional(),
      rules: z.object({ allow: ruleList, ask: ruleList, deny: ruleList }).optional(),
    }),
    approvalTrial,
  ),
  /** All rules: those kept for tabs and folders, those of settings.toml, and the built-in ones. */
  'approvals.list': command(z.object({}), z.object({ rules: z.array(ruleDescription) })),
  /** Takes a rule out of where it is kept; it counts no more from the next call on. */
  'approvals.remove': command(
    z.object({ decision, rule: z.string().max(1_000), place: rulePlace }),
    z.void(),
  ),
  'notice.dismiss': command(z.object({ id: z.string() }), z.void()),
  /** Which names that a program printed are files or folders, as absolute paths in the same order. An empty folder is the pane's. */
  'file.locate': command(
    ofPane.extend({ folder: filePath, names: z.array(filePath).max(MAX_NAMES) }),
    z.object({ paths: z.array(filePath.nullable()) }),
  ),
  /** Opens a file or folder by `terminal.editor_command`, else in the system's program for it. Desktop only. */
  'file.open': command(
    z.object({ path: filePath, line: z.number().int().optional(), column: z.number().int().optional() }),
    z.void(),
  ),
  /** Opens an http(s) or mailto link in the system's browser. Desktop only. */
  'link.open': command(z.object({ url: z.url() }), z.void()),
  'window.perform': command(z.object({ windowId, action: windowAction }), z.void()),

  /** Looks through the terminals, conversations and commands of all tabs. One search a client: the one before ends. */
  'search.begin': command(searchQuery, z.void()),
  /** The next hits; waits until there are some, or all has been looked through. */
  'search.next': command(z.object({}), searchPiece),
  'search.stop': command(z.object({}), z.void()),
  /** Leads the person to what was found in an open tab, in the window that it lies in. */
  'search.show': command(z.object({ hit: searchHit }), z.void()),

  /**
   * Opens a tab at the right end, with that profile or the default one, in `cwd`, the profile's folder or the default one; in the main
   * window where none is named.
   */
  'session.open': command(
    z.object({
      cwd: z.string().optional(),
      profile: z.string().optional(),
      windowId: windowId.optional(),
    }),
    session,
  ),
  /** Agent first, then shell, then rows. The tab always goes, even when something throws. */
  'session.close': command(ofSession, z.void()),
  /**
   * Brings a closed tab back with its id, history and choices, the one closed last where none is named; into the main window where
   * no window is.
   */
  'session.reopen': command(
    z.object({ sessionId: sessionId.optional(), windowId: windowId.optional() }),
    session,
  ),
  /** Those closed last, the newest first. */
  'session.listClosed': command(z.object({}), z.array(closedSession)),
  /**
   * Into that window, or a new one, and to the front there; the window with it, as far as the host can do that. `at` is where a new
   * one is to appear.
   */
  'session.moveToWindow': command(
    ofSession.extend({ windowId: windowId.optional(), at: screenPoint.optional() }),
    session,
  ),
  /** To a place among the tabs of its window; pinned tabs stay before the others. */
  'session.move': command(ofSession.extend({ position: z.number().int().min(0) }), z.void()),
  /** An empty title goes back to the folder's name. */
  'session.rename': command(ofSession.extend({ title: z.string().max(200) }), z.void()),
  /** Without a colour the tab has none. */
  'session.setColour': command(ofSession.extend({ colour: tabColour.optional() }), z.void()),
  /** Pinned, it goes behind the other pinned tabs; unpinned, before the others. */
  'session.setPinned': command(ofSession.extend({ isPinned: z.boolean() }), z.void()),
  /** A new tab beside this one with its profile, folder and colour, and nothing of its history. */
  'session.duplicate': command(ofSession, session),
  /** The tab is now the one in front: it counts as read and as used last. */
  'session.activate': command(ofSession, z.void()),
  'session.setDraft': command(ofSession.extend({ draft: messageText }), z.void()),
  /** A model or an alias. `mode` scope holds in the current mode only. An empty reference clears the override of that scope. */
  'session.setModel': command(
    ofSession.extend({ reference: z.string(), scope: z.enum(['tab', 'mode']) }),
    session,
  ),
  /** An empty name clears the tab's choice. */
  'session.setMode': command(ofSession.extend({ mode: z.string() }), session),
  /** `undefined` clears the tab's choice. */
  'session.setEffort': command(ofSession.extend({ effort: effort.optional() }), session),
  /** What this tab may spend; what is left out has no limit. Goes on with what waits if there is room again. */
  'session.setBudget': command(ofSession.extend({ budget }), session),
  /** One more turn, though the budget is spent. */
  'session.allowTurn': command(ofSession, z.void()),
  /** What switching to that model (or alias) would cost and lose. Changes nothing. */
  'session.preflight': command(ofSession.extend({ reference: z.string() }), preflight),
  /** A new tab beside this one with its folder, history and choices; on another model where one is named. */
  'session.fork': command(ofSession.extend({ reference: z.string().optional() }), session),
  /** Ends the turn in flight and removes the history; choices stay. */
  'session.clear': command(ofSession, session),
  /** Ends the turn in flight, removes history and choices, and takes a new snapshot of the defaults. */
  'session.reset': command(ofSession, session),
  /** Takes a new snapshot of the defaults from settings.toml; the tab's own choices stay. */
  'session.useDefaults': command(ofSession, session),

  /** Builds the session's agent again, as after a switch that could not be undone. */
  'agent.initialise': command(ofSession, z.void()),
  /** Ends the turn in flight and lets the agent go; the next turn builds a new one. */
  'agent.shutdown': command(ofSession, z.void()),
  'agent.describe': command(
    ofSession,
    z.object({ epoch: z.number().int(), model: z.string(), mode: z.string(), isInitialised: z.boolean() }),
  ),

  /** The session's history; later changes come as events above `sequence`. */
  'conversation.load': command(
    ofSession,
    z.object({ sequence: z.number().int(), messages: z.array(message) }),
  ),
  /** What `@` and these letters may stand for in this tab, the best first: files of its folder, paths, and its last commands. */
  'attachment.find': command(
    ofSession.extend({ query: z.string().max(1_000) }),
    z.object({ mentions: z.array(mention) }),
  ),
  /** Adds it to the message that is being written. Nothing is read that the person did not name. */
  'attachment.add': command(ofSession.extend({ source: attachmentSource }), attachment),
  'attachment.remove': command(ofSession.extend({ id: attachmentId }), z.void()),
  /** Starts a turn, or queues the message when one is running. Files are read again, so that they go as they are now. */
  'turn.send': command(
    ofSession.extend({
      text: messageText,
      attachments: z.array(attachmentId).max(MAX_ATTACHMENTS).optional(),
    }),
    z.object({ status: z.enum(['started', 'queued']) }),
  ),
  'turn.stop': command(ofSession, z.void()),
  /**
   * What the agent would be told of this tab now, word for word, with the instruction files (absolute paths) in it and those that
   * had to be left out; in another mode where one is named.
   */
  'context.describe': command(
    ofSession.extend({ mode: z.string().optional() }),
    z.object({
      text: z.string(),
      taken: z.array(z.object({ path: z.string(), isCut: z.boolean() })),
      skipped: z.array(z.object({ path: z.string(), reason: z.string() })),
    }),
  ),
  /**
   * Goes on with the last turn after a failure or interruption, with the session's present model: calls that wait for their result are
   * asked about again, what was done stays done. While it waits to try again by itself: at once.
   */
  'turn.retry': command(ofSession, z.void()),
  'turn.editQueued': command(ofSession.extend({ id: messageId, text: messageText }), z.void()),
  'turn.removeQueued': command(ofSession.extend({ id: messageId }), z.void()),
  /** To that place of the queue, from 0. */
  'turn.moveQueued': command(ofSession.extend({ id: messageId, place: z.number().int().min(0) }), z.void()),
  /** Tells the message to the model before the next step of the turn in flight, or takes that back. */
  'turn.steer': command(ofSession.extend({ id: messageId, isSteering: z.boolean() }), z.void()),
  /** Stops the turn in flight and sends this one at once. */
  'turn.sendQueued': command(ofSession.extend({ id: messageId }), z.void()),

  /** What undoing a turn would do to the files now; empty when nothing is left to undo, or when it is no longer kept. */
  'turn.undoPreview': command(ofUndo, undoPreview),
  /** What it would do to the lines of one of them. */
  'turn.undoDiff': command(ofUndo.extend({ path: z.string() }), undoDiff),
  /** Brings back how files were before the turn. Of those that were changed since, only what `restore` names. Answers its record in the conversation. */
  'turn.undo': command(ofUndo.extend({ restore: z.array(z.string()).optional() }), message),

  /** Answers the question of this very tab; each counts once. `rule-unfit`: the rule does not cover the call, or is none. */
  'approval.answer': command(ofSession.extend({ approvalId, answer: approvalAnswer }), z.void()),
  /** What a rule would allow, before it is kept. */
  'approval.checkRule': command(
    ofSession.extend({ approvalId, rule: z.string().max(1_000) }),
    z.object({ fits: z.boolean(), message: z.string() }),
  ),
  /** What the agent asked; undefined: the person does not want to answer. */
  'question.answer': command(
    ofSession.extend({ questionId: approvalId, text: z.string().max(100_000).optional() }),
    z.void(),
  ),
  /** What tools did and who allowed it, newest first; all tabs, closed ones too. */
  'ledger.list': command(
    /** `before`, for the next page: of the last entry. */
    ledgerFilter.extend({ before: approvalId.optional() }),
    z.object({ entries: z.array(ledgerEntry), hasMore: z.boolean() }),
  ),
  'ledger.choices': command(z.object({}), ledgerChoices),

  /** Halves a pane: a new shell in the same folder comes to its right (`row`) or below it (`column`), and is the active one. */
  'pane.split': command(ofPane.extend({ direction: z.enum(['row', 'column']) }), session),
  /** Ends the pane's shell. The last one stays: close the tab. */
  'pane.close': command(ofPane, session),
  /** The person is in this pane now. */
  'pane.activate': command(ofPane, session),
  /** Sizes and places of the very same panes. */
  'pane.arrange': command(ofSession.extend({ layout: paneLayout }), session),

  /**
   * Starts the shell if need be, then sends a snapshot of the screen and all output after it. One attachment a client and pane:
   * one that was suspended goes on, without a snapshot where nothing changed.
   */
  'pty.attach': command(ofPane.extend(terminalSize), z.void()),
  /** The client is hidden and keeps what it shows: it gets no output until it attaches again. */
  'pty.suspend': command(ofPane, z.void()),
  /** Sends a snapshot with the older lines, where the last one left them out. */
  'pty.showOlder': command(ofPane, z.void()),
  'pty.detach': command(ofPane, z.void()),
  'pty.write': command(ofPane.extend({ data: z.string() }), z.void()),
  'pty.resize': command(ofPane.extend(terminalSize), z.void()),
  /** Tells how much live output the terminal has drawn, and its own time for it, so that more may come. Snapshot bytes are not acknowledged. */
  'pty.acknowledge': command(
    ofPane.extend({ bytes: z.number().int().positive(), drawnInMs: z.number().nonnegative() }),
    z.void(),
  ),
  /** Takes all lines away but those of the prompt. Not while a program has the whole screen. */
  'pty.clear': command(ofPane, z.void()),
  /** Starts a new shell after the old one ended. */
  'pty.restart': command(ofPane, z.void()),
} as const;

export type Commands = typeof commands;
export type CommandName = keyof Commands;
export type Input<Name extends CommandName> = z.input<Commands[Name]['input']>;
export type Output<Name extends CommandName> = z.output<Commands[Name]['output']>;
export type Answer<Name extends CommandName> = Result<Output<Name>, CommandError>;
/** What a handler gets is parsed: ids are branded, defaults filled in. */
export type Handlers<Caller> = {
  [Name in CommandName]: (
    input: z.output<Commands[Name]['input']>,
    caller: Caller,
  ) => Promise<Answer<Name>> | Answer<Name>;
};

export const events = {
  'session-opened': z.object({ session }),
  'session-changed': z.object({ session }),
  'session-closed': z.object({ sessionId }),
  /** It lies in another window now, and in front there where it was moved by itself. */
  'session-moved': z.object({ session, isInFront: z.boolean() }),
  /** The person was led to it, or to what a search found in it: it comes to the front of its window. */
  'session-shown': z.object({ sessionId, hit: searchHit.optional() }),
  /** A message is new, or its status, parts or usage changed other than by a delta. */
  'message-changed': z.object({ sessionId, message }),
  /** Text at the end of a part of a streaming message. `offset` is the part's length before it, so nothing is added twice. */
  'turn-delta': z.object({
    sessionId,
    turnId,
    messageId,
    /** Of the agent bridge that produced it. */
    epoch: z.number().int(),
    part: z.number().int(),
    kind: z.enum(['text', 'reasoning']),
    offset: z.number().int(),
    text: z.string(),
  }),
  /** All messages of a session are other than before: it was cleared or reset. */
  'history-cleared': z.object({ sessionId }),
  'models-changed': z.object({ models: modelList }),
  'model-preferences-changed': z.object({ preferences: modelPreferences }),
  'settings-changed': z.object({ settings: clientSettings }),
  /** The person picked a command of the app in the host's own menu. */
  'command-picked': z.object({ windowId, command: z.enum(appCommandIds) }),
  'notice-raised': z.object({ notice }),
  'notice-dismissed': z.object({ id: z.string() }),
} as const;

export type EventName = keyof typeof events;
export type CarrelEvent = { [Name in EventName]: { type: Name } & z.infer<(typeof events)[Name]> }[EventName];

/** As it crosses the wire: `sequence` counts all events of one core, from 1. */
export type EventEnvelope = { readonly sequence: number; readonly event: CarrelEvent };

/**
 * Terminal output, on its own binary path beside the events. A `snapshot` replaces what the terminal shows
 * (columns and rows as it was drawn), and `latest` is one that leaves older lines out; `data` follows it and is acknowledged.
 */
export type PtyOutput = {
  readonly sessionId: z.infer<typeof sessionId>;
  readonly paneId: z.infer<typeof paneId>;
  readonly kind: 'snapshot' | 'latest' | 'data';
  readonly bytes: Uint8Array;
};

/** What the preload, or a WebSocket in its place, gives the page. Nothing else crosses. */
export type Bridge = {
  call(name: string, input: unknown): Promise<unknown>;
  /** Those told together come together. */
  on(channel: 'events', listener: (envelopes: readonly EventEnvelope[]) => void): () => void;
  on(channel: 'pty-output', listener: (output: PtyOutput) => void): () => void;
  /** Absolute path of a file that was dropped into the page; empty when it lies nowhere. Desktop only. */
  pathForFile?: (file: File) => string;
};
