import { EventEmitter } from 'node:events';

/** What the language and debuggers ask any object for. */
const ALWAYS_ASKED = new Set(['then', 'toJSON']);

/** Makes reading anything the object does not have an error, so that no test passes on a part of Electron that is missing. */
export function refuseUnknown<T extends object>(name: string, object: T): T {
  const parent = Object.getPrototypeOf(object) as object;
  const refusing = new Proxy(parent, {
    get(target, key, receiver): unknown {
      if (typeof key === 'symbol' || key in target || ALWAYS_ASKED.has(key)) {
        return Reflect.get(target, key, receiver);
      }
      throw new Error(`stand-in: ${name}.${key} is not implemented`);
    },
  });
  return Object.setPrototypeOf(object, refusing) as T;
}

/** An emitter that refuses listeners for events it never emits. */
export class StandInEmitter extends EventEmitter {
  constructor(name: string, events: readonly string[]) {
    super();
    this.setMaxListeners(0);
    this.on('newListener', (event: string | symbol) => {
      if (typeof event === 'symbol' || event === 'newListener' || events.includes(event)) return;
      throw new Error(`stand-in: the event '${event}' of ${name} is not implemented`);
    });
  }
}

/** What a listener gets that may say no. */
export type Cancellable = { defaultPrevented: boolean; preventDefault: () => void };

/** An event that a listener may prevent. */
export function cancellable<T extends object>(fields?: T): Cancellable & T {
  const event = {
    defaultPrevented: false,
    preventDefault: () => {
      event.defaultPrevented = true;
    },
  };
  return Object.assign(event, fields);
}
