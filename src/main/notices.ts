import type { Notice } from '../shared/app.ts';
import type { CarrelEvent } from '../shared/contract.ts';

/** What every window shows until someone dismisses it or its cause goes. */
export class Notices {
  readonly #notices = new Map<string, Notice>();
  readonly #emit: (event: CarrelEvent) => void;

  constructor(emit: (event: CarrelEvent) => void) {
    this.#emit = emit;
  }

  list(): Notice[] {
    return [...this.#notices.values()];
  }

  /** Replaces the notice of the same id. */
  raise(notice: Notice): void {
    this.#notices.set(notice.id, notice);
    this.#emit({ type: 'notice-raised', notice });
  }

  /** A notice that stands for as long as there is a reason for it. */
  keep(id: string, notice: Notice | undefined): void {
    if (notice) this.raise(notice);
    else this.dismiss(id);
  }

  dismiss(id: string): void {
    if (this.#notices.delete(id)) this.#emit({ type: 'notice-dismissed', id });
  }
}
