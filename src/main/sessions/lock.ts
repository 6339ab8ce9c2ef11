/** Runs tasks one after another, in the order they were asked for; a task that throws does not stop the next. */
export class Lock {
  #last: Promise<unknown> = Promise.resolve();

  run<Value>(task: () => Value | Promise<Value>): Promise<Value> {
    const result = this.#last.then(task);
    this.#last = result.catch(() => undefined);
    return result;
  }
}
