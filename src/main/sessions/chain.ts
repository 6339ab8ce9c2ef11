import type { AiConfig } from '../../shared/agent.ts';
import {
  OFFLINE_GUIDE,
  type Effort,
  type ModelError,
  type ModelReference,
  type ModelSource,
} from '../../shared/models.ts';
import type { Result } from '../../shared/result.ts';
import type { DefaultsSnapshot } from '../archive/types.ts';
import type { Profile } from '../profiles/types.ts';
import type { ModeSettings, Settings } from '../settings/types.ts';

/** What a session chose for itself: the overrides of `session_config`. */
export type Choices = {
  readonly mode?: string;
  readonly model?: string;
  readonly effort?: Effort;
  /** Models chosen for one mode only, by the mode's name. */
  readonly modeModels: Readonly<Record<string, string>>;
};

/** What the chain is resolved against, as it is now. */
export type ChainContext = {
  readonly checkModel: (reference: string) => Result<ModelReference, ModelError>;
  readonly modes: Readonly<Record<string, ModeSettings>>;
};

const DEFAULT_MODE = 'code';

/** The snapshot that a tab takes of the defaults, and of those of its profile, when it opens. */
export function takeDefaults(
  settings: Pick<Settings, 'defaults' | 'modes' | 'budget'>,
  profile?: Pick<Profile, 'model' | 'mode'>,
): DefaultsSnapshot {
  const modeModels = Object.entries(settings.modes).flatMap(([name, mode]) =>
    mode.model === undefined ? [] : [[name, mode.model] as const],
  );
  const { model, mode, effort } = settings.defaults;
  return {
    ...(model && { model }),
    mode,
    effort,
    budget: settings.budget.tab,
    modeModels: Object.fromEntries(modeModels),
    ...(profile?.model && { profileModel: profile.model }),
    ...(profile?.mode && { profileMode: profile.mode }),
  };
}

/**
 * The chain, first hit wins: tab + mode → tab → the mode's own → the profile's → defaults → the offline guide. A layer whose model is not
 * to be had any more (its provider has gone) is passed over with a warning, and the stored choice is kept; one that only
 * lacks its key stays, because another model would answer in its name.
 */
export function resolveChain(choices: Choices, defaults: DefaultsSnapshot, context: ChainContext): AiConfig {
  const warnings: string[] = [];
  const modeAndEffort = {
    ...resolveMode(choices, defaults, context, warnings),
    ...resolveEffort(choices, defaults),
  };
  const { mode } = modeAndEffort;
  const layers: readonly (readonly [ModelSource, string | undefined])[] = [
    ['tab-mode', choices.modeModels[mode]],
    ['tab', choices.model],
    ['mode', defaults.modeModels[mode]],
    ['profile', defaults.profileModel],
    ['defaults', defaults.model],
  ];
  for (const [modelSource, reference] of layers) {
    if (reference === undefined) continue;
    const checked = context.checkModel(reference);
    if (!checked.ok && checked.error.code === 'credential-missing') warnings.push(checked.error.message);
    if (checked.ok || checked.error.code === 'credential-missing') {
      return compose({ model: reference as ModelReference, modelSource, ...modeAndEffort }, warnings);
    }
    warnings.push(`${reference} cannot be used now. ${checked.error.message}`);
  }
  return compose({ model: OFFLINE_GUIDE, modelSource: 'offline-guide', ...modeAndEffort }, warnings);
}

function resolveEffort(choices: Choices, defaults: DefaultsSnapshot) {
  return choices.effort === undefined
    ? { effort: defaults.effort ?? 'default', effortSource: 'defaults' as const }
    : { effort: choices.effort, effortSource: 'tab' as const };
}

function resolveMode(
  choices: Choices,
  defaults: DefaultsSnapshot,
  context: ChainContext,
  warnings: string[],
) {
  const layers = [
    ['tab', choices.mode],
    ['profile', defaults.profileMode],
    ['defaults', defaults.mode],
  ] as const;
  for (const [modeSource, mode] of layers) {
    if (mode === undefined) continue;
    if (mode in context.modes) return { mode, modeSource };
    warnings.push(
      `The mode ${mode} is not in settings.toml any more; write [modes.${mode}] to have it back.`,
    );
  }
  return { mode: DEFAULT_MODE, modeSource: 'defaults' as const };
}

function compose(config: AiConfig, warnings: readonly string[]): AiConfig {
  return warnings.length === 0 ? config : { ...config, warning: warnings.join(' ') };
}
