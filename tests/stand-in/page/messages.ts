/** What travels between the preload's world and the main process. `encoded` is the codec's form of the parameters. */
export type ToMain =
  | { kind: 'invoke'; call: number; channel: string; encoded: unknown }
  | { kind: 'send'; channel: string; encoded: unknown }
  | { kind: 'key'; press: KeyPress }
  | { kind: 'preload-error'; stack: string };

export type ToPreload =
  | { kind: 'message'; channel: string; encoded: unknown }
  | { kind: 'result'; call: number; encoded: unknown }
  | { kind: 'failure'; call: number; message: string };

/** A key that the page left unused. `key` and `code` are the DOM's. */
export type KeyPress = {
  key: string;
  code: string;
  control: boolean;
  shift: boolean;
  alt: boolean;
  meta: boolean;
};

/** The function by which main reaches the preload's world, and the one by which that world reaches main. */
export const RECEIVE = 'standInReceive';
export const SEND = 'standInSend';
