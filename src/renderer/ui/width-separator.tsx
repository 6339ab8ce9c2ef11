import type { KeyboardEvent, PointerEvent } from 'react';

/** CSS pixels an arrow key moves the edge. */
const KEY_STEP = 16;

/** The edge of an area at the window's left or right side, moved by pointer or arrow keys. It lies over the edge. */
export function WidthSeparator({
  label,
  side,
  width,
  least,
  greatest,
  onResize,
}: {
  readonly label: string;
  /** Of the window, where the area lies. */
  readonly side: 'left' | 'right';
  /** All in CSS pixels. */
  readonly width: number;
  readonly least: number;
  readonly greatest: () => number;
  readonly onResize: (width: number) => void;
}) {
  function resize(wanted: number): void {
    onResize(Math.min(Math.max(Math.round(wanted), least), Math.max(least, greatest())));
  }

  function onKeyDown(event: KeyboardEvent): void {
    const step = { ArrowLeft: -KEY_STEP, ArrowRight: KEY_STEP }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    resize(Math.min(width, Math.max(least, greatest())) + (side === 'left' ? step : -step));
  }

  function onPointerMove(event: PointerEvent): void {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
    resize(side === 'left' ? event.clientX : window.innerWidth - event.clientX);
  }

  return (
    // A separator that can be moved is a widget, and takes the focus.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <hr
      className={`width-separator width-separator-${side}`}
      aria-label={label}
      aria-orientation="vertical"
      aria-valuenow={width}
      aria-valuemin={least}
      aria-valuemax={Math.max(least, greatest())}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      onKeyDown={onKeyDown}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={onPointerMove}
    />
  );
}
