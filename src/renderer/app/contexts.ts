import type { WhenContext } from '../../shared/when.ts';
import type { ScreenHost } from '../features/terminal/screen.ts';
import { activeSession } from '../store/selectors.ts';
import type { State } from '../store/state.ts';
import { isMac } from '../ui/keys.ts';
import { isFocusIn } from './focus.ts';

const DIALOG = '[role="dialog"], [role="alertdialog"]';
const MESSAGE_BOX = 'section[aria-label="Agent"] textarea[aria-label="Message"]';
const APPROVAL = ':is([role="group"], fieldset)[aria-label^="Approval:"]';

/** How it is at this moment; asked when a key is pressed, and only for the names that its conditions need. */
export function isContext(name: WhenContext, state: State): boolean {
  return contexts[name](state);
}

const contexts: Readonly<Record<WhenContext, (state: State) => boolean>> = {
  terminal: () => isFocusIn('Terminal'),
  find: () => isFocusWithin('.find-bar'),
  agent: () => isFocusIn('Agent'),
  messageBox: () => isFocusWithin(MESSAGE_BOX),
  completions: () => isFocusWithin(`${MESSAGE_BOX}[aria-autocomplete]`),
  tabs: () => isFocusWithin('[role="tab"]'),
  dialog: ({ dialog }) => dialog !== undefined || isFocusWithin(DIALOG),
  turnRunning: (state) => activeSession(state)?.agent.status === 'thinking',
  approvalWaiting: () => document.querySelector(APPROVAL) !== null,
  hasSelection: () => shownTerminal()?.hasSelection() === true,
  alternateScreen: () => shownTerminal()?.buffer.active.type === 'alternate',
  desktop: ({ host }) => host?.kind === 'desktop',
  web: ({ host }) => host?.kind === 'web',
  mac: () => isMac,
};

function isFocusWithin(selector: string): boolean {
  return document.activeElement?.closest(selector) instanceof Element;
}

function shownTerminal() {
  return document.querySelector<ScreenHost>('.terminal-pane[data-active="true"] .terminal-host')
    ?.carrelTerminal;
}
