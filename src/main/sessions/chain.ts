import type { AiConfig } from '../../shared/agent.ts';
import {
  OFFLINE_GUIDE,
  type ModelError,
  type ModelReference,
  type ModelSource,
} from '../../shared/models.ts';
import type { Result } from '../../shared/result.ts';
import type { DefaultsSnapshot } from '../archive/types.ts';
import type { ModeSettings } from '../settings/types.ts';

/** What a session chose for itself: the overrides of `session_config`. */
export type Choices = {
  readonly mode?: string;
  readonly model?: string;
  /** Models chosen for one mode only, by the mode's name. */
  readonly modeModels: Readonly<Record<string, string>>;
};

/** What the chain is resolved against, as it is now. */
export type ChainContext = {
  readonly checkModel: (reference: string) => Result<ModelReference, ModelError>;
  readonly modes: Readonly<Record<string, ModeSettings>>;
};

const DEFAULT_MODE = 'code';

/** The snapshot that a tab takes of the defaults when it opens. */
export function takeDefaults(settings: {
  defaults: { model?: ModelReference; mode: string };
  modes: Readonly<Record<string, ModeSettings>>;
}): DefaultsSnapshot {
  const modeModels = Object.entries(settings.modes).flatMap(([name, mode]) =>
    mode.model === undefined ? [] : [[name, mode.model] as const],
  );
  const { model, mode } = settings.defaults;
  return { ...(model && { model }), mode, modeModels: Object.fromEntries(modeModels) };
}

/**
 * The chain, first hit wins: tab + mode → tab → the mode's own → defaults → the offline guide. A layer whose model is not
 * to be had any more (its provider has gone) is passed over with a warning, and the stored choice is kept; one that only
 * lacks its key stays, because another model would answer in its name.
 */
export function resolveChain(choices: Choices, defaults: DefaultsSnapshot, context: ChainContext): AiConfig {
  const warnings: string[] = [];
  const { mode, modeSource } = resolveMode(choices, defaults, context, warnings);
  const layers: readonly (readonly [ModelSource, string | undefined])[] = [
    ['tab-mode', choices.modeModels[mode]],
    ['tab', choices.model],
    ['mode', defaults.modeModels[mode]],
    ['defaults', defaults.model],
  ];
  for (const [modelSource, reference] of layers) {
    if (reference === undefined) continue;
    const checked = context.checkModel(reference);
    if (!checked.ok && checked.error.code === 'credential-missing') warnings.push(checked.error.message);
    if (checked.ok || checked.error.code === 'credential-missing') {
      return compose({ model: reference as ModelReference, modelSource, mode, modeSource }, warnings);
    }
    warnings.push(`${reference} cannot be used now. ${checked.error.message}`);
  }
  return compose({ model: OFFLINE_GUIDE, modelSource: 'offline-guide', mode, modeSource }, warnings);
}

function resolveMode(
  choices: Choices,
  defaults: DefaultsSnapshot,
  context: ChainContext,
  warnings: string[],
) {
  const layers = [
    ['tab', choices.mode],
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
