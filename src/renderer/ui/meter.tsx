/** How near a limit is: the colour goes with a figure beside it. */
export type Level = 'fine' | 'near' | 'full';

/** Of a model's window: past 85 % the history soon no longer fits. */
export function contextLevel(percent: number): Level {
  if (percent < 70) return 'fine';
  return percent < 85 ? 'near' : 'full';
}

/** Says nothing to assistive technology: the figure stands beside it. */
export function Meter({ percent, level = 'fine' }: { readonly percent: number; readonly level?: Level }) {
  return (
    <span className="meter" data-level={level} aria-hidden="true">
      <span style={{ width: `${Math.min(100, Math.max(0, percent))}%` }} />
    </span>
  );
}
