import { Check, CircleHelp, OctagonX, ScrollText, Trash2 } from 'lucide-react';
import { useId, useState } from 'react';
import type { ClientSettings } from '../../../shared/app.ts';
import type { ApprovalTrial, RuleDescription } from '../../../shared/approvals.ts';
import { anySession } from '../../store/other-windows.ts';
import { activeSession, shortPath } from '../../store/selectors.ts';
import { useActions, useCarrel } from '../../store/store.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { ExactText } from '../../ui/exact-text.tsx';
import { Icon } from '../../ui/icon.tsx';
import './approvals.css';
import { Heading, InTheFile } from './sections.tsx';
import { useRules } from './use-rules.ts';
import { useTrial } from './use-trial.ts';

type Decision = RuleDescription['decision'];

const DECISIONS = {
  allow: { icon: Check, word: 'Runs without asking' },
  ask: { icon: CircleHelp, word: 'Asks' },
  deny: { icon: OctagonX, word: 'Is refused' },
} as const;

/** The rules in force, and a place to try them: nothing that is typed here is run. */
export function Approvals({ settings }: { readonly settings: ClientSettings }) {
  return (
    <>
      <Heading
        title="Approvals"
        about="What the agent may do without asking. Each command of a line is decided by itself; deny beats ask beats allow."
      />
      <TryCommand settings={settings} />
      <RulesInForce settings={settings} />
      <InTheFile keys="[approvals] allow, ask and deny" />
      <LedgerButton />
    </>
  );
}

function TryCommand({ settings }: { readonly settings: ClientSettings }) {
  const folder = useCarrel((state) => activeSession(state)?.cwd);
  const [command, setCommand] = useState('');
  const [rule, setRule] = useState('');
  const [commandField, ruleField] = [useId(), useId()];
  const { trial, failure } = useTrial({ command, rule, folder, settings });
  return (
    <section className="settings-card rule-try" aria-label="Try a command">
      <label htmlFor={commandField}>Command to try</label>
      <textarea
        id={commandField}
        className="settings-field mono"
        rows={3}
        value={command}
        placeholder="git status && npm test"
        spellCheck={false}
        autoCapitalize="off"
        onChange={(event) => setCommand(event.target.value)}
      />
      <label htmlFor={ruleField}>With one more rule</label>
      <input
        id={ruleField}
        className="settings-field mono"
        value={rule}
        placeholder={trial?.proposal ?? 'npm run *'}
        spellCheck={false}
        autoCapitalize="off"
        onChange={(event) => setRule(event.target.value)}
      />
      <output className="rule-result" aria-label="Decision">
        {trial && <Trial trial={trial} />}
        {failure !== undefined && <p className="fail">{failure}</p>}
        {!trial && failure === undefined && (
          <p className="faint">Type a command to see what would be decided. It is not run.</p>
        )}
      </output>
    </section>
  );
}

function Trial({ trial }: { readonly trial: ApprovalTrial }) {
  const { decision, reason, parts, problems, proposal } = trial;
  return (
    <>
      {problems.map((problem) => (
        <p key={problem} className="fail">
          {problem}
        </p>
      ))}
      <p className="rule-verdict">
        <DecisionMark decision={decision} />
        <span className="muted">{reason}</span>
      </p>
      <ul className="rule-parts" aria-label="Parts of the command">
        {parts.map((part, index) => (
          // oxlint-disable-next-line react/no-array-index-key -- two parts may be alike, and they change all at once
          <li key={index}>
            <DecisionMark decision={part.decision} />
            <code className="rule-text mono">
              <ExactText text={part.text} />
            </code>
            <span className="muted text-small">
              {part.rule ? <RuleName rule={part.rule} /> : part.reason}
            </span>
          </li>
        ))}
      </ul>
      {proposal !== undefined && (
        <p className="muted text-small">
          “Always…” would keep <code>{proposal}</code>.
        </p>
      )}
    </>
  );
}

function DecisionMark({ decision }: { readonly decision: Decision }) {
  const { icon, word } = DECISIONS[decision];
  return (
    <span className={`rule-mark rule-${decision}`}>
      <Icon of={icon} isSmall />
      {word}
    </span>
  );
}

function RuleName({ rule: { rule, source } }: { readonly rule: RuleDescription }) {
  return (
    <>
      <code>{rule}</code> {source}
    </>
  );
}

function LedgerButton() {
  const { openDialog } = useActions();
  return (
    <Button className="rule-ledger" onClick={() => openDialog('ledger')}>
      <Icon of={ScrollText} isSmall />
      Ledger: what ran, and who allowed it
    </Button>
  );
}

function RulesInForce({ settings }: { readonly settings: ClientSettings }) {
  const { rules, failure, remove } = useRules(settings);
  const own = rules.filter(({ place }) => place !== undefined);
  const builtIn = rules.filter(({ place }) => place === undefined);
  return (
    <>
      <h4>Rules in force</h4>
      {failure !== undefined && (
        <p className="fail" role="alert">
          {failure}
        </p>
      )}
      {own.length > 0 ? (
        <RuleList rules={own} name="Your rules" onRemove={remove} />
      ) : (
        <p className="settings-card settings-none">
          None of your own: whatever does more than to look asks first.
        </p>
      )}
      <details className="rule-built-in">
        <summary>{builtIn.length} built-in rules: commands that only look, within the workspace</summary>
        <RuleList rules={builtIn} name="Built-in rules" />
      </details>
    </>
  );
}

function RuleList({
  rules,
  name,
  onRemove,
}: {
  readonly rules: readonly RuleDescription[];
  readonly name: string;
  /** Absent where they cannot be removed. */
  readonly onRemove?: (rule: RuleDescription) => void;
}) {
  return (
    <ul className="settings-card rule-list" aria-label={name}>
      {rules.map((described) => {
        const { decision, rule } = described;
        return (
          <li key={JSON.stringify(described)}>
            <DecisionMark decision={decision} />
            <code className="mono">{rule}</code>
            <Source rule={described} />
            {onRemove && (
              <IconButton label={`Remove the rule ${rule}`} onClick={() => onRemove(described)}>
                <Icon of={Trash2} isSmall />
              </IconButton>
            )}
          </li>
        );
      })}
    </ul>
  );
}

/** Where a rule holds, or where it stands. */
function Source({ rule: { source, place } }: { readonly rule: RuleDescription }) {
  const homeFolder = useCarrel((state) => state.host?.homeFolder);
  const tab = useCarrel((state) =>
    place?.type === 'tab' ? anySession(state, place.sessionId)?.title : undefined,
  );
  const words =
    place?.type === 'project'
      ? `in ${shortPath(place.folder, homeFolder)}`
      : place?.type === 'tab'
        ? `in the tab ${tab ?? place.sessionId}, until it closes`
        : source;
  return <span className="faint text-small rule-source">{words}</span>;
}
