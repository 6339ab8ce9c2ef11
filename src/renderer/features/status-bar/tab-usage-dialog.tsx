import { useId, useState, type FormEvent } from 'react';
import type { Budget } from '../../../shared/agent.ts';
import type { Session } from '../../../shared/session.ts';
import { activeSession } from '../../store/selectors.ts';
import { useActions, useCarrel } from '../../store/store.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { formatCount, formatDollars } from '../../ui/format-amounts.ts';
import { contextLevel, Meter } from '../../ui/meter.tsx';

/** What the active tab has used, and what it may use before it pauses and asks. */
export function TabUsageDialog() {
  const session = useCarrel(activeSession);
  const { closeDialog } = useActions();
  if (!session) return null;
  return (
    <Dialog title={`Usage of ${session.title}`} isTitleShown className="dialog-narrow" onClose={closeDialog}>
      <TabUsage session={session} />
    </Dialog>
  );
}

function TabUsage({ session }: { readonly session: Session }) {
  const { context, facts, spending } = session;
  const { openDialog } = useActions();
  const window = facts?.contextWindow;
  const percent = window === undefined ? undefined : Math.round((context.tokens / window) * 100);
  return (
    <div className="tab-usage">
      <dl>
        <dt>Context</dt>
        <dd>
          {percent !== undefined && <Meter percent={percent} level={contextLevel(percent)} />}
          {context.isEstimate && 'about '}
          {formatCount(context.tokens)} {window === undefined ? 'tokens' : `of ${formatCount(window)} tokens`}
        </dd>
        <dt>Spent</dt>
        <dd>
          {formatDollars(spending.dollars)}, {formatCount(spending.tokens)} tokens,{' '}
          {formatCount(spending.turns)} {spending.turns === 1 ? 'turn' : 'turns'}
          {spending.isCostPartial && <span className="faint"> (some prices are not known)</span>}
        </dd>
      </dl>
      <BudgetForm session={session} />
      <footer className="tab-usage-foot">
        <Button variant="quiet" onClick={() => openDialog('usage')}>
          Usage of all tabs…
        </Button>
      </footer>
    </div>
  );
}

const FIELDS = [
  { key: 'dollars', label: 'US dollars', step: '0.01' },
  { key: 'tokens', label: 'Tokens', step: '1' },
  { key: 'turns', label: 'Turns', step: '1' },
] as const satisfies readonly { key: keyof Budget; label: string; step: string }[];

function BudgetForm({ session: { id, budget } }: { readonly session: Session }) {
  const { setBudget, closeDialog } = useActions();
  const prefix = useId();
  const [texts, setTexts] = useState(() =>
    Object.fromEntries(FIELDS.map(({ key }) => [key, String(budget[key] ?? '')])),
  );
  const [error, setError] = useState<string>();

  async function save(event: FormEvent): Promise<void> {
    event.preventDefault();
    const entries = FIELDS.flatMap(({ key }) =>
      texts[key]?.trim() ? [[key, Number(texts[key])] as const] : [],
    );
    if (entries.some(([key, value]) => !(value > 0) || (key !== 'dollars' && !Number.isInteger(value)))) {
      setError('A limit is a number above 0; tokens and turns are whole. Leave a field empty for no limit.');
      return;
    }
    const outcome = await setBudget(id, Object.fromEntries(entries));
    if (outcome.ok) closeDialog();
    else setError(outcome.error.message);
  }

  return (
    <form className="budget-form" onSubmit={(event) => void save(event)}>
      <h2>Budget of this tab</h2>
      <p className="muted text-small">
        When one of these is spent the tab pauses before its next turn and asks you. Empty means no limit.
      </p>
      {FIELDS.map(({ key, label, step }) => (
        <div key={key} className="budget-field">
          <label htmlFor={prefix + key}>{label}</label>
          <input
            id={prefix + key}
            type="number"
            inputMode="decimal"
            min="0"
            step={step}
            placeholder="No limit"
            value={texts[key]}
            onChange={(event) => setTexts({ ...texts, [key]: event.target.value })}
          />
        </div>
      ))}
      {error !== undefined && <p role="alert">{error}</p>}
      <Button type="submit" variant="primary">
        Save budget
      </Button>
    </form>
  );
}
