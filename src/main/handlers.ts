import type { Snapshot } from '../shared/app.ts';
import type { CommandError, Handlers } from '../shared/contract.ts';
import type { SessionId } from '../shared/ids.ts';
import { err, ok, type Result } from '../shared/result.ts';
import type { Broadcast, Connection } from './connection.ts';
import type { Notices } from './notices.ts';
import type { LiveSession } from './sessions/session.ts';
import type { SessionRegistry } from './sessions/session-registry.ts';

/** What only the host can do for a person; absent where it cannot. */
export type HostEffects = {
  /** Opens a file in the program that the system has for it. */
  readonly openPath?: (path: string) => Promise<void>;
  /** Opens a link in the system's browser. */
  readonly openExternal?: (url: string) => Promise<void>;
};

export type HandlerParts = {
  readonly registry: SessionRegistry;
  readonly broadcast: Broadcast;
  readonly notices: Notices;
  readonly effects: HostEffects;
  readonly snapshot: () => Snapshot;
  readonly settingsFile: { readonly path: string; ensureExists(): void };
};

const LINK_PROTOCOLS = new Set(['http:', 'https:', 'mailto:']);

/** One handler a command of the contract, each on the session that the command names. */
export function createHandlers(parts: HandlerParts): Handlers<Connection> {
  const { registry, broadcast, notices, effects, settingsFile } = parts;
  const { turns, switching } = registry;

  /** Finds the session that is named, or answers why there is none: never another. */
  function withSession<Input extends { sessionId: SessionId }, Value>(
    handle: (
      session: LiveSession,
      input: Input,
      caller: Connection,
    ) => Answer<Value> | Promise<Answer<Value>>,
  ) {
    return (input: Input, caller: Connection): Answer<Value> | Promise<Answer<Value>> => {
      const session = registry.find(input.sessionId);
      return session.ok ? handle(session.value, input, caller) : session;
    };
  }

  return {
    'app.attach': (_, caller) => {
      caller.reset();
      caller.isAttached = true;
      return ok(parts.snapshot());
    },
    'settings.open': async () => {
      try {
        settingsFile.ensureExists();
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        return err({
          code: 'settings-write-failed',
          message: `settings.toml could not be written. ${reason}`,
        });
      }
      await effects.openPath?.(settingsFile.path);
      return ok({ path: settingsFile.path });
    },
    'notice.dismiss': ({ id }) => ok(notices.dismiss(id)),
    'link.open': async ({ url }) => {
      if (!effects.openExternal) return err(notSupported('Links are opened by the browser here.'));
      if (!LINK_PROTOCOLS.has(new URL(url).protocol)) {
        return err(notSupported('Only http, https and mailto links are opened.'));
      }
      return ok(await effects.openExternal(url));
    },

    'session.open': ({ cwd }) => registry.open(cwd),
    'session.close': withSession(async (session) => ok(await registry.close(session))),
    'session.reopen': () => registry.reopen(),
    'session.move': withSession((session, { position }) => ok(registry.move(session.id, position))),
    'session.rename': withSession((session, { title }) => ok(registry.rename(session, title))),
    'session.activate': withSession((session) => ok(registry.activate(session))),
    'session.setDraft': withSession((session, { draft }) => ok(registry.setDraft(session, draft))),
    'session.setModel': withSession((session, { reference, scope }) =>
      switching.setModel(session, reference, scope),
    ),
    'session.setMode': withSession((session, { mode }) => switching.setMode(session, mode)),
    'session.useDefaults': withSession((session) => switching.useDefaults(session)),

    'agent.initialise': withSession((session) => switching.initialise(session)),
    'agent.shutdown': withSession(async (session) => {
      await turns.stop(session);
      return ok(await switching.shutDown(session));
    }),
    'agent.describe': withSession(({ epoch, config, agentBridge }) =>
      ok({ epoch, model: config.model, mode: config.mode, isInitialised: agentBridge !== undefined }),
    ),

    'conversation.load': withSession((session) =>
      ok({ sequence: broadcast.sequence, messages: [...turns.messagesOf(session)] }),
    ),
    'turn.send': withSession(async (session, { text }) => {
      const sent = await turns.send(session, text);
      if (sent.ok) registry.clearDraft(session);
      return sent;
    }),
    'turn.stop': withSession(async (session) => ok(await turns.stop(session))),
    'turn.retry': withSession((session) => turns.retry(session)),
    'turn.editQueued': withSession((session, { id, text }) => turns.editQueued(session, id, text)),
    'turn.removeQueued': withSession((session, { id }) => turns.removeQueued(session, id)),
    'turn.sendQueued': withSession((session, { id }) => turns.sendQueued(session, id)),

    'pty.attach': withSession(({ id, pty }, size, caller) => {
      if (pty.state.status === 'not-started') pty.start(size);
      pty.resize(size);
      caller.attach(id, () =>
        pty.attach((kind, bytes) => caller.sink.ptyOutput({ sessionId: id, kind, bytes })),
      );
      return ok();
    }),
    'pty.detach': withSession(({ id }, _, caller) => ok(caller.detach(id))),
    'pty.write': withSession(({ pty }, { data }) => ok(pty.write(data))),
    'pty.resize': withSession(({ pty }, size) => ok(pty.resize(size))),
    'pty.acknowledge': withSession(({ id }, { bytes }, caller) =>
      ok(caller.attachment(id)?.acknowledge(bytes)),
    ),
    'pty.restart': withSession(({ pty }) => ok(pty.restart())),
  };
}

type Answer<Value> = Result<Value, CommandError>;

function notSupported(message: string): CommandError {
  return { code: 'not-supported', message };
}
