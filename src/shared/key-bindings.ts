import { z } from 'zod';
import { appCommandIds, appCommands, isAppCommandId, type AppCommandId } from './app-commands.ts';
import { parseKeys, resolveKeys } from './keys.ts';
import { canHoldTogether, mentions, parseWhen, type When, type WhenContext } from './when.ts';

/** A key of a command, as it stands in settings.toml. */
export const keyBinding = z.object({
  key: z.string(),
  /** Absent means where the built-in key counts, empty means everywhere. */
  when: z.string().exactOptional(),
});
export type KeyBinding = z.infer<typeof keyBinding>;

/** `[keys]` in the order of the file: a command that stands here has these keys and no built-in one. */
export const ownKeys = z.record(z.string(), z.array(keyBinding));
export type OwnKeys = z.infer<typeof ownKeys>;

/** A key that leads to a command on this kind of keyboard. */
export type Binding = {
  readonly command: AppCommandId;
  readonly keys: string;
  /** As it is written. */
  readonly when: string;
  readonly source: 'built-in' | 'yours';
  readonly condition: When;
};

/** All keys, those that win first: the person's before built-in ones, the later in the file before the earlier. */
export function bindingsOf(own: OwnKeys, mac: boolean): readonly Binding[] {
  const yours = Object.entries(own).flatMap(([command, keys]) =>
    isAppCommandId(command)
      ? keys.flatMap(({ key, when }) => toBinding(command, key, when, { source: 'yours', mac }))
      : [],
  );
  const builtIn = appCommandIds.flatMap((command) => {
    const key = builtInKeyOf(command, mac);
    if (key === undefined || Object.hasOwn(own, command)) return [];
    return toBinding(command, key, undefined, { source: 'built-in', mac });
  });
  return [...yours.toReversed(), ...builtIn];
}

/** None where the text is no key; settings let no such one through. */
function toBinding(
  command: AppCommandId,
  key: string,
  when: string | undefined,
  { source, mac }: { source: Binding['source']; mac: boolean },
): Binding[] {
  const { when: usual = '', inDialogs } = appCommands[command];
  const written = when ?? usual;
  const [keys, condition] = [parseKeys(key), parseWhen(written)];
  if (!keys.ok || !condition.ok) return [];
  // A dialog keeps its keys, unless the person says otherwise.
  const keepsOut = inDialogs !== true && !mentions(condition.value, 'dialog');
  return [
    {
      command,
      keys: resolveKeys(keys.value, mac),
      when: written,
      source,
      condition: keepsOut ? { type: 'and', of: [condition.value, NOT_IN_DIALOG] } : condition.value,
    },
  ];
}

const NOT_IN_DIALOG: When = { type: 'not', of: { type: 'context', name: 'dialog' } };

/** The keys of one command, as they could be written for it. */
export function presentKeys(command: AppCommandId, own: OwnKeys, mac: boolean): readonly KeyBinding[] {
  if (Object.hasOwn(own, command)) return own[command] ?? [];
  const key = builtInKeyOf(command, mac);
  return key === undefined ? [] : [{ key }];
}

/** The key that is shown with a command: the first that was written for it. */
export function keysOf(command: AppCommandId, own: OwnKeys, mac: boolean): string | undefined {
  const key = presentKeys(command, own, mac)[0]?.key;
  const parsed = key === undefined ? undefined : parseKeys(key);
  return parsed?.ok ? resolveKeys(parsed.value, mac) : undefined;
}

function builtInKeyOf(command: AppCommandId, mac: boolean): string | undefined {
  const { keys } = appCommands[command];
  return typeof keys === 'object' ? (mac ? keys.mac : keys.other) : keys;
}

/** Two commands want the same key at the same time; one chord may also be the beginning of the other's two. */
export type KeyConflict = { readonly winner: Binding; readonly loser: Binding };

/** `bindings` as `bindingsOf` orders them; `facts` are what never changes here, as the host. */
export function conflictsOf(
  bindings: readonly Binding[],
  facts: Partial<Record<WhenContext, boolean>>,
): readonly KeyConflict[] {
  return bindings.flatMap((loser, index) =>
    bindings
      .slice(0, index)
      .filter((winner) => winner.command !== loser.command && isSameKey(winner.keys, loser.keys))
      .filter((winner) => canHoldTogether([winner.condition, loser.condition], facts))
      .map((winner) => ({ winner, loser })),
  );
}

function isSameKey(one: string, other: string): boolean {
  return one === other || one.startsWith(`${other} `) || other.startsWith(`${one} `);
}

/** What plain Ctrl and a letter does in a shell. */
const SHELL_USES: Readonly<Record<string, string>> = {
  A: 'goes to the beginning of the line',
  B: 'goes back a character',
  C: 'interrupts the running program',
  D: 'ends the input, or the shell',
  E: 'goes to the end of the line',
  F: 'goes on a character',
  G: 'gives up a search',
  H: 'is Backspace to some programs',
  I: 'is Tab to programs',
  J: 'is Enter to programs',
  K: 'cuts the rest of the line',
  L: 'clears the screen',
  M: 'is Enter to programs',
  N: 'brings the next command of the history',
  O: 'runs a line and brings the next',
  P: 'brings the last command of the history',
  Q: 'lets output go on',
  R: 'searches the history',
  S: 'stops output, or searches forwards',
  T: 'swaps two characters',
  U: 'cuts what stands before the cursor',
  V: 'takes the next key as it is',
  W: 'cuts a word',
  X: 'begins longer commands',
  Y: 'brings back what was cut',
  Z: 'stops the running program',
};

/** Keys that programs in a terminal live by without any modifier. */
const PLAIN_KEYS = /^(Enter|Escape|Tab|Backspace|Delete|Home|End|Page\w+|Arrow\w+)$/;

/** What the shell loses by a binding, in words that follow "where"; undefined where it loses nothing. */
export function shellLoss({ keys, condition }: Binding): string | undefined {
  const [first = ''] = keys.split(' ');
  const use = SHELL_USES[/^Ctrl\+([A-Z])$/.exec(first)?.[1] ?? ''];
  if ((use === undefined && !PLAIN_KEYS.test(first)) || !canHoldTogether([condition, IN_SHELL]))
    return undefined;
  return use === undefined ? 'programs need it' : `it ${use}`;
}

const IN_SHELL: When = {
  type: 'and',
  of: [
    { type: 'context', name: 'terminal' },
    { type: 'not', of: { type: 'context', name: 'find' } },
  ],
};
