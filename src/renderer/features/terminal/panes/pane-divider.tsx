import { useRef, type CSSProperties, type KeyboardEvent, type PointerEvent } from 'react';
import type { PaneLayout } from '../../../../shared/panes.ts';
import { moveDivider, type Divider } from '../../../store/pane-geometry.ts';

/** CSS pixels: narrower or lower, nothing can be read. */
const LEAST_PIXELS = 96;
const KEY_STEP_PIXELS = 16;

type Grip = { readonly layout: PaneLayout; readonly divider: Divider; readonly start: number };

/** The edge between two panes, moved by pointer or arrow keys. */
export function PaneDivider({
  divider,
  style,
  layout,
  onMove,
  onSettle,
}: {
  readonly divider: Divider;
  readonly style: CSSProperties;
  readonly layout: PaneLayout;
  readonly onMove: (layout: PaneLayout) => void;
  readonly onSettle: () => void;
}) {
  /** As it was when the pointer took hold of it. */
  const grip = useRef<Grip>(undefined);
  const isRow = divider.direction === 'row';
  const at = (event: PointerEvent) => (isRow ? event.clientX : event.clientY);

  function move({ layout, divider }: Pick<Grip, 'layout' | 'divider'>, edge: Element, pixels: number): void {
    const room = edge.parentElement?.getBoundingClientRect();
    const length = (isRow ? room?.width : room?.height) ?? 0;
    if (length > 0) onMove(moveDivider(layout, divider, pixels / length, LEAST_PIXELS / length));
  }

  function onPointerDown(event: PointerEvent): void {
    event.currentTarget.setPointerCapture(event.pointerId);
    grip.current = { layout, divider, start: at(event) };
  }

  function onPointerMove(event: PointerEvent): void {
    if (grip.current) move(grip.current, event.currentTarget, at(event) - grip.current.start);
  }

  function onPointerEnd(): void {
    if (!grip.current) return;
    grip.current = undefined;
    onSettle();
  }

  function onKeyDown(event: KeyboardEvent): void {
    const keys = isRow ? ['ArrowLeft', 'ArrowRight'] : ['ArrowUp', 'ArrowDown'];
    const step = keys.indexOf(event.key) * 2 - 1;
    if (!keys.includes(event.key)) return;
    event.preventDefault();
    move({ layout, divider }, event.currentTarget, step * KEY_STEP_PIXELS);
  }

  return (
    // A separator that can be moved is a widget, and takes the focus.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <hr
      className="pane-divider"
      data-direction={divider.direction}
      aria-label="Pane size"
      aria-orientation={isRow ? 'vertical' : 'horizontal'}
      aria-valuenow={Math.round((100 * divider.before) / (divider.before + divider.after))}
      aria-valuemin={0}
      aria-valuemax={100}
      style={style}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      onKeyDown={onKeyDown}
      onKeyUp={onSettle}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={onPointerEnd}
      onPointerCancel={onPointerEnd}
    />
  );
}
