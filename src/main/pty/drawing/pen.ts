import type { Terminal } from '@xterm/headless';
import { linkData, underlineBits, type Look } from './internals.ts';

const COLOUR_BITS = 0x3ffffff;
const COLOUR_KIND_BITS = 0x3000000;
const UNDERLINE = 0x10000000;
/** In the background: `extended` is this cell's own, not left there by another. */
const IS_EXTENDED = 0x10000000;
/** In the background: some erasing spares the cell. */
const IS_PROTECTED = 0x20000000;

/** Flags of the foreground and of the background, and the SGR parameter that sets each. */
const FOREGROUND_FLAGS = [
  [0x8000000, 1],
  [0x20000000, 5],
  [0x4000000, 7],
  [0x40000000, 8],
  [0x80000000, 9],
] as const;
const BACKGROUND_FLAGS = [
  [0x8000000, 2],
  [0x4000000, 3],
  [0x40000000, 53],
] as const;

export function isSameLook(one: Look, other: Look): boolean {
  return (
    one.fg === other.fg &&
    backgroundOf(one) === backgroundOf(other) &&
    underlineOf(one) === underlineOf(other) &&
    linkOf(one) === linkOf(other)
  );
}

/** Nothing but perhaps a background colour: what erasing leaves. */
export function isErased(look: Look): boolean {
  return look.fg === 0 && (backgroundOf(look) & ~COLOUR_BITS) === 0 && linkOf(look) === 0;
}

export function hasBackground(look: Look): boolean {
  return (look.bg & COLOUR_KIND_BITS) !== 0;
}

/** Writes how the next text looks, where that differs from the text before. */
export class Pen {
  readonly #terminal: Terminal;
  #foreground = 0;
  #background = 0;
  #underline = 0;
  #link = 0;

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
  }

  /** The escape sequences that come before text of this look. */
  to(look: Look): string {
    return this.toStyle(look) + this.#toLink(linkOf(look));
  }

  /** As `to`, but a link goes on. */
  toStyle(look: Look): string {
    const background = backgroundOf(look);
    const underline = underlineOf(look);
    if (look.fg === this.#foreground && background === this.#background && underline === this.#underline)
      return '';
    this.#foreground = look.fg;
    this.#background = background;
    this.#underline = underline;
    return `\x1b[${parameters(look).join(';')}m`;
  }

  #toLink(id: number): string {
    if (id === this.#link) return '';
    this.#link = id;
    const link = linkData(this.#terminal, id);
    return `\x1b]8;${link?.id === undefined ? '' : `id=${link.id}`};${link?.uri ?? ''}\x1b\\`;
  }
}

function backgroundOf(look: Look): number {
  return look.bg & ~(IS_EXTENDED | IS_PROTECTED);
}

/** 0 without a link. */
export function linkOf({ bg, extended }: Look): number {
  return (bg & IS_EXTENDED) === 0 ? 0 : extended.urlId;
}

/** Style and colour of the underline, 0 without one; not the marking of a link. */
export function underlineOf(look: Look): number {
  if ((look.fg & UNDERLINE) === 0) return 0;
  const underline = withStyle((look.bg & IS_EXTENDED) === 0 ? 0 : underlineBits(look));
  const isRgb = (underline & COLOUR_KIND_BITS) === COLOUR_KIND_BITS;
  return isRgb ? underline : underline & ~0xffff00;
}

/** A saved cursor forgets which style of line it was. */
function withStyle(underline: number): number {
  return ((underline >>> 26) & 7) === 0 ? underline | (1 << 26) : underline;
}

function parameters(look: Look): (number | string)[] {
  const underline = underlineOf(look);
  return [
    0,
    ...FOREGROUND_FLAGS.flatMap(([flag, parameter]) => ((look.fg & flag) === 0 ? [] : parameter)),
    ...BACKGROUND_FLAGS.flatMap(([flag, parameter]) => ((look.bg & flag) === 0 ? [] : parameter)),
    ...(underline === 0 ? [] : [`4:${(underline >>> 26) & 7}`, ...colour(underline, 58)]),
    ...colour(look.fg, 38),
    ...colour(look.bg, 48),
  ];
}

/** `command` is 38, 48 or 58. */
function colour(bits: number, command: number): number[] {
  // A colour of the palette leaves the red and green of an RGB colour before it where they were.
  const value = bits & 255;
  switch ((bits >>> 24) & 3) {
    case 0:
      return [];
    case 1:
      return [value < 8 ? command - 8 + value : command + 52 + value - 8];
    case 2:
      return [command, 5, value];
    default:
      return [command, 2, (bits >>> 16) & 255, (bits >>> 8) & 255, value];
  }
}
