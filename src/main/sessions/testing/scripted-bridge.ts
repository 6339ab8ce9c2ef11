import type { ModelReference } from '../../../shared/models.ts';
import type { AgentBridge, AgentEvent, TurnRequest } from '../../agent/types.ts';

/** An agent bridge that a test holds the other end of: it records its turns and says what it is told to say. */
export class ScriptedBridge implements AgentBridge {
  readonly epoch: number;
  readonly model: ModelReference;
  readonly requests: TurnRequest[] = [];
  isDisposed = false;
  #events: AgentEvent[] = [];
  #wake: () => void = () => undefined;

  constructor(model: ModelReference, epoch: number) {
    this.model = model;
    this.epoch = epoch;
  }

  say(...events: AgentEvent[]): void {
    this.#events.push(...events);
    this.#wake();
  }

  answer(text: string): void {
    this.say({ type: 'text-delta', text }, { type: 'finished', usage: {} });
  }

  async *runTurn(request: TurnRequest): AsyncIterable<AgentEvent> {
    this.requests.push(request);
    request.signal.addEventListener('abort', () => this.#wake());
    while (!request.signal.aborted) {
      const event = this.#events.shift();
      if (event) yield event;
      if (event?.type === 'finished' || event?.type === 'failed') return;
      if (!event) await new Promise<void>((wake) => (this.#wake = wake));
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.isDisposed = true;
  }
}
