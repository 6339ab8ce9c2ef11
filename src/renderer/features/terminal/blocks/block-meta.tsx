import { useEffect, useState } from 'react';
import { type CommandBlock, isRunning } from '../../../../shared/command-block.ts';
import { classNames } from '../../../ui/class-names.ts';
import { durationInWords, elapsedInWords, outcomeInWords, stateOf } from './words.ts';

/** A command that runs for less shows no time, so that nothing flickers. */
const SHOWN_FROM_MS = 1_000;
/** Of a character of the words, about, and of the air on both sides of them, in CSS pixels. */
const CHARACTER_WIDTH = 6.5;
const AIR = 40;

/** How long a command took, and how it ended unless all is well. */
export function BlockMeta({
  block,
  columnsLeft,
  columnWidth,
}: {
  readonly block: CommandBlock;
  /** Columns to the right of the command's own text. */
  readonly columnsLeft: number;
  /** CSS pixels. */
  readonly columnWidth: number;
}) {
  const now = useNow(isRunning(block));
  const durationMs = (block.endedAt ?? now) - block.startedAt;
  const duration = isRunning(block) ? elapsedInWords(durationMs) : durationInWords(durationMs);
  if (isRunning(block) && durationMs < SHOWN_FROM_MS) return null;
  const state = stateOf(block);
  const outcome = state === 'succeeded' || state === 'running' ? '' : outcomeInWords(block);
  const width = (duration.length + outcome.length) * CHARACTER_WIDTH + AIR;
  return (
    <span
      className={classNames('block-meta', columnsLeft * columnWidth < width && 'block-meta-crowded')}
      data-state={state}
    >
      {state === 'running' ? <span className="accent">Running, {duration}</span> : <span>{duration}</span>}
      {outcome !== '' && <span className={state === 'failed' ? 'fail' : 'muted'}>{outcome}</span>}
    </span>
  );
}

/** The time, each second while it is needed. */
function useNow(isNeeded: boolean): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (!isNeeded) return undefined;
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, [isNeeded]);
  return now;
}
