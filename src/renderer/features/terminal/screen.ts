import { FitAddon } from '@xterm/addon-fit';
import { SearchAddon } from '@xterm/addon-search';
import { UnicodeGraphemesAddon } from '@xterm/addon-unicode-graphemes';
import { WebLinksAddon } from '@xterm/addon-web-links';
import { WebglAddon } from '@xterm/addon-webgl';
import { Terminal } from '@xterm/xterm';
import '@xterm/xterm/css/xterm.css';
import type { ClientSettings } from '../../../shared/app.ts';
import { copyText } from '../../ui/copy.ts';
import { isMac } from '../../ui/keys.ts';
import { createLinkHandler, type LinkEffects } from './links.ts';
import { onThemeChange, readTheme, token } from './terminal-theme.ts';

export type TerminalSettings = ClientSettings['terminal'];

/** The look of the tokens: 20 px a line at 13 px of type. */
const LINE_HEIGHT_RATIO = 20 / 13;

/** Programs repeat a character to fill a line; more than this only hangs the window. */
const MAX_REPEAT = 65_535;

/**
 * Where a terminal is drawn. Its text is pixels, so tests and assistive tooling read it from here:
 * `carrelTerminal.buffer.active`.
 */
export type ScreenHost = HTMLDivElement & { carrelTerminal?: Terminal };

export type Screen = Disposable & {
  readonly terminal: Terminal;
  readonly search: SearchAddon;
  applySettings(settings: TerminalSettings): void;
};

/** An xterm that fills `host`, which must be on the page and its font loaded, with the page's look. */
export function createScreen({
  host,
  settings,
  links,
}: {
  host: ScreenHost;
  settings: TerminalSettings;
  links: LinkEffects;
}): Screen {
  const resources = new DisposableStack();
  const terminal = resources.adopt(createTerminal(links), (terminal) => terminal.dispose());
  const fit = new FitAddon();
  const search = new SearchAddon();
  terminal.loadAddon(fit);
  terminal.loadAddon(search);
  terminal.open(host);
  host.carrelTerminal = terminal;
  resources.defer(() => delete host.carrelTerminal);
  let present = settings;
  let isWebgl = drawWithWebgl(terminal, () => {
    isWebgl = false;
    applySettings(present);
  });

  function applySettings(changed: TerminalSettings): void {
    present = changed;
    terminal.options = { ...optionsFrom(present), ...cellOptions(present, isWebgl) };
    fitTo(host, fit);
  }
  applySettings(settings);

  resources.use(onThemeChange(() => (terminal.options.theme = readTheme())));
  resources.use(onSizeChange(host, () => fitTo(host, fit)));
  return { terminal, search, applySettings, [Symbol.dispose]: () => resources.dispose() };
}

/** Waits for the terminal's font, whose width sets the number of columns. */
export async function loadTerminalFont(settings: TerminalSettings): Promise<void> {
  const { fontSize, fontFamily } = optionsFrom(settings);
  // A family that is not there is the next one's turn.
  await Promise.allSettled(
    ['400', '700'].map((weight) => document.fonts.load(`${weight} ${fontSize}px ${fontFamily}`)),
  );
}

function createTerminal(links: LinkEffects): Terminal {
  const linkHandler = createLinkHandler(links);
  const terminal = new Terminal({
    theme: readTheme(),
    // The search's marks and the width of graphemes are proposed API.
    allowProposedApi: true,
    minimumContrastRatio: 4.5,
    rescaleOverlappingGlyphs: true,
    linkHandler: { ...linkHandler, allowNonHttpProtocols: true },
  });
  terminal.loadAddon(new UnicodeGraphemesAddon());
  terminal.loadAddon(new WebLinksAddon(linkHandler.activate, linkHandler));
  terminal.parser.registerCsiHandler({ final: 'b' }, ([count]) => Number(count) > MAX_REPEAT);
  terminal.attachCustomKeyEventHandler((event) => !copiesSelection(terminal, event));
  return terminal;
}

