import { useEffect, useEffectEvent, useMemo, useRef, useState } from 'react';
import type { CommandBlock } from '../../../../shared/command-block.ts';
import type { LiveTerminal } from '../live-terminal.ts';
import { type AskedCommand, type BlockActions, createBlockActions } from './block-actions.ts';
import { BlockMark } from './block-mark.tsx';
import { BlockMeta } from './block-meta.tsx';
import { BlockToolbar } from './block-toolbar.tsx';
import { extentsOf, neighbourOf } from './layout.ts';
import { useTerminalRequests } from '../requests.ts';
import { StickyCommand } from './sticky-command.tsx';
import { type BlockView, type ShownBlock, useBlockView } from './use-block-view.ts';
import { stateOf } from './words.ts';
import './blocks.css';

/** The commands of a terminal, drawn over it: marks in the gutter, outcome and time at the right, and what can be done with each. */
export function BlockLayer({
  live,
  isActive,
  onAsk,
}: {
  readonly live: LiveTerminal;
  /** Its pane hears the keys. */
  readonly isActive: boolean;
  readonly onAsk: ((asked: Omit<AskedCommand, 'paneId'>) => void) | undefined;
}) {
  const layer = useRef<HTMLDivElement>(null);
  const view = useBlockView(live);
  const actions = useMemo(() => createBlockActions(live, onAsk), [live, onAsk]);
  const [currentId, setCurrentId] = useState<number>();
  /** Two keys may come before React draws. */
  const current = useRef<number>(undefined);
  /** Its mark is drawn once the terminal has scrolled to it. */
  const toFocus = useRef<number>(undefined);
  const [menuId, setMenuId] = useState<number>();

  function makeCurrent(id: number | undefined): void {
    current.current = id;
    setCurrentId(id);
  }

  function leave(): void {
    makeCurrent(undefined);
    live.terminal.focus();
  }

  function step(by: 1 | -1): void {
    const { normal } = live.terminal.buffer;
    const extents = extentsOf(live.blocks.tracker.blocks, normal);
    const next = neighbourOf(extents, by, {
      currentId: current.current,
      top: normal.viewportY,
      rows: live.terminal.rows,
    });
    if (next) {
      toFocus.current = next.block.id;
      actions.show(next.block);
      makeCurrent(next.block.id);
    } else if (by > 0) {
      live.terminal.scrollToBottom();
      leave();
    } else void live.showOlder();
  }

  /** Does it with the current block, else with the last one. */
  function then(
    act: ((block: CommandBlock) => void) | undefined,
    canAct?: (block: CommandBlock) => boolean,
  ): () => void {
    return () => {
      const { blocks } = live.blocks.tracker;
      const block = blocks.find(({ id }) => id === current.current) ?? blocks.at(-1);
      if (block && canAct?.(block) !== false) act?.(block);
    };
  }

  const hasCommandLine = ({ commandLine }: CommandBlock) => commandLine !== '';
  useTerminalRequests(
    {
      'previous-block': () => step(-1),
      'next-block': () => step(1),
      'copy-command': then(actions.copyCommand, hasCommandLine),
      'copy-output': then(actions.copyOutput),
      'select-output': then(actions.selectOutput),
      fold: then(actions.toggleFold),
      'run-again': then(actions.runAgain, (block) => view?.isAtPrompt === true && hasCommandLine(block)),
      ask: then(actions.ask),
      fix: then(actions.fix, (block) => stateOf(block) === 'failed'),
    },
    { isHeard: isActive },
  );
  useLeaveOnTyping(live, () => makeCurrent(undefined));

  useEffect(() => {
    if (toFocus.current === undefined) return;
    const mark = layer.current?.querySelector<HTMLElement>(`[data-block="${toFocus.current}"]`);
    if (!mark) return;
    mark.focus({ preventScroll: true });
    toFocus.current = undefined;
  });

  if (!view) return null;
  const stopId = currentId ?? view.shown.findLast(({ markRow }) => markRow !== undefined)?.block.id;
  return (
    <div className="block-layer" ref={layer}>
      {view.shown.map((shown) => (
        <Block
          key={shown.block.id}
          shown={shown}
          view={view}
          actions={actions}
          canFold={live.folds.canFold(shown.block)}
          isCurrent={shown.block.id === currentId}
          isStop={shown.block.id === stopId}
          isMenuOpen={shown.block.id === menuId}
          onMenuChange={(isOpen) => {
            setMenuId(isOpen ? shown.block.id : undefined);
            if (isOpen) makeCurrent(shown.block.id);
          }}
          onStep={step}
          onLeave={leave}
        />
      ))}
      {view.sticky && <StickyCommand block={view.sticky} view={view} onShow={actions.show} />}
    </div>
  );
}

