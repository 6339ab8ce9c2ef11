import { FitAddon } from '@xterm/addon-fit';
import { SearchAddon } from '@xterm/addon-search';
import { UnicodeGraphemesAddon } from '@xterm/addon-unicode-graphemes';
import { WebLinksAddon } from '@xterm/addon-web-links';
import { WebglAddon } from '@xterm/addon-webgl';
import { Terminal } from '@xterm/xterm';
import '@xterm/xterm/css/xterm.css';
import type { TerminalSettings } from '../../../shared/app.ts';
import { Folds } from './blocks/folds.ts';
import { drawImages } from './images.ts';
import { drawLigatures } from './ligatures.ts';
import { createLinkHandler, type AddressEffects } from './links.ts';
import { guardTerminal } from '../../../shared/screen-guard.ts';
import { cellOptions, onMotionChange, optionsFrom } from './terminal-options.ts';
import { onThemeChange, readTheme } from './terminal-theme.ts';

/**
 * Where a terminal is drawn. Its text is pixels, so tests and assistive tooling read it from here:
 * `carrelTerminal.buffer.active`.
 */
export type ScreenHost = HTMLDivElement & { carrelTerminal?: Terminal };

export type Screen = Disposable & {
  readonly terminal: Terminal;
  readonly search: SearchAddon;
  readonly folds: Folds;
  /** Fills `place`, which must be on the page and its font loaded, with the page's look. */
  show(place: HTMLElement, settings: TerminalSettings): void;
  /** Leaves the page and keeps what it shows. */
  hide(): void;
  applySettings(settings: TerminalSettings): void;
};

/** An xterm in a host of its own, which is drawn once it is shown. */
export function createScreen({ host, links }: { host: ScreenHost; links: AddressEffects }): Screen {
  const resources = new DisposableStack();
  const terminal = resources.adopt(createTerminal(links), (terminal) => terminal.dispose());
  const fit = new FitAddon();
  const search = new SearchAddon();
  const folds = new Folds(terminal);
  terminal.loadAddon(fit);
  terminal.loadAddon(search);
  host.carrelTerminal = terminal;
  resources.defer(() => delete host.carrelTerminal);
  /** What it has while it is shown. */
  let shown = new DisposableStack();
  resources.defer(() => shown.dispose());
  let present: TerminalSettings;
  let ligatures: Disposable | undefined;
  let images: Disposable | undefined;
  resources.defer(() => images?.[Symbol.dispose]());
  let isWebgl = false;

  const fitToHost = () => folds.whileUnfolded(() => fitTo(host, fit));
  const takeTheme = () => (terminal.options.theme = readTheme(host));

  function applySettings(settings: TerminalSettings): void {
    present = settings;
    terminal.options = { ...optionsFrom(present), ...cellOptions(present, isWebgl) };
    if (present.ligatures) ligatures ??= drawLigatures(terminal);
    else {
      ligatures?.[Symbol.dispose]();
      ligatures = undefined;
    }
    if (present.images) images ??= drawImages(terminal);
    else {
      images?.[Symbol.dispose]();
      images = undefined;
    }
    fitToHost();
  }

  function show(place: HTMLElement, settings: TerminalSettings): void {
    place.append(host);
    shown.defer(() => host.remove());
    takeTheme();
    if (!terminal.element) terminal.open(host);
    isWebgl = drawWithWebgl(terminal, shown, () => {
      isWebgl = false;
      applySettings(present);
    });
    applySettings(settings);
    shown.use(onThemeChange(host, takeTheme));
    shown.use(onMotionChange(() => applySettings(present)));
    shown.use(onSizeChange(host, fitToHost));
  }

  function hide(): void {
    // The program learns that it has lost the focus.
    terminal.blur();
    shown.dispose();
    shown = new DisposableStack();
  }

  return { terminal, search, folds, show, hide, applySettings, [Symbol.dispose]: () => resources.dispose() };
}

function createTerminal(links: AddressEffects): Terminal {
  const linkHandler = createLinkHandler(links);
  const terminal = new Terminal({
    // The search's marks and the width of graphemes are proposed API.
    allowProposedApi: true,
    rescaleOverlappingGlyphs: true,
    linkHandler: { ...linkHandler, allowNonHttpProtocols: true },
  });
  terminal.loadAddon(new UnicodeGraphemesAddon());
  terminal.loadAddon(new WebLinksAddon(linkHandler.activate, linkHandler));
  guardTerminal(terminal, setTimeout);
  return terminal;
}

/** Whether WebGL draws until the screen is hidden; where there is no fast one, or its context is lost, xterm draws with the DOM. */
function drawWithWebgl(terminal: Terminal, shown: DisposableStack, onLost: () => void): boolean {
  if (!hasFastWebgl()) return false;
  try {
    const webgl = shown.adopt(new WebglAddon(), (webgl) => webgl.dispose());
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
