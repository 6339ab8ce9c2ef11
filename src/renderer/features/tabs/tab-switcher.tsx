import { History } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { modelLabel } from '../../../shared/models.ts';
import type { ClosedSession, Session } from '../../../shared/session.ts';
import { shortPath, shownModel, tabsByUse, tabState } from '../../store/selectors.ts';
import { useActions, useCarrel } from '../../store/store.ts';
import { Chooser, ChooserEmpty, ChooserGroup, ChooserOption } from '../../ui/chooser.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { formatWhen } from '../../ui/format-when.ts';
import { Icon } from '../../ui/icon.tsx';
import { Kbd } from '../../ui/kbd.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import { bestTabs, type TabWords } from './match-tabs.ts';
import { MARKS, WORDS } from './tab.tsx';

type OpenTab = TabWords & { readonly session: Session };
type ClosedTab = TabWords & { readonly session: ClosedSession };

/** Goes to a tab, or brings a closed one back. The one used before is highlighted, so that Enter alone goes there. */
export function TabSwitcher() {
  const { closeDialog, activateTab, reopenTab } = useActions();
  const [search, setSearch] = useState('');
  const chosen = useRef<() => void>(undefined);
  const open = useOpenTabs();
  const closed = useClosedTabs();
  const foundOpen = bestTabs(open, search);
  const foundClosed = bestTabs(closed ?? [], search);

  function choose(act: () => void): void {
    chosen.current = act;
    closeDialog();
  }

  return (
    <Dialog
      title="Switch to tab"
      className="dialog-narrow"
      onClose={closeDialog}
      // The tab that is gone to takes the focus for itself.
      onClosed={() => chosen.current?.()}
    >
      <Chooser
        searchLabel="Search tabs"
        listLabel="Tabs"
        defaultValue={(open[1] ?? open[0])?.session.id ?? ''}
        onSearch={setSearch}
      >
        {closed && <ChooserEmpty>No tab has this in its title, folder, program or model.</ChooserEmpty>}
        {foundOpen.map((tab) => (
          <ChooserOption
            key={tab.session.id}
            className="chooser-option-tall"
            value={tab.session.id}
            onSelect={() => choose(() => activateTab(tab.session.id))}
          >
            <OpenRow tab={tab} />
          </ChooserOption>
        ))}
        {foundClosed.length > 0 && (
          <ChooserGroup heading="Recently closed">
            {foundClosed.map((tab) => (
              <ChooserOption
                key={tab.session.id}
                className="chooser-option-tall"
                value={tab.session.id}
                onSelect={() => choose(() => void reopenTab(tab.session.id))}
              >
                <ClosedRow tab={tab} />
              </ChooserOption>
            ))}
          </ChooserGroup>
        )}
      </Chooser>
      <footer className="dialog-foot">
        <span>
          <Kbd keys="Enter" isCap /> Go there
        </span>
        <span>
          <Kbd keys="Escape" isCap /> Stay
        </span>
      </footer>
    </Dialog>
  );
}

function OpenRow({ tab: { session, folder, model, program } }: { readonly tab: OpenTab }) {
  const state = tabState(session);
  const words = WORDS[state];
  const isActive = useCarrel((state) => state.activeSessionId === session.id);
  return (
    <>
      <StatusMark mark={MARKS[state]} />
      <span className="chooser-lines">
        <span className="cut">
          <span className="strong">{session.title}</span>
          {isActive && <span className="faint text-small"> this tab</span>}
        </span>
        <span className="tab-choice-facts">
          {words && <span className={words.className}>{words.word}</span>}
          {program !== undefined && <span className="mono">{program}</span>}
          <span className="cut">{folder}</span>
        </span>
      </span>
      <span className="tab-choice-model cut">{model}</span>
    </>
  );
}

function ClosedRow({ tab: { session, folder, model } }: { readonly tab: ClosedTab }) {
  return (
    <>
      <span className="muted">
        <Icon of={History} />
      </span>
      <span className="chooser-lines">
        <span className="cut">{session.title}</span>
        <span className="tab-choice-facts">
          <span>Closed {formatWhen(session.closedAt)}</span>
          <span className="cut">{folder}</span>
        </span>
      </span>
      <span className="tab-choice-model cut">{model}</span>
    </>
  );
}

/** The active tab, then the others by use: as they were when the list was opened, so that nothing moves under the hand. */
function useOpenTabs(): readonly OpenTab[] {
  const sessions = useCarrel((state) => state.sessions);
  const order = useCarrel((state) => state.order);
  const activeSessionId = useCarrel((state) => state.activeSessionId);
  const [byUse] = useState(() => tabsByUse({ sessions, order, activeSessionId }));
  const picks = useCarrel((state) => state.picks);
  const homeFolder = useCarrel((state) => state.host?.homeFolder);
  return byUse.flatMap((id) => {
    const session = sessions[id];
    if (!session) return [];
    const { title, cwd, program } = session;
    const model = modelLabel(shownModel(session, picks[id]).model);
    return { session, title, folder: shortPath(cwd, homeFolder), model, program };
  });
}

/** Undefined until they are known; none where they cannot be had. */
function useClosedTabs(): readonly ClosedTab[] | undefined {
  const { listClosed } = useActions();
  const homeFolder = useCarrel((state) => state.host?.homeFolder);
  const [sessions, setSessions] = useState<readonly ClosedSession[]>();
  useEffect(() => {
    void listClosed().then((outcome) => setSessions(outcome.ok ? outcome.value : []));
  }, [listClosed]);
  return sessions?.map((session) => {
    const { title, cwd, model } = session;
    return { session, title, folder: shortPath(cwd, homeFolder), model: modelLabel(model) };
  });
}
