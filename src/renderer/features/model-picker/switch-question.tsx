import { ArrowRight, GitFork, TriangleAlert } from 'lucide-react';
import { useId, useLayoutEffect, useRef, type KeyboardEvent, type ReactNode } from 'react';
import { isRunning } from '../../../shared/agent.ts';
import { modelLabel, splitReference, type Preflight } from '../../../shared/models.ts';
import type { Session } from '../../../shared/session.ts';
import { useActions, useCarrel } from '../../store/store.ts';
import { Button } from '../../ui/button.tsx';
import { formatCount, formatDollars, windowInWords } from '../../ui/format-amounts.ts';
import { Icon } from '../../ui/icon.tsx';
import { Kbd } from '../../ui/kbd.tsx';
import { ModelName } from '../../ui/model-name.tsx';
import { Spinner } from '../../ui/status-mark.tsx';
import { Failure } from './failure.tsx';
import { partsInWords, shareInWords } from './model-words.ts';

const UNSUPPORTED = { images: 'Images', tools: 'Tools', window: 'Its length' } as const;

/** Says what a switch costs and loses, before it is made. */
export function SwitchQuestion({
  session,
  preflight,
  isBusy,
  error,
  onSwitch,
  onFork,
}: {
  readonly session: Session;
  readonly preflight: Preflight;
  readonly isBusy: boolean;
  /** Why the last answer could not be followed. */
  readonly error: string | undefined;
  readonly onSwitch: () => void;
  readonly onFork: () => void;
}) {
  const { closeDialog } = useActions();
  const { from, to } = preflight;
  const factsId = useId();
  const switchButton = useRef<HTMLButtonElement>(null);
  // Before it is seen, so that no key is lost on the way.
  useLayoutEffect(() => switchButton.current?.focus(), []);

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key !== 'Enter') return;
    // The Enter that brought this question, still held, does not answer it.
    if (event.repeat || event.shiftKey) event.preventDefault();
    if (event.shiftKey && !event.repeat) onFork();
  }

  return (
    <div className="switch-question" role="presentation" onKeyDown={onKeyDown}>
      {/* The dialog is named so already. */}
      <p className="dialog-title" aria-hidden="true">
        Switch {session.title} to {modelLabel(to)}?
      </p>
      <p className="switch-models mono text-small">
        <ModelName reference={from} />
        <Icon of={ArrowRight} isSmall />
        <ModelName reference={to} />
      </p>
      <dl className="switch-facts" id={factsId}>
        <Facts session={session} preflight={preflight} />
      </dl>
      {isRunning(session.agent) && (
        <p className="switch-turn text-small muted">
          <Spinner /> The turn in flight ends on {modelLabel(session.ai.model)}. The next one is{' '}
          {modelLabel(to)}.
        </p>
      )}
      <Failure message={error} />
      <footer className="dialog-foot switch-foot">
        <Button variant="quiet" onClick={closeDialog}>
          Cancel <Kbd keys="Escape" />
        </Button>
        <span className="spacer" />
        {isBusy && <Spinner />}
        <Button onClick={onFork}>
          <Icon of={GitFork} isSmall /> Fork into new tab <Kbd keys="Shift+Enter" />
        </Button>
        <Button ref={switchButton} variant="primary" aria-describedby={factsId} onClick={onSwitch}>
          Switch <Kbd keys="Enter" />
        </Button>
      </footer>
    </div>
  );
}

function Facts({
  session: { budget, spending },
  preflight,
}: {
  readonly session: Session;
  readonly preflight: Preflight;
}) {
  const { from, to, rereadTokens, rereadCost, windowShare, cacheLost, reasoningLeftOut, unsupported } =
    preflight;
  const { provider } = splitReference(from);
  const window = useCarrel(
    ({ models: { models } }) => models.find(({ reference }) => reference === to)?.facts?.contextWindow,
  );
  return (
    <>
      <Fact name="To re-read" value={<Amount of={formatCount(rereadTokens)} unit="tokens" />}>
        {windowShare !== undefined &&
          `${shareInWords(windowShare)} of its ${window === undefined ? '' : `${windowInWords(window)} `}window`}
      </Fact>
      {rereadCost !== undefined && (
        <Fact name="Costs once" value={<Amount of={formatDollars(rereadCost)} />}>
          {budget.dollars !== undefined && afterwards(budget.dollars, spending.dollars + rereadCost)}
        </Fact>
      )}
      {cacheLost && (
        <Fact name="Cache lost" value={<Amount of={formatCount(cacheLost.tokens)} unit="tokens" />}>
          {`at ${provider}`}
          {cacheLost.cost !== undefined && `, where they would cost ${formatDollars(cacheLost.cost)}`}
        </Fact>
      )}
      {reasoningLeftOut > 0 && (
        <Fact name="Left out" value={<Amount of={partsInWords(reasoningLeftOut)} />}>
          only {provider} can read that; the answers stay
        </Fact>
      )}
      {unsupported.map(({ what, consequence }) => (
        <Fact
          key={what}
          name="Unsupported"
          value={
            <span className="switch-unsupported fail">
              <Icon of={TriangleAlert} isSmall /> {UNSUPPORTED[what]}
            </span>
          }
        >
          {consequence}
        </Fact>
      ))}
    </>
  );
}

function Fact({
  name,
  value,
  children,
}: {
  readonly name: string;
  readonly value: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
      <dd className="muted">{children}</dd>
    </div>
  );
}

function Amount({ of, unit }: { readonly of: string; readonly unit?: string }) {
  return (
    <span>
      <b className="strong numbers">{of}</b> {unit}
    </span>
  );
}

/** In US dollars. */
function afterwards(budget: number, spent: number): string {
  return spent > budget
    ? `more than is left of this tab's ${formatDollars(budget)} budget`
    : `leaves ${formatDollars(budget - spent)} of this tab's ${formatDollars(budget)} budget`;
}
