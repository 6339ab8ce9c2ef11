export type Mark = 'working' | 'needs' | 'unread' | 'failed' | 'idle';

/** The shape of a state: colour never carries it alone, and a word stands beside it. */
export function StatusMark({ mark }: { readonly mark: Mark }) {
  return (
    <svg className={`status-mark status-mark-${mark}`} viewBox="0 0 16 16" aria-hidden="true">
      {SHAPES[mark]}
    </svg>
  );
}

/** The ring that turns while work goes on. */
export function Spinner() {
  return <StatusMark mark="working" />;
}

const SHAPES = {
  working: (
    <>
      <circle className="status-mark-base" cx="8" cy="8" r="5.5" />
      <path className="status-mark-arc" d="M8 2.5A5.5 5.5 0 1 1 2.5 8" />
    </>
  ),
  needs: <path d="M8 2.2 13.8 8 8 13.8 2.2 8Z" />,
  unread: <circle cx="8" cy="8" r="4" />,
  failed: (
    <>
      <circle cx="8" cy="8" r="5.5" />
      <path d="m6 6 4 4M10 6l-4 4" />
    </>
  ),
  idle: <circle cx="8" cy="8" r="3.5" />,
} as const;
