/**
 * One half of the context bridge. Two JavaScript worlds share a document and nothing else; the halves talk by synchronous
 * events whose `detail` the browser itself clones from one world into the other. Functions and promises travel as numbers.
 */
type Wire =
  | { value: unknown }
  | { function: number }
  | { promise: number }
  | { array: Wire[] }
  | { object: Record<string, Wire> };

type Outcome = { isError: boolean; value: Wire };

type BridgeMessage =
  | { kind: 'expose'; key: string; api: Wire }
  | { kind: 'call'; call: number; function: number; parameters: Wire[] }
  | ({ kind: 'answer'; call: number } & Outcome)
  | ({ kind: 'settle'; promise: number } & Outcome);

type BridgeFunction = (...parameters: unknown[]) => unknown;

export type Bridge = {
  /** Makes the API a property of the other world's window. */
  expose: (key: string, api: unknown) => void;
  onExpose: (listener: (key: string, api: unknown) => void) => void;
};

/** `token` is a secret of this document: page scripts cannot take part without it. */
export function createBridge(token: string, self: 'page' | 'preload'): Bridge {
  // Kept from before any page script could replace them.
  const { document, CustomEvent, structuredClone } = globalThis;
  const dispatch = document.dispatchEvent.bind(document);
  const functions: BridgeFunction[] = [];
  const functionNumbers = new WeakMap<BridgeFunction, number>();
  const proxies = new Map<number, BridgeFunction>();
  const answers = new Map<number, Outcome>();
  const promises = new Map<number, PromiseWithResolvers<unknown>>();
  let exposed: (key: string, api: unknown) => void = () => undefined;
  let lastNumber = 0;

  function post(message: BridgeMessage): void {
    dispatch(new CustomEvent(`${token}-${self === 'page' ? 'preload' : 'page'}`, { detail: message }));
  }

  function toWire(value: unknown): Wire {
    if (typeof value === 'function') return { function: numberOf(value as BridgeFunction) };
    if (value instanceof Promise) return { promise: follow(value) };
    if (value === null || typeof value !== 'object') return { value };
    try {
      return { value: structuredClone(value) };
    } catch {
      // A function or promise somewhere inside.
    }
    if (Array.isArray(value)) return { array: value.map(toWire) };
    return { object: Object.fromEntries(Object.entries(value).map(([key, part]) => [key, toWire(part)])) };
  }

  function fromWire(wire: Wire): unknown {
    if ('value' in wire) return wire.value;
    if ('array' in wire) return wire.array.map(fromWire);
    if ('function' in wire) return proxyOf(wire.function);
    if ('object' in wire) {
      return Object.fromEntries(Object.entries(wire.object).map(([key, part]) => [key, fromWire(part)]));
    }
    const promise = Promise.withResolvers<unknown>();
    promises.set(wire.promise, promise);
    return promise.promise;
  }

  function numberOf(target: BridgeFunction): number {
    const known = functionNumbers.get(target);
    if (known !== undefined) return known;
    const number = functions.push(target) - 1;
    functionNumbers.set(target, number);
    return number;
  }

  function proxyOf(number: number): BridgeFunction {
    const known = proxies.get(number);
    if (known) return known;
    const proxy: BridgeFunction = (...parameters) => {
      lastNumber += 1;
      const call = lastNumber;
      post({ kind: 'call', call, function: number, parameters: parameters.map(toWire) });
      // The other world has answered before `post` came back.
      const answer = answers.get(call);
      answers.delete(call);
      if (!answer) throw new Error('stand-in: the other world did not answer');
      if (answer.isError) throw fromWire(answer.value);
      return fromWire(answer.value);
    };
    proxies.set(number, proxy);
    return proxy;
  }

  function follow(promise: Promise<unknown>): number {
    lastNumber += 1;
    const number = lastNumber;
    promise.then(
      (value) => post({ kind: 'settle', promise: number, isError: false, value: toWire(value) }),
      (error: unknown) => post({ kind: 'settle', promise: number, isError: true, value: toWire(error) }),
    );
    return number;
  }

  function call(number: number, parameters: Wire[]): Outcome {
    try {
      return { isError: false, value: toWire(functions[number]?.(...parameters.map(fromWire))) };
    } catch (error) {
      return { isError: true, value: toWire(error) };
    }
  }

  function receive(message: BridgeMessage): void {
    switch (message.kind) {
      case 'expose':
        return exposed(message.key, fromWire(message.api));
      case 'call':
        return post({ kind: 'answer', call: message.call, ...call(message.function, message.parameters) });
      case 'answer':
        return void answers.set(message.call, message);
      case 'settle': {
        const promise = promises.get(message.promise);
        promises.delete(message.promise);
        const value = fromWire(message.value);
        if (message.isError) promise?.reject(value);
        else promise?.resolve(value);
      }
    }
  }

  document.addEventListener(`${token}-${self}`, (event) =>
    receive((event as CustomEvent<BridgeMessage>).detail),
  );
  return {
    expose: (key, api) => post({ kind: 'expose', key, api: toWire(api) }),
    onExpose: (listener) => {
      exposed = listener;
    },
  };
}
