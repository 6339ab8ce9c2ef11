import { Search } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { LedgerChoices, LedgerFilter } from '../../../shared/approval.ts';
import type { SessionId } from '../../../shared/ids.ts';
import { anySession } from '../../store/other-windows.ts';
import { useActions, useCarrel } from '../../store/store.ts';
import { Icon } from '../../ui/icon.tsx';

type Filters = {
  readonly filter: LedgerFilter;
  readonly onChange: (filter: LedgerFilter) => void;
};

/** What of the ledger is shown: a search, and a choice for each column. */
export function LedgerFilters({ filter, onChange }: Filters) {
  const { tabs, tools } = useChoices();
  const titles = useTitles(tabs);
  const set = (change: LedgerFilter) => onChange({ ...filter, ...change });
  return (
    <search className="ledger-filters">
      <div className="ledger-search">
        <Icon of={Search} isSmall />
        <input
          type="search"
          aria-label="Search the ledger"
          placeholder="Search commands, paths, rules, models"
          value={filter.search ?? ''}
          spellCheck={false}
          autoCapitalize="off"
          onChange={(event) => set({ search: event.target.value || undefined })}
        />
      </div>
      <Choice
        label="Tab"
        all="All tabs"
        value={filter.sessionId}
        options={tabs.map(({ sessionId }) => [sessionId, titles[sessionId] ?? sessionId])}
        onChange={(value) => set({ sessionId: value as SessionId | undefined })}
      />
      <Choice
        label="Tool"
        all="All tools"
        value={filter.toolName}
        options={tools.map((tool) => [tool, tool])}
        onChange={(toolName) => set({ toolName })}
      />
      <Choice
        label="Decided by"
        all="By anybody"
        value={filter.decidedBy}
        options={DECIDERS}
        onChange={(value) => set({ decidedBy: value as LedgerFilter['decidedBy'] })}
      />
      <Choice
        label="Outcome"
        all="Any outcome"
        value={filter.outcome}
        options={OUTCOMES}
        onChange={(value) => set({ outcome: value as LedgerFilter['outcome'] })}
      />
    </search>
  );
}

const DECIDERS = [
  ['person', 'By you'],
  ['rule', 'By a rule'],
] as const satisfies readonly (readonly [LedgerFilter['decidedBy'], string])[];

const OUTCOMES = [
  ['allowed', 'Allowed'],
  ['failed', 'Failed'],
  ['denied', 'Denied'],
  ['expired', 'Expired'],
  ['waiting', 'Waits'],
] as const satisfies readonly (readonly [LedgerFilter['outcome'], string])[];

function Choice({
  label,
  all,
  value,
  options,
  onChange,
}: {
  readonly label: string;
  /** In the place of no choice. */
  readonly all: string;
  readonly value: string | undefined;
  readonly options: readonly (readonly [value: string, words: string])[];
  readonly onChange: (value: string | undefined) => void;
}) {
  return (
    <select
      aria-label={label}
      value={value ?? ''}
      data-chosen={value !== undefined}
      onChange={(event) => onChange(event.target.value || undefined)}
    >
      <option value="">{all}</option>
      {options.map(([option, words]) => (
        <option key={option} value={option}>
          {words}
        </option>
      ))}
    </select>
  );
}

const NONE: LedgerChoices = { tabs: [], tools: [] };

function useChoices(): LedgerChoices {
  const { ledgerChoices } = useActions();
  const [choices, setChoices] = useState(NONE);
  useEffect(() => {
    let isCurrent = true;
    async function load(): Promise<void> {
      const outcome = await ledgerChoices();
      if (isCurrent && outcome.ok) setChoices(outcome.value);
    }
    void load();
    return () => {
      isCurrent = false;
    };
  }, [ledgerChoices]);
  return choices;
}

/** An open tab is called as it is in the strip of tabs. */
function useTitles(tabs: LedgerChoices['tabs']): Readonly<Record<string, string>> {
  const sessions = useCarrel((state) => state.sessions);
  const elsewhere = useCarrel((state) => state.elsewhere);
  return Object.fromEntries(
    tabs.map(({ sessionId, title }) => {
      const id = sessionId as SessionId;
      return [sessionId, anySession({ sessions, elsewhere }, id)?.title ?? `${title} (closed)`];
    }),
  );
}
