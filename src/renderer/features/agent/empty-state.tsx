import { BookOpen, Cpu, KeyRound, type LucideIcon } from 'lucide-react';
import type { AppCommandId } from '../../../shared/app-commands.ts';
import type { SessionId } from '../../../shared/ids.ts';
import { modelLabel, OFFLINE_GUIDE } from '../../../shared/models.ts';
import { useKeys } from '../../store/keys.ts';
import { useActions, useCarrel } from '../../store/store.ts';
import { classNames } from '../../ui/class-names.ts';
import { Icon } from '../../ui/icon.tsx';
import { Kbd } from '../../ui/kbd.tsx';
import { focusMessageBox } from './message-box.tsx';

const QUESTION = 'What can I do here?';

const HINTS: readonly { readonly words: string; readonly command: AppCommandId }[] = [
  { words: 'New tab, with a shell and an agent of its own', command: 'tab.new' },
  { words: 'Between shell and agent', command: 'region.other' },
  { words: 'Everything Carrel can do', command: 'palette' },
];

type Step = {
  readonly icon: LucideIcon;
  readonly title: string;
  readonly words: string;
  readonly act: () => void;
};

/** A conversation without messages: what this tab is, and three ways to begin, the best one first. */
export function EmptyState({ sessionId }: { readonly sessionId: SessionId }) {
  const ai = useCarrel((state) => state.sessions[sessionId]?.ai);
  const steps = useSteps(sessionId);
  if (!ai) return null;
  return (
    <div className="empty">
      <div className="empty-intro">
        <h1>This tab has a shell and an agent</h1>
        <p>
          {ai.model === OFFLINE_GUIDE
            ? 'No model is chosen yet. Until one is, the offline guide answers here: it knows Carrel, runs on this machine and sends nothing.'
            : `${modelLabel(ai.model)} answers here in ${ai.mode} mode. What you choose in this tab changes no other.`}
        </p>
      </div>
      <div className="steps">
        {steps.map(({ icon, title, words, act }, index) => (
          <button
            key={title}
            type="button"
            className={classNames('step', index === 0 && 'step-first')}
            onClick={act}
          >
            <Icon of={icon} />
            <span>
              <span className="strong">{title}</span>
              <span className="muted text-small">{words}</span>
            </span>
          </button>
        ))}
      </div>
      <div className="hints muted text-small">
        {HINTS.map((hint) => (
          <Hint key={hint.command} {...hint} />
        ))}
      </div>
    </div>
  );
}

function Hint({ words, command }: (typeof HINTS)[number]) {
  const keys = useKeys(command);
  if (keys === undefined) return null;
  return (
    <>
      <span>{words}</span>
      <Kbd keys={keys} isCap />
    </>
  );
}

function useSteps(sessionId: SessionId): Step[] {
  const { openDialog, setDraft } = useActions();
  const isGuide = useCarrel((state) => state.sessions[sessionId]?.ai.model === OFFLINE_GUIDE);
  const usable = useCarrel(
    ({ models }) =>
      models.models.filter(({ kind, unavailable }) => kind !== 'offline-guide' && unavailable === undefined)
        .length,
  );

  function ask(): void {
    setDraft(sessionId, QUESTION);
    focusMessageBox();
  }

  const choose = {
    icon: Cpu,
    title: 'Choose a model',
    words: usable === 0 ? 'None can be used yet: see which, and why' : `${usable} can be used now`,
    act: () => openDialog('model-picker'),
  };
  const setUp = {
    icon: KeyRound,
    title: 'Set up a provider',
    words: 'A key in your environment, or a model on this machine',
    act: () => openDialog('settings'),
  };
  const guide = {
    icon: BookOpen,
    title: isGuide ? 'Ask the guide' : 'Ask what it can do',
    words: `Puts “${QUESTION}” in the box below`,
    act: ask,
  };
  return usable === 0 ? [setUp, choose, guide] : [choose, setUp, guide];
}
