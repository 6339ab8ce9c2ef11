/* oxlint-disable eslint/no-underscore-dangle -- the names are xterm's */
import type { IBufferCell, Terminal } from '@xterm/headless';

/**
 * How a cell or the pen looks. xterm's interface tells no underline style, underline colour or link,
 * so the numbers that it keeps are read instead; their bits are in its `Constants.ts`.
 */
export type Look = {
  /** Colour in the low 26 bits (2 of kind, 24 of value), flags above. */
  readonly fg: number;
  readonly bg: number;
  readonly extended: {
    readonly _ext: number;
    /** 0 without a link. */
    readonly urlId: number;
  };
};

export const PLAIN: Look = { fg: 0, bg: 0, extended: { _ext: 0, urlId: 0 } };

export type Cell = IBufferCell & Look;

export type Charset = Readonly<Record<string, string>> | undefined;

export type InnerBuffer = {
  readonly x: number;
  readonly y: number;
  readonly ybase: number;
  readonly scrollTop: number;
  readonly scrollBottom: number;
  readonly savedX: number;
  /** Counted from the first line kept, as `ybase` is. */
  readonly savedY: number;
  readonly savedCurAttrData: Look;
  readonly savedCharset: Charset;
  readonly tabs: Readonly<Record<number, boolean>>;
};

type Inner = {
  readonly buffers: { readonly normal: InnerBuffer; readonly alt: InnerBuffer };
  readonly coreService: {
    readonly isCursorHidden: boolean;
    readonly decPrivateModes: {
      readonly cursorStyle: 'block' | 'underline' | 'bar' | undefined;
      readonly cursorBlink: boolean | undefined;
    };
  };
  readonly coreMouseService: { readonly activeEncoding: string };
  readonly unicodeService: { charProperties(codePoint: number, preceding: number): number };
};

type Link = { readonly id?: string; readonly uri: string };

type Core = Inner & {
  readonly _inputHandler: { readonly _curAttrData: Look };
  readonly _charsetService: {
    readonly glevel: number;
    readonly charset: Charset;
    readonly _charsets: readonly Charset[];
  };
  readonly _oscLinkService: { getLinkData(id: number): Link | undefined };
};

/** What xterm keeps to itself, as of the version that package.json names; restore-property.test.ts sees whether it still holds. */
export function innerOf(terminal: Terminal): Inner {
  return coreOf(terminal);
}

/** Of the text that comes next. */
export function presentLook(terminal: Terminal): Look {
  return coreOf(terminal)._inputHandler._curAttrData;
}

/** The character sets G0 to G3, and which of them is in use. Restoring the cursor changes only the one in use. */
export function charsetsOf(terminal: Terminal): {
  readonly level: number;
  readonly sets: readonly Charset[];
} {
  const { glevel, charset, _charsets } = coreOf(terminal)._charsetService;
  return {
    level: glevel,
    sets: [0, 1, 2, 3].map((index) => (index === glevel ? charset : _charsets[index])),
  };
}

/** Undefined for 0, and for a link whose first lines are gone. */
export function linkData(terminal: Terminal, id: number): Link | undefined {
  return coreOf(terminal)._oscLinkService.getLinkData(id);
}

/** Style and colour of an underline; the object tells of a link only how xterm marks links. */
export function underlineBits({ extended }: Look): number {
  return extended._ext;
}

function coreOf(terminal: Terminal): Core {
  return (terminal as unknown as { _core: Core })._core;
}
