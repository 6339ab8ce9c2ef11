import {
  ChevronsDownUp,
  ChevronsUpDown,
  Copy,
  MessageSquare,
  RotateCw,
  TextSelect,
  Wrench,
} from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { useRef, type KeyboardEvent, type ReactNode } from 'react';
import type { CommandBlock } from '../../../../shared/command-block.ts';
import { Icon } from '../../../ui/icon.tsx';
import type { BlockActions } from './block-actions.ts';
import { blockName, stateOf, type BlockState } from './words.ts';

/** The shape of a command's outcome: colour never carries it alone. */
export function OutcomeMark({ state }: { readonly state: BlockState }) {
  return (
    <svg className={`block-outcome block-outcome-${state}`} viewBox="0 0 16 16" aria-hidden="true">
      {OUTCOMES[state]}
    </svg>
  );
}

const OUTCOMES = {
  running: (
    <>
      <circle className="status-mark-base" cx="8" cy="8" r="5" />
      <path className="status-mark-arc" d="M8 3a5 5 0 1 1-5 5" />
    </>
  ),
  succeeded: <circle cx="8" cy="8" r="3.5" />,
  failed: (
    <>
      <rect x="2" y="2" width="12" height="12" rx="3" />
      <path d="m5.5 5.5 5 5M10.5 5.5l-5 5" />
    </>
  ),
  unknown: <path d="M5 8h6" />,
} as const;

export type BlockMarkProps = {
  readonly block: CommandBlock;
  readonly actions: BlockActions;
  readonly isMenuOpen: boolean;
  readonly onMenuChange: (isOpen: boolean) => void;
  readonly isFolded: boolean;
  readonly canFold: boolean;
  readonly canRun: boolean;
  /** It is the one that the keyboard gets to. */
  readonly isStop: boolean;
  readonly onStep: (step: 1 | -1) => void;
  readonly onLeave: () => void;
};

/** A block's mark in the gutter: a button that opens what can be done with the command. */
export function BlockMark({
  block,
  isMenuOpen,
  onMenuChange,
  isStop,
  onStep,
  onLeave,
  ...menu
}: BlockMarkProps) {
  const hasActed = useRef(false);

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key === 'ArrowUp' || event.key === 'ArrowDown') {
      event.preventDefault();
      onStep(event.key === 'ArrowUp' ? -1 : 1);
    } else if (event.key === 'Escape' || isTyping(event)) {
      // What is typed here is meant for the shell: the key goes where the focus is when it becomes text.
      onLeave();
    }
  }

  return (
    <DropdownMenu.Root open={isMenuOpen} onOpenChange={onMenuChange} modal={false}>
      <DropdownMenu.Trigger asChild>
        <button
          type="button"
          className="block-mark"
          aria-label={blockName(block)}
          data-block={block.id}
          tabIndex={isStop ? 0 : -1}
          onKeyDown={onKeyDown}
          onContextMenu={(event) => {
            event.preventDefault();
            onMenuChange(true);
          }}
        >
          <OutcomeMark state={stateOf(block)} />
        </button>
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          className="block-menu"
          align="start"
          sideOffset={4}
          collisionPadding={8}
          onCloseAutoFocus={(event) => {
            if (hasActed.current) event.preventDefault();
            hasActed.current = false;
          }}
        >
          <MenuItems block={block} {...menu} onActed={() => (hasActed.current = true)} onLeave={onLeave} />
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

function isTyping({ key, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean {
  return key.length === 1 && key !== ' ' && !ctrlKey && !metaKey && !altKey;
}

function MenuItems({
  block,
  actions,
  isFolded,
  canFold,
  canRun,
  onActed,
  onLeave,
}: Pick<BlockMarkProps, 'block' | 'actions' | 'isFolded' | 'canFold' | 'canRun' | 'onLeave'> & {
  readonly onActed: () => void;
}) {
  const { ask, fix, copyCommand, copyOutput, selectOutput, toggleFold, runAgain } = actions;
  const hasCommandLine = block.commandLine !== '';

  function item(icon: LucideIcon, words: ReactNode, act: (block: CommandBlock) => void, isEnabled = true) {
    return (
      <DropdownMenu.Item
        className="block-menu-item"
        disabled={!isEnabled}
        onSelect={() => {
          onActed();
          onLeave();
          act(block);
        }}
      >
        <Icon of={icon} />
        {words}
      </DropdownMenu.Item>
    );
  }

  return (
    <>
      {fix && stateOf(block) === 'failed' && item(Wrench, 'Fix this', fix)}
      {ask && item(MessageSquare, 'Ask about this', ask)}
      {item(Copy, 'Copy command', copyCommand, hasCommandLine)}
      {item(Copy, 'Copy output', copyOutput)}
      {item(TextSelect, 'Select output', selectOutput)}
      {isFolded
        ? item(ChevronsUpDown, 'Unfold output', toggleFold)
        : item(ChevronsDownUp, 'Fold output', toggleFold, canFold)}
      {item(RotateCw, 'Run again', runAgain, canRun && hasCommandLine)}
    </>
  );
}
