import {
  CircleDollarSign,
  Code,
  Cpu,
  Folder,
  Gauge,
  Shield,
  SquareTerminal,
  TriangleAlert,
} from 'lucide-react';
import type { ComponentProps } from 'react';
import { modelLabel, OFFLINE_GUIDE } from '../../../shared/models.ts';
import { assertNever } from '../../../shared/result.ts';
import type { PtyState, Session } from '../../../shared/session.ts';
import { useKeys } from '../../store/keys.ts';
import { activeSession, shortPath, shownModel, sourceInWords } from '../../store/selectors.ts';
import { useActions, useCarrel } from '../../store/store.ts';
import { useCopy } from '../../ui/copy-button.tsx';
import { formatCount, formatDollars, formatTokens, windowInWords } from '../../ui/format-amounts.ts';
import { Icon } from '../../ui/icon.tsx';
import { contextLevel, Meter } from '../../ui/meter.tsx';
import { ModelName } from '../../ui/model-name.tsx';
import { Tooltip } from '../../ui/tooltip.tsx';
import './status-bar.css';

/** What the active tab runs with; every number and name in it belongs to that tab. */
export function StatusBar() {
  const session = useCarrel(activeSession);
  return (
    <div className="status-bar" role="toolbar" aria-label="Status bar">
      {session && (
        <>
          <ModeButton session={session} />
          <span className="status-separator" />
          <ModelButton session={session} />
          <EffortButton session={session} />
          <ContextButton session={session} />
          <CostButton session={session} />
          <ApprovalsButton session={session} />
          {session.ai.warning !== undefined && <Warning text={session.ai.warning} />}
          <span className="spacer" />
          <ShellState session={session} />
          <FolderButton cwd={session.cwd} />
        </>
      )}
    </div>
  );
}

function ModeButton({ session: { ai } }: { readonly session: Session }) {
  const { openDialog } = useActions();
  const next = ai.next && ai.next.mode !== ai.mode ? ai.next.mode : undefined;
  const source = { tab: "this tab's own choice", profile: "this tab's profile", defaults: 'default' }[
    ai.modeSource
  ];
  return (
    <Tooltip side="top" content={`Mode: ${source}`} keys={useKeys('mode.choose')}>
      <BarButton
        aria-label={`Mode: ${ai.mode}${next === undefined ? '' : `, next ${next}`}`}
        aria-haspopup="dialog"
        onClick={() => openDialog('mode-picker')}
      >
        <Icon of={Code} isSmall />
        <b>{ai.mode}</b>
        <Next name={next} />
      </BarButton>
    </Tooltip>
  );
}

function ModelButton({ session }: { readonly session: Session }) {
  const keys = useKeys('model.choose');
  const pick = useCarrel((state) => state.picks[session.id]);
  const { openDialog } = useActions();
  const { model, next } = shownModel(session, pick);
  const source = sourceInWords(session);
  const label = `Model: ${modelLabel(model)}${next === undefined ? '' : `, next ${modelLabel(next)}`}`;
  return (
    <Tooltip side="top" content={`${model}: ${source}`} keys={keys}>
      <BarButton
        className="status-model"
        aria-label={label}
        aria-description={source}
        aria-haspopup="dialog"
        onClick={() => openDialog('model-picker')}
      >
        <Icon of={Cpu} isSmall />
        <ModelName reference={model} />
        {next === undefined ? (
          <span className="faint status-wide">{source}</span>
        ) : (
          <span className="row-of-words cut">
            next <ModelName reference={next} />
          </span>
        )}
      </BarButton>
    </Tooltip>
  );
}

/** What waits for the turn in flight to end. */
function Next({ name }: { readonly name: string | undefined }) {
  if (name === undefined) return null;
  return (
    <span>
      next <b>{name}</b>
    </span>
  );
}

function EffortButton({ session: { ai, facts } }: { readonly session: Session }) {
  const { openDialog } = useActions();
  // The guide, and models that are known not to reason, have none to choose.
  if (ai.model === OFFLINE_GUIDE || facts?.abilities.reasoning === false) return null;
  const next = ai.next && ai.next.effort !== ai.effort ? ai.next.effort : undefined;
  return (
    <Tooltip
      side="top"
      content={ai.effortSource === 'tab' ? "Effort: this tab's own choice" : 'Effort: default'}
    >
      <BarButton
        aria-label={`Effort: ${ai.effort}${next === undefined ? '' : `, next ${next}`}`}
        aria-haspopup="dialog"
        onClick={() => openDialog('effort-picker')}
      >
        <Icon of={Gauge} isSmall />
        {ai.effort === 'default' ? <span className="faint">effort</span> : <b>{ai.effort}</b>}
        <Next name={next} />
      </BarButton>
    </Tooltip>
  );
}

