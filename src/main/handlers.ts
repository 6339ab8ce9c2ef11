import type { Snapshot } from '../shared/app.ts';
import type { ApprovalTrial, RuleDescription } from '../shared/approvals.ts';
import type { CommandError, Handlers, Input, Output } from '../shared/contract.ts';
import { MAIN_WINDOW, type PaneId, type SessionId, type WindowId } from '../shared/ids.ts';
import { runsElsewhere } from '../shared/profiles.ts';
import { err, ok, type Result } from '../shared/result.ts';
import type { SearchHit, SearchQuery } from '../shared/search.ts';
import type { UsageReport } from '../shared/usage.ts';
import type { Broadcast, Connection } from './connection.ts';
import { locateFiles, openFile } from './files.ts';
import type { ReportError } from './log.ts';
import type { KeptModelPreferences } from './model-preferences.ts';
import type { Notices } from './notices.ts';
import { SlowPatternError } from './pty/within-time.ts';
import type { Search } from './search-everything.ts';
import type { LivePane, LiveSession } from './sessions/session.ts';
import type { SessionRegistry } from './sessions/session-registry.ts';
import { createSettingsHandlers, type SettingsParts } from './settings-handlers.ts';

export type HandlerParts = SettingsParts & {
  readonly registry: SessionRegistry;
  readonly broadcast: Broadcast;
  readonly notices: Notices;
  /** The user's own. */
  readonly environment: NodeJS.ProcessEnv;
  readonly snapshot: (windowId: WindowId) => Snapshot;
  readonly modelPreferences: KeptModelPreferences;
  readonly reportError: ReportError;
  readonly reportUsage: (span: Input<'usage.report'>) => Answer<UsageReport>;
  readonly ledger: {
    list(page: Parameters<Handlers<Connection>['ledger.list']>[0]): Output<'ledger.list'>;
    choices(): Output<'ledger.choices'>;
  };
  readonly tryApproval: (input: Input<'approvals.try'>) => Promise<ApprovalTrial>;
  readonly listRules: () => RuleDescription[];
  readonly removeRule: (kept: Input<'approvals.remove'>) => Answer<void>;
  /** Throws a SyntaxError for what is to be a pattern and is none. */
  readonly search: (query: SearchQuery) => Search;
  readonly exportUsage: (span: Input<'usage.export'>) => string;
};

const LINK_PROTOCOLS = new Set(['http:', 'https:', 'mailto:']);