/** Who types is done with the block that was current. */
function useLeaveOnTyping({ terminal }: LiveTerminal, onLeave: () => void): void {
  const leave = useEffectEvent(onLeave);
  useEffect(() => {
    const listening = terminal.onKey(() => leave());
    return () => listening.dispose();
  }, [terminal]);
}

function Block({
  shown,
  view,
  actions,
  canFold,
  isCurrent,
  isStop,
  isMenuOpen,
  onMenuChange,
  onStep,
  onLeave,
}: {
  readonly shown: ShownBlock;
  readonly view: BlockView;
  readonly actions: BlockActions;
  readonly canFold: boolean;
  readonly isCurrent: boolean;
  readonly isStop: boolean;
  readonly isMenuOpen: boolean;
  readonly onMenuChange: (isOpen: boolean) => void;
  readonly onStep: (step: 1 | -1) => void;
  readonly onLeave: () => void;
}) {
  const { block, markRow, firstRow, lastRow, foldedRows, foldRow } = shown;
  const { rowHeight } = view;
  const ruleRow = markRow === undefined ? firstRow : markRow + 1;
  const rows = (from: number, to: number) => ({ top: from * rowHeight, height: (to - from + 1) * rowHeight });
  return (
    <>
      {isCurrent && <div className="block-wash" style={rows(firstRow, lastRow)} />}
      {lastRow >= ruleRow && (
        <div
          className={`block-rule block-rule-${stateOf(block)}`}
          style={rows(ruleRow, lastRow)}
          onContextMenu={(event) => {
            event.preventDefault();
            if (markRow !== undefined) onMenuChange(true);
          }}
        />
      )}
      {markRow !== undefined && (
        <div className="block-head" style={rows(markRow, markRow)}>
          <BlockMark
            block={block}
            actions={actions}
            isMenuOpen={isMenuOpen}
            onMenuChange={onMenuChange}
            isFolded={foldedRows !== undefined}
            canFold={canFold}
            canRun={view.isAtPrompt}
            isStop={isStop}
            onStep={onStep}
            onLeave={onLeave}
          />
          <BlockMeta
            block={block}
            columnsLeft={view.columns - shown.columns}
            columnWidth={view.columnWidth}
          />
        </div>
      )}
      {foldRow !== undefined && foldedRows !== undefined && (
        <FoldLine top={foldRow * rowHeight} rows={foldedRows} onUnfold={() => actions.toggleFold(block)} />
      )}
      {isCurrent && (
        <BlockToolbar
          block={block}
          actions={actions}
          canRun={view.isAtPrompt}
          top={(lastRow + 1) * rowHeight}
          isBelow={lastRow - (markRow ?? firstRow) < 2}
          onLeave={onLeave}
        />
      )}
    </>
  );
}

/** Stands in for the output that is folded away. */
function FoldLine({
  top,
  rows,
  onUnfold,
}: {
  readonly top: number;
  readonly rows: number;
  readonly onUnfold: () => void;
}) {
  return (
    <button type="button" className="block-fold" style={{ top }} onClick={onUnfold}>
      <span aria-hidden="true">▸</span> {rows} lines folded
    </button>
  );
}
