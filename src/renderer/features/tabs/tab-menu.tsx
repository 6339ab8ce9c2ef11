import { ChevronRight, Check } from 'lucide-react';
import { ContextMenu } from 'radix-ui';
import { useRef, useState, type MouseEvent, type ReactElement } from 'react';
import type { AppCommandId } from '../../../shared/app-commands.ts';
import type { SessionId } from '../../../shared/ids.ts';
import { tabColour, type TabColour } from '../../../shared/profiles.ts';
import { useKeys } from '../../store/keys.ts';
import { useActions, useCarrel } from '../../store/store.ts';
import { ColourDot } from '../../ui/colour-dot.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Kbd } from '../../ui/kbd.tsx';
import { keysInWords } from '../../ui/keys.ts';
import { sessionUnder } from './use-tab-drag.ts';

/** What can be done with a tab, by a right click on it or by the keys for menus. `children` holds the tabs. */
export function TabMenu({
  onRename,
  children,
}: {
  readonly onRename: (sessionId: SessionId) => void;
  readonly children: ReactElement;
}) {
  const [sessionId, setSessionId] = useState<SessionId>();
  const before = useRef<Element>(null);
  const chosen = useRef<() => unknown>(undefined);

  function onContextMenu(event: MouseEvent): void {
    const found = sessionUnder(event);
    // Beside the tabs there is nothing to choose.
    if (found === undefined) event.preventDefault();
    before.current = document.activeElement;
    setSessionId(found);
  }

  return (
    <ContextMenu.Root>
      <ContextMenu.Trigger asChild onContextMenu={onContextMenu}>
        {children}
      </ContextMenu.Trigger>
      <ContextMenu.Portal>
        {sessionId && (
          <ContextMenu.Content
            className="menu"
            aria-label="Tab menu"
            collisionPadding={8}
            onCloseAutoFocus={(event) => {
              // What is chosen may take the focus away again, as the field for a title does.
              event.preventDefault();
              if (before.current instanceof HTMLElement) before.current.focus();
              chosen.current?.();
              chosen.current = undefined;
            }}
          >
            <Items sessionId={sessionId} onRename={onRename} onChoose={(act) => (chosen.current = act)} />
          </ContextMenu.Content>
        )}
      </ContextMenu.Portal>
    </ContextMenu.Root>
  );
}

function Items({
  sessionId,
  onRename,
  onChoose,
}: {
  readonly sessionId: SessionId;
  readonly onRename: (sessionId: SessionId) => void;
  readonly onChoose: (act: () => unknown) => void;
}) {
  const isPinned = useCarrel((state) => state.sessions[sessionId]?.isPinned);
  const hasOthers = useCarrel(({ order, sessions }) =>
    order.some((id) => id !== sessionId && !sessions[id]?.isPinned),
  );
  const hasRight = useCarrel(({ order, sessions }) =>
    order.slice(order.indexOf(sessionId) + 1).some((id) => !sessions[id]?.isPinned),
  );
  const isAlone = useCarrel(({ order }) => order.length === 1);
  const actions = useActions();
  const item = (words: string, act: () => unknown, command: AppCommandId, isEnabled = true) => (
    <Item words={words} command={command} isEnabled={isEnabled} onSelect={() => onChoose(act)} />
  );
  return (
    <>
      {item('Rename', () => onRename(sessionId), 'tab.rename')}
      <Colours sessionId={sessionId} />
      {item(isPinned ? 'Unpin' : 'Pin', () => actions.togglePinned(sessionId), 'tab.pin')}
      {item('Duplicate', () => actions.duplicateTab(sessionId), 'tab.duplicate')}
      {item('Move to new window', () => actions.moveTabToWindow(sessionId), 'tab.to-new-window', !isAlone)}
      <ContextMenu.Separator className="menu-line" />
      {item('Close', () => actions.askToCloseTab(sessionId), 'tab.close')}
      {item('Close others', () => actions.closeOtherTabs(sessionId), 'tab.close-others', hasOthers)}
      {item('Close to the right', () => actions.closeTabsToTheRight(sessionId), 'tab.close-right', hasRight)}
      <ContextMenu.Separator className="menu-line" />
      {item('Reopen closed', () => actions.reopenTab(), 'tab.reopen')}
    </>
  );
}

function Item({
  words,
  command,
  isEnabled,
  onSelect,
}: {
  readonly words: string;
  /** Whose key does the same with the active tab. */
  readonly command: AppCommandId;
  readonly isEnabled: boolean;
  readonly onSelect: () => void;
}) {
  const keys = useKeys(command);
  return (
    <ContextMenu.Item
      className="menu-item"
      aria-description={keys && keysInWords(keys)}
      disabled={!isEnabled}
      onSelect={onSelect}
    >
      <span className="spacer">{words}</span>
      <Kbd keys={keys} />
    </ContextMenu.Item>
  );
}

function Colours({ sessionId }: { readonly sessionId: SessionId }) {
  const present = useCarrel((state) => state.sessions[sessionId]?.colour);
  const { setTabColour } = useActions();
  const choices: readonly (TabColour | undefined)[] = [undefined, ...tabColour.options];
  return (
    <ContextMenu.Sub>
      <ContextMenu.SubTrigger className="menu-item">
        <span className="spacer">Colour</span>
        <ColourDot colour={present} />
        <Icon of={ChevronRight} isSmall />
      </ContextMenu.SubTrigger>
      <ContextMenu.Portal>
        <ContextMenu.SubContent className="menu" aria-label="Colour" collisionPadding={8} sideOffset={4}>
          <ContextMenu.RadioGroup value={present ?? ''}>
            {choices.map((colour) => (
              <ContextMenu.RadioItem
                key={colour ?? ''}
                className="menu-item"
                value={colour ?? ''}
                onSelect={() => void setTabColour(sessionId, colour)}
              >
                <ColourDot colour={colour} />
                <span className="spacer">{colourInWords(colour)}</span>
                <ContextMenu.ItemIndicator>
                  <Icon of={Check} isSmall />
                </ContextMenu.ItemIndicator>
              </ContextMenu.RadioItem>
            ))}
          </ContextMenu.RadioGroup>
        </ContextMenu.SubContent>
      </ContextMenu.Portal>
    </ContextMenu.Sub>
  );
}

function colourInWords(colour: TabColour | undefined): string {
  return colour === undefined ? 'None' : colour.charAt(0).toUpperCase() + colour.slice(1);
}
