import type { ModeSettings } from '../../settings/types.ts';
import ask from './ask.md?raw';
import code from './code.md?raw';
import debug from './debug.md?raw';
import plan from './plan.md?raw';

/** What settings.toml starts from; the prompts lie beside this file. */
export const builtInModes: Readonly<Record<string, ModeSettings>> = {
  code: { description: 'Works on code with you', prompt: code },
  ask: { description: 'Answers questions', prompt: ask, approvals: 'read-only' },
  plan: { description: 'Plans before anyone begins', prompt: plan, approvals: 'read-only' },
  debug: { description: 'Finds why something failed', prompt: debug },
};