/** How much of the model's window the history takes; in tokens where the window is not known. */
function ContextButton({ session: { context, facts } }: { readonly session: Session }) {
  const { openDialog } = useActions();
  const window = facts?.contextWindow;
  const percent = window === undefined ? undefined : Math.round((context.tokens / window) * 100);
  const amount = percent === undefined ? `${formatTokens(context.tokens)} tokens` : `${percent}%`;
  const estimate = context.isEstimate ? ', estimated' : '';
  const words = window === undefined ? 'of a window that is not known' : `of ${formatCount(window)} tokens`;
  return (
    <Tooltip side="top" content={`Context: ${formatCount(context.tokens)} ${words}${estimate}`}>
      <BarButton
        className="status-context"
        aria-label={`Context: ${amount}`}
        aria-haspopup="dialog"
        onClick={() => openDialog('tab-usage')}
      >
        {percent !== undefined && <Meter percent={percent} level={contextLevel(percent)} />}
        <b>{amount}</b>
        {window !== undefined && <span className="status-wide">of {windowInWords(window)}</span>}
      </BarButton>
    </Tooltip>
  );
}

/** What this tab has cost, of what it may cost. */
function CostButton({ session: { spending, budget, ai } }: { readonly session: Session }) {
  const { openDialog } = useActions();
  if (ai.model === OFFLINE_GUIDE && spending.turns === 0) return null;
  const cost = formatDollars(spending.dollars);
  return (
    <Tooltip
      side="top"
      content={spending.isCostPartial ? 'Cost: some prices are not known' : 'Cost of this tab'}
    >
      <BarButton aria-label={`Cost: ${cost}`} aria-haspopup="dialog" onClick={() => openDialog('tab-usage')}>
        <Icon of={CircleDollarSign} isSmall />
        <b>{cost}</b>
        {budget.dollars !== undefined && (
          <span className="status-wide">of {formatDollars(budget.dollars)}</span>
        )}
      </BarButton>
    </Tooltip>
  );
}

/** How the mode stands to what no rule decides; leads to what was decided so far. */
function ApprovalsButton({ session: { ai } }: { readonly session: Session }) {
  const { openDialog } = useActions();
  const keys = useKeys('ledger');
  const stance = useCarrel((state) => state.settings?.modes.find(({ name }) => name === ai.mode)?.stance);
  if (ai.model === OFFLINE_GUIDE || stance === undefined) return null;
  const { word, about } = STANCES[stance];
  return (
    <Tooltip side="top" content={`Approvals: ${about}. Opens the ledger`} keys={keys}>
      <BarButton
        className="status-approvals"
        aria-label={`Approvals: ${word}`}
        aria-haspopup="dialog"
        onClick={() => openDialog('ledger')}
      >
        <Icon of={Shield} isSmall />
        {word}
      </BarButton>
    </Tooltip>
  );
}

const STANCES = {
  ask: { word: 'Ask', about: 'what no rule allows asks you' },
  'allow-edits': { word: 'Edits allowed', about: 'files of the workspace are changed without asking' },
  'read-only': { word: 'Read only', about: 'what does more than to look is refused' },
} as const;

function Warning({ text }: { readonly text: string }) {
  const { openDialog } = useActions();
  return (
    <Tooltip side="top" content={text}>
      <BarButton
        className="status-warning"
        aria-label={`Warning: ${text}`}
        onClick={() => openDialog('model-picker')}
      >
        <Icon of={TriangleAlert} isSmall />
        <span className="cut">{text}</span>
      </BarButton>
    </Tooltip>
  );
}

function FolderButton({ cwd }: { readonly cwd: string }) {
  const path = useCarrel((state) => shortPath(cwd, state.host?.homeFolder));
  const { isCopied, copy } = useCopy(cwd);
  return (
    <Tooltip side="top" content={`${cwd}: click to copy`}>
      <BarButton className="status-folder" aria-label={`Folder: ${path}`} onClick={copy}>
        <Icon of={Folder} isSmall />
        {/* Long paths lose their beginning, which says less than their end. */}
        <span className="cut status-path">
          <bdi>{path}</bdi>
        </span>
        <output>{isCopied && 'Copied'}</output>
      </BarButton>
    </Tooltip>
  );
}

function ShellState({ session: { pty, program } }: { readonly session: Session }) {
  const { words, isFailure } = shellWords(pty, PROGRAMS[program]);
  if (words === undefined) return null;
  return (
    <span className={`status-shell ${isFailure ? 'fail' : ''}`}>
      <Icon of={SquareTerminal} isSmall />
      {words}
    </span>
  );
}

const PROGRAMS = { shell: 'Shell', connection: 'Connection', program: 'Program' } as const;

/** A shell that runs is what everyone expects, and needs no words. */
function shellWords(pty: PtyState, what: string): { readonly words?: string; readonly isFailure: boolean } {
  switch (pty.status) {
    case 'not-started':
      return { words: `${what} not started`, isFailure: false };
    case 'running':
      return { isFailure: false };
    case 'exited':
      return { words: `${what} ended, exit ${pty.exitCode}`, isFailure: pty.exitCode !== 0 };
    case 'failed':
      return { words: `${what} failed`, isFailure: true };
    default:
      return assertNever(pty);
  }
}

function BarButton({ className = '', ...rest }: ComponentProps<'button'>) {
  return <button type="button" className={`status-button ${className}`} {...rest} />;
}
