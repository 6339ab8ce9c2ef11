import { Check, X } from 'lucide-react';
import { useEffect, useState, type FormEvent } from 'react';
import type { ApprovalRequest, ApprovalScope } from '../../../../shared/approval.ts';
import type { SessionId } from '../../../../shared/ids.ts';
import { useActions } from '../../../store/store.ts';
import { Button } from '../../../ui/button.tsx';
import { Icon } from '../../../ui/icon.tsx';

const SCOPES = [
  { scope: 'tab', words: 'This tab' },
  { scope: 'project', words: 'This project' },
  { scope: 'always', words: 'Always' },
] as const satisfies { readonly scope: ApprovalScope; readonly words: string }[];

type Fit = { readonly rule: string; readonly fits: boolean; readonly message: string };

/** The rule that would be kept, to be read and changed; it is proved to cover the call before it can be. */
export function RuleForm({
  id,
  sessionId,
  request,
  onKeep,
}: {
  readonly id: string;
  readonly sessionId: SessionId;
  readonly request: ApprovalRequest;
  readonly onKeep: (answer: { readonly scope: ApprovalScope; readonly rule: string }) => void;
}) {
  const [rule, setRule] = useState(request.rule ?? '');
  const [scope, setScope] = useState<ApprovalScope>('project');
  const fit = useFit(sessionId, request, rule);
  const isProved = fit?.rule === rule && fit.fits;

  function keep(event: FormEvent): void {
    event.preventDefault();
    if (isProved) onKeep({ scope, rule });
  }

  return (
    <form id={id} className="approval-rule" aria-label="Rule" onSubmit={keep}>
      <label htmlFor={`${id}-rule`}>Allow</label>
      <input
        id={`${id}-rule`}
        className="settings-field mono"
        value={rule}
        spellCheck={false}
        aria-describedby={`${id}-fit`}
        ref={(field) => field?.focus()}
        onChange={(event) => setRule(event.target.value)}
      />
      <span aria-hidden="true">Where</span>
      <fieldset className="approval-scopes" aria-label="Where">
        {SCOPES.map(({ scope: value, words }) => (
          <label key={value}>
            <input
              type="radio"
              name={`${id}-scope`}
              checked={scope === value}
              onChange={() => setScope(value)}
            />
            {words}
          </label>
        ))}
        <span className="spacer" />
        <Button type="submit" disabled={!isProved}>
          Keep rule
        </Button>
      </fieldset>
      <output id={`${id}-fit`} className="approval-fit text-small">
        {fit && (
          <>
            <Icon of={fit.fits ? Check : X} isSmall />
            {fit.message}
          </>
        )}
      </output>
    </form>
  );
}

/** What the core says of the rule as it stands now. */
function useFit(sessionId: SessionId, { id }: ApprovalRequest, rule: string): Fit | undefined {
  const { checkRule } = useActions();
  const [fit, setFit] = useState<Fit>();
  useEffect(() => {
    let isGone = false;
    async function check(): Promise<void> {
      const outcome = await checkRule(sessionId, id, rule);
      if (!isGone && outcome.ok) setFit({ rule, ...outcome.value });
    }
    void check();
    return () => {
      isGone = true;
    };
  }, [checkRule, sessionId, id, rule]);
  return fit;
}
