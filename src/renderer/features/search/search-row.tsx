import { ChevronRight, MessageSquare, SquareTerminal } from 'lucide-react';
import { memo } from 'react';
import type { SearchHit, TextRange } from '../../../shared/search.ts';
import { formatWhen } from '../../ui/format-when.ts';
import { Icon } from '../../ui/icon.tsx';

const ICONS = { line: SquareTerminal, message: MessageSquare, command: ChevronRight } as const;

/** A hit with what stands around it, and where and when that was. */
export const SearchRow = memo(function SearchRow({
  hit,
  shortPath,
}: {
  readonly hit: SearchHit;
  readonly shortPath: (path: string) => string;
}) {
  return (
    <>
      <span className="muted">
        <Icon of={ICONS[hit.kind]} />
      </span>
      <span className="chooser-lines">
        <span className={hit.kind === 'message' ? 'cut' : 'cut mono'}>
          {hit.offset > 0 && '…'}
          <Marked text={hit.text} matches={hit.matches} />
        </span>
        <span className="search-facts cut">
          <Facts hit={hit} shortPath={shortPath} />
        </span>
      </span>
      {hit.kind !== 'line' && <span className="search-when numbers">{formatWhen(hit.at)}</span>}
    </>
  );
});

function Facts({
  hit,
  shortPath,
}: {
  readonly hit: SearchHit;
  readonly shortPath: (path: string) => string;
}) {
  if (hit.kind === 'line') return 'Terminal';
  if (hit.kind === 'message') return hit.role === 'user' ? 'You' : `Agent, ${hit.model}`;
  const { exitCode, cwd } = hit;
  return (
    <>
      Command
      {exitCode !== undefined && (
        <>
          , <span className={exitCode === 0 ? '' : 'fail'}>exit {exitCode}</span>
        </>
      )}
      , {shortPath(cwd)}
    </>
  );
}

/** The text with its matches marked. */
function Marked({ text, matches }: { readonly text: string; readonly matches: readonly TextRange[] }) {
  const pieces = matches.map(({ start, length }, index) => {
    const { start: before = 0, length: beforeLength = 0 } = matches[index - 1] ?? {};
    return (
      <span key={start}>
        {text.slice(before + beforeLength, start)}
        <mark>{text.slice(start, start + length)}</mark>
      </span>
    );
  });
  const { start = 0, length = 0 } = matches.at(-1) ?? {};
  return (
    <>
      {pieces}
      {text.slice(start + length)}
    </>
  );
}
