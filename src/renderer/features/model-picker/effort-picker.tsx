import { effort, type Effort, type ModelFacts } from '../../../shared/models.ts';
import { activeSession } from '../../store/selectors.ts';
import { useActions, useCarrel } from '../../store/store.ts';
import { OptionPicker } from './option-picker.tsx';

const MEANINGS: Readonly<Record<Effort, string>> = {
  default: 'As much as its provider thinks right',
  none: 'Answers at once, without reasoning',
  minimal: 'Hardly any reasoning, for the quickest answers',
  low: 'A little reasoning',
  medium: 'Some reasoning, for most work',
  high: 'Much reasoning, for hard problems: slower and dearer',
  xhigh: 'Still more reasoning, for the hardest problems',
  max: 'All the reasoning it can do, whatever it takes',
};

/** Picks how much the active tab's model reasons before it answers. */
export function EffortPicker() {
  const session = useCarrel(activeSession);
  const { setEffort } = useActions();
  if (!session) return null;
  const { id, ai, facts } = session;
  return (
    <OptionPicker
      session={session}
      title="Choose an effort"
      searchLabel="Search efforts"
      listLabel="Efforts"
      options={effortsOf(facts).map((name) => ({ name, description: meaningOf(name, facts) }))}
      current={ai.next?.effort ?? ai.effort}
      isOwnChoice={ai.effortSource === 'tab'}
      onPick={(name) => setEffort(id, effort.optional().parse(name))}
    />
  );
}

/** Those the model understands; every one where nobody said, for the provider knows. */
function effortsOf(facts: ModelFacts | undefined): readonly Effort[] {
  if (facts?.abilities.reasoning === false) return ['default'];
  if (!facts?.efforts) return effort.options;
  return ['default', ...facts.efforts.filter((name) => name !== 'default')];
}

function meaningOf(name: Effort, facts: ModelFacts | undefined): string {
  return facts?.abilities.reasoning === false ? 'This model does not reason' : MEANINGS[name];
}