/** One handler a command of the contract, each on the session that the command names. */
export function createHandlers(parts: HandlerParts): Handlers<Connection> {
  const { registry, broadcast, notices, effects, settingsFile, models, modelPreferences } = parts;
  const { turns, switching, clearing, panes, undoing } = registry;
  const { questions } = turns;

  /** Finds the session that is named, or answers why there is none: never another. */
  function withSession<Of extends { sessionId: SessionId }, Value>(
    handle: (session: LiveSession, input: Of, caller: Connection) => Answer<Value> | Promise<Answer<Value>>,
  ) {
    return (input: Of, caller: Connection): Answer<Value> | Promise<Answer<Value>> => {
      const session = registry.find(input.sessionId);
      return session.ok ? handle(session.value, input, caller) : session;
    };
  }

  function withPane<Of extends { sessionId: SessionId; paneId?: PaneId | undefined }, Value>(
    handle: (
      pane: LivePane,
      input: Of,
      session: LiveSession,
      caller: Connection,
    ) => Answer<Value> | Promise<Answer<Value>>,
  ) {
    return withSession<Of, Value>((session, input, caller) => {
      const pane = panes.find(session, input.paneId);
      return pane.ok ? handle(pane.value, input, session, caller) : pane;
    });
  }

  /** The switch is made: that it could not be listed as recent must not look as if it had failed. */
  function remember(reference: string): void {
    const picked = models.check(reference);
    if (!picked.ok) return;
    try {
      modelPreferences.picked(picked.value);
    } catch (error) {
      parts.reportError('Remembering a pick', error);
    }
  }

  /** The tab comes to the front also where the pane has gone. */
  const showHit = withSession((session, hit: SearchHit): Answer<void> => {
    registry.activate(session);
    const pane = hit.kind === 'message' ? undefined : panes.find(session, hit.paneId);
    if (pane?.ok) panes.activate(session, pane.value);
    const isGone = pane?.ok === false;
    registry.windows.show(session, isGone ? undefined : hit);
    return isGone ? err({ code: 'pane-not-found', message: 'Its pane has been closed.' }) : ok();
  });

  return {
    'app.attach': ({ windowId = MAIN_WINDOW }, caller) => {
      caller.reset();
      caller.isAttached = true;
      return ok(parts.snapshot(windowId));
    },
    ...createSettingsHandlers(parts),
    'models.refresh': async ({ isForced = false }) => ok(await models.refresh({ isForced })),
    'models.setFavourite': ({ reference, isFavourite }) =>
      ok(modelPreferences.setFavourite(reference, isFavourite)),
    'usage.report': (span) => parts.reportUsage(span),
    'usage.export': (span) => ok({ csv: parts.exportUsage(span) }),
    'approvals.try': async (input) => ok(await parts.tryApproval(input)),
    'approvals.list': () => ok({ rules: parts.listRules() }),
    'approvals.remove': (kept) => parts.removeRule(kept),
    'notice.dismiss': ({ id }) => ok(notices.dismiss(id)),
    'file.locate': withPane(async ({ cwd }, { folder, names }, { launch }) =>
      // What a program on another machine names lies there.
      ok({
        paths: runsElsewhere(launch.shell) ? names.map(() => null) : await locateFiles(folder || cwd, names),
      }),
    ),
    'file.open': ({ path, line, column }) =>
      openFile(
        { path, ...(line !== undefined && { line }), ...(column !== undefined && { column }) },
        {
          editorCommand: settingsFile.current.settings.terminal.editorCommand,
          environment: parts.environment,
          openPath: effects.openPath,
        },
      ),
    'link.open': async ({ url }) => {
      if (!effects.openExternal) return err(notSupported('Links are opened by the browser here.'));
      if (!LINK_PROTOCOLS.has(new URL(url).protocol)) {
        return err(notSupported('Only http, https and mailto links are opened.'));
      }
      return ok(await effects.openExternal(url));
    },
    'window.perform': ({ windowId, action }) =>
      effects.windows?.perform
        ? ok(effects.windows.perform(windowId, action))
        : err(notSupported('The browser does this here.')),

    'search.begin': (query, caller) => {
      try {
        caller.search = parts.search(query);
        return ok();
      } catch (error) {
        if (!(error instanceof SyntaxError)) throw error;
        return err({ code: 'bad-input', message: `This is no pattern. ${error.message}.` });
      }
    },
    'search.next': async (_, { search }) => {
      try {
        return ok((await search?.next()) ?? { hits: [], isOver: true, hasMore: false });
      } catch (error) {
        if (!(error instanceof SlowPatternError)) throw error;
        return err({ code: 'bad-input', message: error.message });
      }
    },
    'search.stop': (_, caller) => {
      caller.search = undefined;
      return ok();
    },
    'search.show': ({ hit }, caller) => showHit(hit, caller),

    'session.open': ({ cwd, profile, windowId }) =>
      registry.open(cwd, { profileName: profile, inWindow: windowId }),
    'session.close': withSession(async (session) => ok(await registry.close(session))),
    'session.reopen': ({ sessionId, windowId }) => registry.reopen(sessionId, windowId),
    'session.listClosed': () => ok(registry.listClosed()),
    'session.moveToWindow': withSession((session, { windowId, at }) =>
      registry.moveToWindow(session, windowId, at),
    ),
    'session.move': withSession((session, { position }) =>
      ok(registry.move(session.id, registry.windows.positionAmongAll(session, position))),
    ),
    'session.rename': withSession((session, { title }) => ok(registry.rename(session, title))),
    'session.setColour': withSession((session, { colour }) => ok(registry.setColour(session, colour))),
    'session.setPinned': withSession((session, { isPinned }) => ok(registry.setPinned(session, isPinned))),
    'session.duplicate': withSession((session) => registry.duplicate(session)),
    'session.activate': withSession((session) => ok(registry.activate(session))),
    'session.setDraft': withSession((session, { draft }) => ok(registry.setDraft(session, draft))),
    'session.setModel': withSession(async (session, { reference, scope }) => {
      const switched = await switching.setModel(session, reference, scope);
      if (switched.ok) remember(reference);
      return switched;
    }),
    'session.setMode': withSession((session, { mode }) => switching.setMode(session, mode)),
    'session.setEffort': withSession((session, { effort }) => switching.setEffort(session, effort)),
    'session.setBudget': withSession(async (session, { budget }) => {
      const set = await switching.setBudget(session, budget);
      if (set.ok) await turns.goOn(session);
      return set;
    }),
    'session.allowTurn': withSession((session) => turns.allowTurn(session)),
    'session.preflight': withSession((session, { reference }) => turns.preflight(session, reference)),
    'session.fork': withSession((session, { reference }) => registry.fork(session, reference)),
    'session.clear': withSession((session) => clearing.clear(session)),
    'session.reset': withSession((session) => clearing.reset(session)),
    'session.useDefaults': withSession((session) => switching.useDefaults(session)),

    'agent.initialise': withSession((session) => switching.initialise(session)),
    'agent.shutdown': withSession(async (session) => {
      await turns.stop(session);
      return ok(await switching.shutDown(session));
    }),
    'agent.describe': withSession(({ epoch, config, agentBridge }) =>
      ok({ epoch, model: config.model, mode: config.mode, isInitialised: agentBridge !== undefined }),
    ),

    'conversation.load': withSession((session) => {
      const isFirst = session.messages === undefined;
      const messages = [...turns.messagesOf(session)];
      // How much of the window they take is known from here on.
      if (isFirst) registry.changed(session);
      return ok({ sequence: broadcast.sequence, messages });
    }),
    'attachment.find': withSession((session, { query }) => turns.attachments.find(session, query)),
    'attachment.add': withSession((session, { source }) => turns.attachments.add(session, source)),
    'attachment.remove': withSession((session, { id }) => turns.attachments.remove(session, id)),
    'turn.send': withSession(async (session, { text, attachments }) => {
      const sent = await turns.send(session, text, attachments);
      if (sent.ok) registry.clearDraft(session);
      return sent;
    }),
    'turn.stop': withSession(async (session) => ok(await turns.stop(session))),
    'context.describe': withSession((session, { mode }) => turns.describeContext(session, mode)),
    'turn.retry': withSession((session) => turns.retry(session)),
    'turn.editQueued': withSession((session, { id, text }) => turns.queue.edit(session, id, text)),
    'turn.removeQueued': withSession((session, { id }) => turns.queue.remove(session, id)),
    'turn.moveQueued': withSession((session, { id, place }) => turns.queue.move(session, id, place)),
    'turn.steer': withSession((session, { id, isSteering }) => turns.steer(session, id, isSteering)),
    'turn.undoPreview': withSession((session, target) => undoing.preview(session, target)),
    'turn.undoDiff': withSession((session, target) => undoing.diff(session, target)),
    'turn.undo': withSession((session, target) => undoing.undo(session, target)),
    'approval.answer': withSession((session, { approvalId, answer }) =>
      questions.answerApproval(session, approvalId, answer),
    ),
    'approval.checkRule': withSession((session, { approvalId, rule }) =>
      questions.checkRule(session, approvalId, rule),
    ),
    'question.answer': withSession((session, { questionId, text }) =>
      questions.answerQuestion(session, questionId, text),
    ),
    'ledger.list': (page) => ok(parts.ledger.list(page)),
    'ledger.choices': () => ok(parts.ledger.choices()),
    'turn.sendQueued': withSession((session, { id }) => turns.sendQueued(session, id)),

    'pane.split': withPane((pane, { direction }, session) => panes.split(session, pane, direction)),
    'pane.close': withPane((pane, _, session) => panes.close(session, pane)),
    'pane.activate': withPane((pane, _, session) => panes.activate(session, pane)),
    'pane.arrange': withSession((session, { layout }) => panes.arrange(session, layout)),

    'pty.attach': withPane(({ id, pty }, size, { id: sessionId }, caller) => {
      if (pty.state.status === 'not-started') pty.start(size);
      pty.resize(size);
      caller.attach({ sessionId, paneId: id }, () =>
        pty.attach((kind, bytes) => caller.sink.ptyOutput({ sessionId, paneId: id, kind, bytes })),
      );
      return ok();
    }),
    'pty.suspend': withPane(({ id }, _input, _session, caller) => ok(caller.attachment(id)?.suspend())),
    'pty.showOlder': withPane(({ id }, _input, _session, caller) =>
      ok(caller.attachment(id)?.sendAllLines()),
    ),
    'pty.detach': withPane(({ id }, _input, _session, caller) => ok(caller.detach(id))),
    'pty.write': withPane(({ pty }, { data }) => ok(pty.write(data))),
    'pty.resize': withPane(({ pty }, size) => ok(pty.resize(size))),
    'pty.acknowledge': withPane(({ id }, { bytes, drawnInMs }, _session, caller) =>
      ok(caller.attachment(id)?.acknowledge(bytes, drawnInMs)),
    ),
    'pty.clear': withPane(({ pty }) => ok(pty.clear())),
    'pty.restart': withPane(({ pty }) => ok(pty.restart())),
  };
}

type Answer<Value> = Result<Value, CommandError>;

function notSupported(message: string): CommandError {
  return { code: 'not-supported', message };
}
