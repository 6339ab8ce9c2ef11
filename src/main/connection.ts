import type { CarrelEvent, EventEnvelope, PtyOutput } from '../shared/contract.ts';
import type { PaneId, SessionId } from '../shared/ids.ts';
import type { PtyAttachment } from './pty/types.ts';
import type { Search } from './search-everything.ts';

/** What nobody looks at is told with the next event, or after this. */
const UNSEEN_PAUSE_MS = 500;

/** How a host reaches one window or page. Both are called in order; neither may throw. */
export type ClientSink = {
  readonly events: (envelopes: readonly EventEnvelope[]) => void;
  readonly ptyOutput: (output: PtyOutput) => void;
};

/** One client's link to the core: what it is attached to. */
export class Connection implements Disposable {
  readonly sink: ClientSink;
  /** Events flow from the first snapshot on. */
  isAttached = false;
  #search: Search | undefined;
  readonly #attachments = new Map<PaneId, { sessionId: SessionId; attachment: PtyAttachment }>();

  constructor(sink: ClientSink) {
    this.sink = sink;
  }

  get search(): Search | undefined {
    return this.#search;
  }

  /** A client looks for one thing at a time: the search before ends. */
  set search(search: Search | undefined) {
    this.#search?.[Symbol.dispose]();
    this.#search = search;
  }

  attachment(id: PaneId): PtyAttachment | undefined {
    return this.#attachments.get(id)?.attachment;
  }

  /** Goes on with what was suspended. Else a new attachment of a pane takes the place of the old one. */
  attach({ sessionId, paneId }: { sessionId: SessionId; paneId: PaneId }, attach: () => PtyAttachment): void {
    const present = this.attachment(paneId);
    if (present?.isSuspended) return present.resume();
    this.detach(paneId);
    this.#attachments.set(paneId, { sessionId, attachment: attach() });
  }

  detach(id: PaneId): void {
    this.#attachments.get(id)?.attachment[Symbol.dispose]();
    this.#attachments.delete(id);
  }

  detachAll(gone: SessionId): void {
    for (const [id, { sessionId }] of this.#attachments) if (sessionId === gone) this.detach(id);
  }

  /** Back to the state before `app.attach`: a reloaded page has forgotten its terminals. */
  reset(): void {
    for (const id of this.#attachments.keys()) this.detach(id);
    this.search = undefined;
    this.isAttached = false;
  }

  [Symbol.dispose](): void {
    this.reset();
  }
}

/** Tells every attached client each event once, numbered. */
export class Broadcast {
  #sequence = 0;
  #waiting: EventEnvelope[] = [];
  #timer: NodeJS.Timeout | undefined;
  readonly #connections = new Set<Connection>();

  /** Of the last event that was told: what a client is given now holds all of them. */
  get sequence(): number {
    this.#tell();
    return this.#sequence;
  }

  connect(sink: ClientSink): Connection {
    const connection = new Connection(sink);
    this.#connections.add(connection);
    return connection;
  }

  disconnect(connection: Connection): void {
    connection[Symbol.dispose]();
    this.#connections.delete(connection);
  }

  readonly emit = (event: CarrelEvent): void => {
    this.#add(event);
    this.#tell();
    if (event.type === 'session-closed') this.#detachAll(event.sessionId);
    // Two windows must not both answer what a program asks its terminal.
    if (event.type === 'session-moved') this.#detachAll(event.session.id);
  };

  /** Of what nobody looks at: not worth waking a window for. */
  readonly emitUnseen = (event: CarrelEvent): void => {
    this.#add(event);
    this.#timer ??= setTimeout(() => this.#tell(), UNSEEN_PAUSE_MS).unref();
  };

  #add(event: CarrelEvent): void {
    this.#sequence += 1;
    this.#waiting.push({ sequence: this.#sequence, event });
  }

  #tell(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const envelopes = this.#waiting;
    if (envelopes.length === 0) return;
    this.#waiting = [];
    for (const { isAttached, sink } of this.#connections) if (isAttached) sink.events(envelopes);
  }

  #detachAll(id: SessionId): void {
    for (const connection of this.#connections) connection.detachAll(id);
  }
}
