import { Check, CircleHelp, OctagonX } from 'lucide-react';
import { useEffect, useId, useState } from 'react';
import type { ClientSettings } from '../../../shared/app.ts';
import type { ApprovalTrial, RuleDescription } from '../../../shared/approvals.ts';
import { showExactly } from '../../../shared/visible-text.ts';
import { activeSession } from '../../store/selectors.ts';
import { useActions, useCarrel } from '../../store/store.ts';
import { Icon } from '../../ui/icon.tsx';
import './approvals.css';
import { Heading, InTheFile } from './sections.tsx';
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
    <section className="settings-card approval-try" aria-label="Try a command">
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
      <output className="approval-result" aria-label="Decision">
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
      <p className="approval-verdict">
        <DecisionMark decision={decision} />
        <span className="muted">{reason}</span>
      </p>
      <ul className="trial-parts" aria-label="Parts of the command">
        {parts.map((part, index) => (
          // oxlint-disable-next-line react/no-array-index-key -- two parts may be alike, and they change all at once
          <li key={index}>
            <DecisionMark decision={part.decision} />
            <ExactText text={part.text} />
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
    <span className={`approval-mark approval-${decision}`}>
      <Icon of={icon} isSmall />
      {word}
    </span>
  );
}

/** A command with marks for all in it that cannot be seen or misleads. */
function ExactText({ text }: { readonly text: string }) {
  return (
    <code className="approval-text mono" dir="ltr">
      {showExactly(text).map(({ text, isMark }, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- the parts change all at once
        <span key={index} className={isMark ? 'approval-hidden' : undefined}>
          {text}
        </span>
      ))}
    </code>
  );
}

function RuleName({ rule: { rule, source } }: { readonly rule: RuleDescription }) {
  return (
    <>
      <code>{rule}</code> {source}
    </>
  );
}

function RulesInForce({ settings }: { readonly settings: ClientSettings }) {
  const { listRules } = useActions();
  const [rules, setRules] = useState<readonly RuleDescription[]>([]);
  useEffect(() => {
    let isCurrent = true;
    async function list(): Promise<void> {
      const listed = await listRules();
      if (isCurrent && listed.ok) setRules(listed.value.rules);
    }
    void list();
    return () => {
      isCurrent = false;
    };
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- other settings may have other rules
  }, [listRules, settings]);
  const own = rules.filter(({ source }) => source !== 'built in');
  const builtIn = rules.filter(({ source }) => source === 'built in');
  return (
    <>
      <h4>Rules in force</h4>
      {own.length > 0 ? (
        <RuleList rules={own} name="Your rules" />
      ) : (
        <p className="settings-card settings-none">
          None of your own: whatever does more than to look asks first.
        </p>
      )}
      <details className="approval-built-in">
        <summary>{builtIn.length} built-in rules: commands that only look, within the workspace</summary>
        <RuleList rules={builtIn} name="Built-in rules" />
      </details>
    </>
  );
}

function RuleList({ rules, name }: { readonly rules: readonly RuleDescription[]; readonly name: string }) {
  return (
    <ul className="settings-card approval-rules" aria-label={name}>
      {rules.map(({ decision, rule, source }) => (
        <li key={`${decision} ${rule}`}>
          <DecisionMark decision={decision} />
          <code className="mono">{rule}</code>
          <span className="faint text-small">{source}</span>
        </li>
      ))}
    </ul>
  );
}
