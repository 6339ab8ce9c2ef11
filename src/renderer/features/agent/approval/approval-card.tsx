import { Check, CircleX } from 'lucide-react';
import { useId, useState } from 'react';
import type {
  ApprovalAnswer,
  ApprovalRequest,
  DecidedPart,
  ProposedAction,
} from '../../../../shared/approval.ts';
import type { SessionId } from '../../../../shared/ids.ts';
import { assertNever } from '../../../../shared/result.ts';
import { shortPath } from '../../../store/selectors.ts';
import { useActions, useCarrel } from '../../../store/store.ts';
import { Button } from '../../../ui/button.tsx';
import { Diff, LineCounts } from '../../../ui/diff.tsx';
import { Icon } from '../../../ui/icon.tsx';
import { StatusMark } from '../../../ui/status-mark.tsx';
import { Tag } from '../../../ui/tag.tsx';
import { ExactProposal } from './exact-proposal.tsx';
import { RuleForm } from './rule-form.tsx';

/** A tool call that waits for the person: exactly what it would do, and the answers. None of them is the default. */
export function ApprovalCard({
  sessionId,
  request,
}: {
  readonly sessionId: SessionId;
  readonly request: ApprovalRequest;
}) {
  const { answerApproval } = useActions();
  const { id, toolName, action, parts, reason, rule } = request;
  const [selected, setSelected] = useState<ReadonlySet<number>>(() => allOf(action));
  const [isRuling, setIsRuling] = useState(false);
  const formId = useId();
  const hunks = selected.size < allOf(action).size ? { hunks: [...selected] } : {};

  function approve(answer: Omit<Extract<ApprovalAnswer, { type: 'approve' }>, 'type'>): void {
    void answerApproval(sessionId, id, { type: 'approve', ...hunks, ...answer });
  }

  return (
    <fieldset className="approval" aria-label={`Approval: ${toolName}`}>
      <header>
        <StatusMark mark="needs" />
        <span className="strong">{toolName}</span>
        <Subject action={action} />
        {action.type === 'change' && <LineCounts hunks={action.hunks} />}
        {parts.length > 1 && <Tag>{parts.length} commands</Tag>}
      </header>
      <Body action={action} selected={selected} onSelect={setSelected} />
      <p className="approval-reason text-small muted">{reason}</p>
      {parts.length > 1 && <Parts parts={parts} />}
      {isRuling && rule !== undefined && (
        <RuleForm id={formId} sessionId={sessionId} request={request} onKeep={approve} />
      )}
      <footer>
        <Button
          disabled={selected.size === 0 && action.type === 'change'}
          onClick={() => approve({ scope: 'once' })}
        >
          Approve once
        </Button>
        {rule !== undefined && (
          <>
            <Button variant="quiet" title={rule} onClick={() => approve({ scope: 'tab', rule })}>
              Approve for this tab
            </Button>
            <Button
              variant="quiet"
              aria-expanded={isRuling}
              aria-controls={isRuling ? formId : undefined}
              onClick={() => setIsRuling(!isRuling)}
            >
              Always…
            </Button>
          </>
        )}
        <span className="spacer" />
        <Button onClick={() => void answerApproval(sessionId, id, { type: 'deny' })}>Deny</Button>
      </footer>
    </fieldset>
  );
}

function allOf(action: ProposedAction): ReadonlySet<number> {
  return new Set(action.type === 'change' ? action.hunks.keys() : []);
}

/** What it is about, in a line. */
function Subject({ action }: { readonly action: ProposedAction }) {
  const homeFolder = useCarrel((state) => state.host?.homeFolder);
  const where = action.type === 'execute' ? action.cwd : 'path' in action ? action.path : undefined;
  const words = where === undefined ? '' : shortPath(where, homeFolder);
  const isOutside = 'isOutside' in action && action.isOutside;
  return (
    <span className="spacer cut mono text-small muted" title={where}>
      {action.type === 'execute' ? `in ${words}` : words}
      {isOutside && <span className="wait"> outside of this tab's folder</span>}
    </span>
  );
}

function Body({
  action,
  selected,
  onSelect,
}: {
  readonly action: ProposedAction;
  readonly selected: ReadonlySet<number>;
  readonly onSelect: (selected: ReadonlySet<number>) => void;
}) {
  switch (action.type) {
    case 'execute':
      return <ExactProposal text={action.command} />;
    case 'change':
      return <Diff hunks={action.hunks} selected={selected} onSelect={onSelect} />;
    case 'fetch':
      return <ExactProposal text={action.url} />;
    case 'read':
      return <ExactProposal text={action.path} />;
    default:
      return assertNever(action);
  }
}

/** Each command of a line, decided by itself. */
function Parts({ parts }: { readonly parts: readonly DecidedPart[] }) {
  return (
    <ul className="approval-parts" aria-label="Each command, decided by itself">
      {parts.map(({ text, decision, reason }, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- the same command may come twice
        <li key={index}>
          {decision === 'allow' && <Icon of={Check} />}
          {decision === 'ask' && <StatusMark mark="needs" />}
          {decision === 'deny' && <Icon of={CircleX} />}
          <span className="approval-part">
            <span className="mono text-small cut strong" title={text}>
              {text}
            </span>
            <span className="text-small muted">{reason}</span>
          </span>
          <span className="text-small muted">{DECISIONS[decision]}</span>
        </li>
      ))}
    </ul>
  );
}

const DECISIONS = { allow: 'Allowed', ask: 'Asks', deny: 'Denied' } as const;
