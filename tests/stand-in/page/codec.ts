/** Structured clone as JSON, the same in Node and in the page; only the way to base64 differs. */
export type Base64 = {
  toText: (bytes: Uint8Array) => string;
  toBytes: (text: string) => Uint8Array<ArrayBuffer>;
};
export type Codec = { encode: (value: unknown) => unknown; decode: (encoded: unknown) => unknown };

const BINARY: Readonly<Record<string, new (buffer: ArrayBuffer) => ArrayBufferView>> = {
  Int8Array,
  Uint8Array,
  Uint8ClampedArray,
  Int16Array,
  Uint16Array,
  Int32Array,
  Uint32Array,
  Float32Array,
  Float64Array,
  BigInt64Array,
  BigUint64Array,
  DataView,
};

const ERRORS = { Error, EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError };

type Tagged = [tag: string, ...parts: unknown[]];

/** Plain objects stay objects; anything else that JSON has no word for becomes an array that starts with a tag. */
export function createCodec(base64: Base64): Codec {
  /** The platform's own clone first: it refuses what it must, and leaves nothing but data. */
  function encode(value: unknown): unknown {
    let clone: unknown;
    try {
      clone = structuredClone(value);
    } catch {
      throw new Error('An object could not be cloned.');
    }
    return encodeWith(new Map(), clone);
  }

  /** `seen` numbers the objects in the order in which decoding meets them again. */
  function encodeWith(seen: Map<object, number>, value: unknown): unknown {
    if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
    if (typeof value === 'number') {
      return Number.isFinite(value) && !Object.is(value, -0)
        ? value
        : ['number', Object.is(value, -0) ? '-0' : String(value)];
    }
    if (typeof value === 'bigint') return ['bigint', String(value)];
    if (typeof value !== 'object') return ['undefined'];
    const known = seen.get(value);
    if (known !== undefined) return ['again', known];
    seen.set(value, seen.size);
    return encodeObject(value, (part) => encodeWith(seen, part));
  }

  function encodeObject(value: object, encode: (part: unknown) => unknown): unknown {
    if (Array.isArray(value)) return ['array', ...Array.from(value, encode)];
    if (value instanceof Map) return ['map', ...[...value].map(([key, item]) => [encode(key), encode(item)])];
    if (value instanceof Set) return ['set', ...[...value].map(encode)];
    if (value instanceof Date) return ['date', value.getTime()];
    if (value instanceof RegExp) return ['regexp', value.source, value.flags];
    if (value instanceof Error) return ['error', value.name, value.message, value.stack, encode(value.cause)];
    if (value instanceof ArrayBuffer) return ['buffer', base64.toText(new Uint8Array(value))];
    if (ArrayBuffer.isView(value)) {
      const bytes = new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
      return ['binary', Object.prototype.toString.call(value).slice(8, -1), base64.toText(bytes)];
    }
    if (Object.prototype.toString.call(value) !== '[object Object]') {
      throw new Error(`stand-in: ${Object.prototype.toString.call(value)} over IPC is not implemented`);
    }
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, encode(item)]));
  }

  function decodeWith(seen: unknown[], encoded: unknown): unknown {
    if (encoded === null || typeof encoded !== 'object') return encoded;
    if (Array.isArray(encoded)) return decodeTagged(seen, encoded as Tagged);
    const object = remember(seen, {});
    for (const [key, part] of Object.entries(encoded)) {
      // An assignment to __proto__ would not make a property.
      Object.defineProperty(object, key, {
        value: decodeWith(seen, part),
        writable: true,
        enumerable: true,
        configurable: true,
      });
    }
    return object;
  }

  function decodeTagged(seen: unknown[], [tag, ...parts]: Tagged): unknown {
    const [first, second, third] = parts as [string, string, string];
    switch (tag) {
      case 'undefined':
        return undefined;
      case 'number':
        return Number(first);
      case 'bigint':
        return BigInt(first);
      case 'again':
        return seen[Number(first)];
      case 'date':
        return remember(seen, new Date(first ?? Number.NaN));
      case 'regexp':
        return remember(seen, new RegExp(first, second));
      case 'buffer':
        return remember(seen, base64.toBytes(first).buffer);
      case 'binary': {
        const View = BINARY[first] ?? Uint8Array;
        return remember(seen, new View(base64.toBytes(second).buffer));
      }
      case 'error':
        return decodeError(seen, { name: first, message: second, stack: third, cause: parts[3] });
      default:
        return decodeCollection(seen, tag, parts);
    }
  }

  function decodeError(
    seen: unknown[],
    encoded: { name: string; message: string; stack: string; cause: unknown },
  ): Error {
    const kind = ERRORS[encoded.name as keyof typeof ERRORS] ?? Error;
    const error = remember(seen, new kind(encoded.message));
    error.stack = encoded.stack;
    const cause = decodeWith(seen, encoded.cause);
    if (cause !== undefined) error.cause = cause;
    return error;
  }

  function decodeCollection(seen: unknown[], tag: string, parts: unknown[]): unknown {
    if (tag === 'array') {
      const array: unknown[] = remember(seen, []);
      for (const part of parts) array.push(decodeWith(seen, part));
      return array;
    }
    if (tag === 'set') {
      const set = remember(seen, new Set());
      for (const part of parts) set.add(decodeWith(seen, part));
      return set;
    }
    const map = remember(seen, new Map());
    for (const [key, value] of parts as [unknown, unknown][])
      map.set(decodeWith(seen, key), decodeWith(seen, value));
    return map;
  }

  /** An object is numbered before its parts, which may lead back to it. */
  function remember<T>(seen: unknown[], object: T): T {
    seen.push(object);
    return object;
  }

  return { encode, decode: (encoded) => decodeWith([], encoded) };
}
