import { isMac } from '../../ui/keys.ts';

/** The protocols that the system's browser and mail program may be handed. */
const OPENABLE = /^(?:https?|mailto):/i;

/** A file that a program named, by its absolute path. */
export type FilePlace = { readonly path: string; readonly line?: number; readonly column?: number };

/** `path:line:column`, as editors take it. */
export function placeInWords({ path, line, column }: FilePlace): string {
  return [path, line, column].filter((piece) => piece !== undefined).join(':');
}

/** A link under the pointer: where it really goes, whatever its text says. */
export type HoveredLink = {
  readonly target: string;
  /** Absent where it is an address. */
  readonly file?: FilePlace;
  /** Of the pointer, in CSS pixels of the window. */
  readonly x: number;
  readonly y: number;
};

/** What becomes of links to addresses. */
export type AddressEffects = {
  readonly onHover: (link: HoveredLink | undefined) => void;
  readonly openLink: (url: string) => void;
};

export type LinkEffects = AddressEffects & {
  /** Opens the file, or where it cannot be opened copies its name. */
  readonly openFile: (file: FilePlace) => void;
};

export function isOpenable(target: string): boolean {
  return OPENABLE.test(target) && URL.canParse(target);
}

/** As the browser will read it: look-alike letters in a host become `xn--…`, hidden characters `%…`. */
function trueForm(target: string): string {
  return URL.canParse(target) ? new URL(target).href : target;
}

/** What to do about a link that the pointer rests on. */
export function linkHint({ target, file }: HoveredLink, canOpenFiles: boolean): string {
  if (!file && !isOpenable(target)) return 'Not opened: only web and mail addresses are';
  return `${isMac ? '⌘' : 'Ctrl'} click to ${file && !canOpenFiles ? 'copy' : 'open'}`;
}

/** What xterm asks of a link's owner; a click alone selects text and opens nothing. */
export function createLinkHandler({ onHover, openLink }: AddressEffects) {
  return {
    activate: (event: MouseEvent, target: string) => {
      if ((isMac ? event.metaKey : event.ctrlKey) && isOpenable(target)) openLink(trueForm(target));
    },
    hover: (event: MouseEvent, target: string) =>
      onHover({ target: trueForm(target), x: event.clientX, y: event.clientY }),
    leave: () => onHover(undefined),
  };
}
