import {
  startTransition,
  useCallback,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
  type MouseEvent,
  type ReactNode,
} from 'react';
import type { ModelReference } from '../../../shared/models.ts';
import { firstVisible, groupsInPage, HEADING_HEIGHT, ROW_HEIGHT, topOf } from './list-window.ts';
import type { ChoiceGroup } from './match-models.ts';
import { ModelOption } from './model-option.tsx';

/** Rows that are scrolled by before others come into the page. */
const STEP = 5;
/** Rows in the page around the first visible one, once the list has settled. */
const AROUND = { before: 10, after: 70 };
const SETTLING_MS = 100;
/** CSS pixels of the dialog's bars, without which and its margins (in ui.css) the window is the list. */
const BARS_HEIGHT = 160;

/** The options near the visible ones, in a list as high as all of them. The field that has the focus moves through it. */
export function ModelList({
  id,
  groups,
  active,
  isPointed,
  current,
  favourites,
  onPoint,
  onChoose,
  onStar,
  children,
}: {
  readonly id: string;
  readonly groups: readonly ChoiceGroup[];
  /** The highlighted option, counted from 0 through all groups. */
  readonly active: number;
  /** By the pointer, under which nothing may move; what keys or a search highlight is scrolled to. */
  readonly isPointed: boolean;
  readonly current: ModelReference;
  readonly favourites: readonly ModelReference[];
  readonly onPoint: (index: number) => void;
  readonly onChoose: (index: number) => void;
  readonly onStar: (index: number) => void;
  /** Stands below the options. */
  readonly children: ReactNode;
}) {
  const scroller = useRef<HTMLDivElement>(null);
  const { near, inPage, scrolledTo } = useRows(groups, active);
  useLayoutEffect(() => {
    if (!scroller.current) return;
    if (!isPointed) bringIntoView(scroller.current, topOf(groups, active));
    scrolledTo(scroller.current.scrollTop);
  }, [groups, active, isPointed, scrolledTo]);

  const count = groups.reduce((sum, { choices }) => sum + choices.length, 0);
  return (
    <div
      ref={scroller}
      className="models-scroller"
      onScroll={({ currentTarget }) => scrolledTo(currentTarget.scrollTop)}
    >
      {/* oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- keys come to the field, which has the focus */}
      <div
        id={id}
        // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- the tags could hold no columns
        role="listbox"
        aria-label="Models"
        tabIndex={-1}
        // The field keeps the focus.
        onMouseDown={(event) => event.preventDefault()}
        onMouseMove={(event) => {
          // Rows that scroll past a pointer at rest are not pointed at.
          if (event.movementX !== 0 || event.movementY !== 0) withOption(event, onPoint);
        }}
        onClick={(event) => withOption(event, isOnStar(event) ? onStar : onChoose)}
      >
        {groupsInPage(groups, inPage.from, inPage.to).map(({ name, height, above, rows }) => (
          // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- none of the tags may stand in a listbox
          <div key={name} role="group" aria-label={name}>
            <div className="models-heading" aria-hidden="true">
              {name}
            </div>
            <div style={{ height, paddingTop: above }}>
              {rows.map(({ choice, index }) => (
                // By its place: rows that change what they show are far cheaper than rows that come and go.
                <ModelOption
                  key={index}
                  id={optionId(id, choice.reference)}
                  choice={choice}
                  isActive={index === active}
                  isCurrent={choice.reference === current}
                  isFavourite={favourites.includes(choice.reference)}
                  isNear={choice.isTyped === true || (index >= near.from && index < near.to)}
                  index={index}
                  count={count}
                />
              ))}
            </div>
          </div>
        ))}
      </div>
      {children}
    </div>
  );
}

/** Tells assistive technology of another option, also where it comes to stand in the same place. */
export function optionId(listId: string, reference: ModelReference): string {
  return `${listId}-${encodeURIComponent(reference)}`;
}

/** The rows that can be seen at once, and in the page far more when nothing changes for a moment. */
function useRows(groups: readonly ChoiceGroup[], active: number) {
  const visible = visibleRows(window.innerHeight);
  // Where the highlighted row is brought into view, from the top: told by the list itself once it is drawn.
  const likely = Math.floor(Math.max(0, active + 1 - visible) / STEP);
  const [step, setStep] = useState(likely);
  const [known, setKnown] = useState(groups);
  if (known !== groups) {
    setKnown(groups);
    setStep(likely);
  }
  const scrolledTo = useCallback(
    (top: number) => setStep(Math.floor(firstVisible(groups, top) / STEP)),
    [groups],
  );

  const [settled, setSettled] = useState<readonly ChoiceGroup[]>();
  useEffect(() => {
    const timer = setTimeout(() => startTransition(() => setSettled(groups)), SETTLING_MS);
    return () => clearTimeout(timer);
  }, [groups]);

  const first = step * STEP;
  const near = { from: first, to: first + STEP + visible };
  const inPage = settled === groups ? { from: first - AROUND.before, to: first + AROUND.after } : near;
  return { near, inPage, scrolledTo };
}

/** At most. */
function visibleRows(windowHeight: number): number {
  const margins = 2 * Math.min(72, 0.08 * windowHeight);
  return Math.ceil((windowHeight - margins - BARS_HEIGHT) / ROW_HEIGHT);
}

/** With the heading above it, where it is the first of its group. */
function bringIntoView(scroller: HTMLElement, top: number): void {
  const { scrollTop, clientHeight } = scroller;
  const bottom = top + ROW_HEIGHT + HEADING_HEIGHT / 2;
  if (top - HEADING_HEIGHT < scrollTop) scroller.scrollTop = top - HEADING_HEIGHT;
  else if (bottom > scrollTop + clientHeight) scroller.scrollTop = bottom - clientHeight;
}

function withOption({ target }: MouseEvent, act: (index: number) => void): void {
  const option = target instanceof Element ? target.closest<HTMLElement>('[role="option"]') : null;
  if (option) act(Number(option.dataset['index']));
}

function isOnStar({ target }: MouseEvent): boolean {
  return target instanceof Element && target.closest('[data-star]') !== null;
}
