import type { Message } from '../../shared/agent.ts';
import type { ClientSettings, HostInfo, Notice } from '../../shared/app.ts';
import type { CommandName, EventEnvelope } from '../../shared/contract.ts';
import type { AttachmentId, PaneId, SessionId, TurnId, WindowId } from '../../shared/ids.ts';
import type { ModelList, ModelPreferences } from '../../shared/models.ts';
import type { SearchHit } from '../../shared/search.ts';
import type { Session } from '../../shared/session.ts';

/** A history as far as this client knows it; loaded when its tab is first shown. */
export type Conversation = {
  readonly status: 'loading' | 'loaded' | 'failed';
  /** Of the last event that is already in `messages` as they were loaded. */
  readonly sequence: number;
  readonly messages: readonly Message[];
  /** Events that arrived while it was being loaded, to be applied on top. */
  readonly arrived?: readonly EventEnvelope[];
};

/** A model that was picked here and is not yet confirmed. An empty reference clears the override. */
export type ModelPick = { readonly reference: string; readonly scope: 'tab' | 'mode' };

/** The command of a session that failed last, for display where it was given. */
type CallError = { readonly command: CommandName | 'slash'; readonly message: string };

/** What a slash command answered, in Markdown; shown in its tab until the next message or command. */
export type CommandOutput = { readonly command: string; readonly text: string };

/** A browser opened no window for this tab; a link can. */
export type BlockedWindow = { readonly sessionId: SessionId; readonly windowId: WindowId };

export type ShownNotice = Notice & { readonly blockedWindow?: BlockedWindow };

export type DialogName =
  | 'model-picker'
  | 'mode-picker'
  | 'effort-picker'
  | 'theme-picker'
  | 'close-pinned'
  | 'undo'
  | 'tab-usage'
  | 'ledger'
  | 'usage'
  | 'palette'
  | 'tab-switcher'
  | 'search'
  | 'settings'
  | 'keys'
  | 'approvals';

/** What the dialog about undoing is about: a turn, or with `undoId` the undoing of it. */
export type UndoTarget = {
  readonly sessionId: SessionId;
  readonly turnId: TurnId;
  readonly undoId?: string | undefined;
};

export type Layout = {
  readonly isAgentVisible: boolean;
  /** CSS pixels. */
  readonly agentWidth: number;
  /** Of the list of tabs at the side, in CSS pixels. */
  readonly railWidth: number;
  /** CSS pixels on top of the terminal's font size. */
  readonly terminalZoom: number;
};

/** All that the window shows, but terminals. Actions and transitions live outside of it. */
export type State = {
  readonly connection: 'connecting' | 'connected' | 'lost';
  /** The window that this page is. */
  readonly windowId: WindowId;
  /** Of the last event that is already in this state. */
  readonly sequence: number;
  readonly host?: HostInfo;
  readonly settings?: ClientSettings;
  readonly models: ModelList;
  readonly modelPreferences: ModelPreferences;
  readonly notices: readonly ShownNotice[];
  readonly sessions: Readonly<Record<SessionId, Session>>;
  /** Sessions of other windows, of which nothing else is kept. */
  readonly elsewhere: Readonly<Record<SessionId, Session>>;
  /** Left to right. */
  readonly order: readonly SessionId[];
  readonly activeSessionId?: SessionId | undefined;
  /** How often a tab was brought to the front, also one that was there. */
  readonly activations: number;
  readonly conversations: Readonly<Record<SessionId, Conversation>>;
  readonly drafts: Readonly<Record<SessionId, string>>;
  /** On their way with a message: the message box has done with them. */
  readonly sentAttachments: Readonly<Record<SessionId, readonly AttachmentId[]>>;
  readonly picks: Readonly<Record<SessionId, ModelPick>>;
  readonly callErrors: Readonly<Record<SessionId, CallError>>;
  readonly commandOutputs: Readonly<Record<SessionId, CommandOutput>>;
  /** The one pane of a tab that takes the whole terminal. */
  readonly zoomedPanes: Readonly<Record<SessionId, PaneId>>;
  readonly dialog?: DialogName | undefined;
  /** The pinned tab that the dialog about it asks about. */
  readonly closingTab?: SessionId | undefined;
  readonly undoing?: UndoTarget | undefined;
  /** Of the terminal, while one is being chosen. */
  readonly previewedTheme?: string | undefined;
  /** What a search led to, until its tab has it in view. */
  readonly shownHit?: SearchHit | undefined;
  readonly layout: Layout;
  /** Events for sessions this client does not know. */
  readonly droppedEvents: number;
};

export function initialState(layout: Layout, windowId: WindowId): State {
  return {
    connection: 'connecting',
    windowId,
    sequence: 0,
    models: { models: [], hiddenBySettings: 0 },
    modelPreferences: { favourites: [], recent: [] },
    notices: [],
    sessions: {},
    elsewhere: {},
    order: [],
    activations: 0,
    conversations: {},
    drafts: {},
    sentAttachments: {},
    picks: {},
    callErrors: {},
    commandOutputs: {},
    zoomedPanes: {},
    layout,
    droppedEvents: 0,
  };
}
