/** Runs `task` at most once in as many ms as `intervalMs` says: at once when it has rested that long, else as soon as it has. */
export class Throttle {
  readonly #intervalMs: () => number;
  readonly #task: () => void;
  #lastRunAt = -Infinity;
  #timer: NodeJS.Timeout | undefined;

  constructor(intervalMs: () => number, task: () => void) {
    this.#intervalMs = intervalMs;
    this.#task = task;
  }

  request(): void {
    if (this.#timer) return;
    const waitMs = this.#lastRunAt + this.#intervalMs() - performance.now();
    if (waitMs <= 0) this.#run();
    else this.#timer = setTimeout(() => this.#run(), waitMs);
  }

  cancel(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #run(): void {
    this.cancel();
    this.#lastRunAt = performance.now();
    this.#task();
  }
}