function optionsFrom(settings: TerminalSettings) {
  return {
    fontFamily: [settings.fontFamily, token('--font-mono')].filter(Boolean).join(', '),
    fontSize: settings.fontSize,
    fontWeightBold: 700 as const,
    scrollback: settings.scrollback,
    cursorStyle: settings.cursorStyle,
    cursorBlink: settings.cursorBlink,
    // A page cannot ask whether the system wants it.
    screenReaderMode: settings.screenReader === 'on',
  };
}

/**
 * Makes cells as the tokens want them, whatever the font: xterm multiplies the height of its box,
 * and cuts its width to whole pixels under WebGL.
 */
function cellOptions(settings: TerminalSettings, isWebgl: boolean) {
  const { fontSize, fontFamily } = optionsFrom(settings);
  const context = new OffscreenCanvas(1, 1).getContext('2d');
  if (!context) return {};
  context.font = `${fontSize}px ${fontFamily}`;
  const { width, fontBoundingBoxAscent, fontBoundingBoxDescent } = context.measureText('W');
  const deviceWidth = width * devicePixelRatio;
  const deviceHeight = Math.ceil((fontBoundingBoxAscent + fontBoundingBoxDescent) * devicePixelRatio);
  const wantedHeight = Math.round(fontSize * LINE_HEIGHT_RATIO) * devicePixelRatio;
  return {
    // A hair more, because xterm rounds down.
    lineHeight: Math.max(1, wantedHeight / deviceHeight + 0.001),
    letterSpacing: isWebgl ? Math.round(deviceWidth) - Math.floor(deviceWidth) : 0,
  };
}

/** Whether WebGL draws; where there is no fast one, or its context is lost, xterm draws with the DOM. */
function drawWithWebgl(terminal: Terminal, onLost: () => void): boolean {
  if (!hasFastWebgl()) return false;
  try {
    const webgl = new WebglAddon();
    webgl.onContextLoss(() => {
      webgl.dispose();
      onLost();
    });
    terminal.loadAddon(webgl);
    return true;
  } catch {
    return false;
  }
}

/** WebGL that the processor imitates: slower than the DOM, most of all in a flood. */
const SOFTWARE_RENDERER = /swiftshader|llvmpipe|softpipe|basic render/i;

let isWebglFast: boolean | undefined;

/** Found out once: it takes a context. */
function hasFastWebgl(): boolean {
  if (isWebglFast === undefined) {
    const renderer = webglRenderer();
    isWebglFast = renderer !== undefined && !SOFTWARE_RENDERER.test(renderer);
  }
  return isWebglFast;
}

/** What draws, in the driver's words; undefined without WebGL. */
function webglRenderer(): string | undefined {
  const context = new OffscreenCanvas(1, 1).getContext('webgl2');
  if (!context) return undefined;
  const names = context.getExtension('WEBGL_debug_renderer_info');
  const renderer: unknown = names && context.getParameter(names.UNMASKED_RENDERER_WEBGL);
  context.getExtension('WEBGL_lose_context')?.loseContext();
  return String(renderer);
}

function fitTo(host: HTMLElement, fit: FitAddon): void {
  if (host.clientWidth > 0 && host.clientHeight > 0) fit.fit();
}

/** Calls back at most once a frame. */
function onSizeChange(host: HTMLElement, listener: () => void): Disposable {
  let frame = 0;
  const observer = new ResizeObserver(() => {
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(listener);
  });
  observer.observe(host);
  return {
    [Symbol.dispose]() {
      cancelAnimationFrame(frame);
      observer.disconnect();
    },
  };
}

/** Ctrl+Shift+C; a Mac's ⌘C and all pasting are the browser's own events, which xterm hears. */
function copiesSelection(terminal: Terminal, event: KeyboardEvent): boolean {
  const isCopy = !isMac && event.ctrlKey && event.shiftKey && event.code === 'KeyC';
  if (!isCopy) return false;
  event.preventDefault();
  if (event.type === 'keydown' && terminal.hasSelection()) void copyText(terminal.getSelection());
  return true;
}
