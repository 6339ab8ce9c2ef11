import { describe, expect, it } from 'vitest';
import { OFFLINE_GUIDE, type ModelReference } from '../../shared/models.ts';
import { err, ok } from '../../shared/result.ts';
import type { DefaultsSnapshot } from '../archive/types.ts';
import { resolveChain, takeDefaults, type ChainContext, type Choices } from './chain.ts';

const context: ChainContext = {
  modes: {
    code: { description: '', prompt: '' },
    ask: { description: '', prompt: '' },
  },
  checkModel: (reference) => {
    if (reference.startsWith('gone/'))
      return err({ code: 'provider-not-configured', message: 'Write [providers.gone].' });
    if (reference.startsWith('keyless/')) return err({ code: 'credential-missing', message: 'Set $KEY.' });
    return ok(reference as ModelReference);
  },
};
const nothing: Choices = { modeModels: {} };
const noDefaults: DefaultsSnapshot = { mode: 'code', modeModels: {} };
const full: DefaultsSnapshot = { mode: 'code', model: 'p/default', modeModels: { code: 'p/mode' } };

describe('the chain', () => {
  it.each<[string, Choices, DefaultsSnapshot, string, string]>([
    ['tab + mode first', { model: 'p/tab', modeModels: { code: 'p/both' } }, full, 'p/both', 'tab-mode'],
    ['then the tab', { model: 'p/tab', modeModels: { ask: 'p/ask' } }, full, 'p/tab', 'tab'],
    ["then the mode's own", nothing, full, 'p/mode', 'mode'],
    ['then the defaults', { mode: 'ask', modeModels: {} }, full, 'p/default', 'defaults'],
    ['and the guide at last', nothing, noDefaults, OFFLINE_GUIDE, 'offline-guide'],
    ['passing over what has gone', { model: 'gone/x', modeModels: {} }, full, 'p/mode', 'mode'],
    ['but not over what lacks its key', { model: 'keyless/x', modeModels: {} }, full, 'keyless/x', 'tab'],
  ])('%s', (_, choices, defaults, model, modelSource) => {
    expect(resolveChain(choices, defaults, context)).toMatchObject({ model, modelSource });
  });

  it('says which stored choice cannot be used, and why', () => {
    const { warning } = resolveChain({ model: 'gone/x', modeModels: {} }, full, context);
    expect(warning).toBe('gone/x cannot be used now. Write [providers.gone].');
  });

  it('goes down to the default mode when the chosen one has gone', () => {
    const config = resolveChain({ mode: 'mine', modeModels: {} }, full, context);
    expect(config).toMatchObject({ mode: 'code', modeSource: 'defaults' });
    expect(config.warning).toContain('[modes.mine]');
  });
});

it.each<[string, Choices, DefaultsSnapshot, string, string]>([
  [
    "the tab's own effort first",
    { effort: 'high', modeModels: {} },
    { ...full, effort: 'low' },
    'high',
    'tab',
  ],
  ['then the default', nothing, { ...full, effort: 'low' }, 'low', 'defaults'],
  ['and the provider decides at last', nothing, full, 'default', 'defaults'],
])('takes %s', (_, choices, defaults, effort, effortSource) => {
  expect(resolveChain(choices, defaults, context)).toMatchObject({ effort, effortSource });
});

it('takes only the modes that have a model into the snapshot', () => {
  const modes = {
    code: { description: '', prompt: '' },
    ask: { description: '', prompt: '', model: 'p/m' as const },
  };
  const budget = { tab: { turns: 3 } };
  expect(takeDefaults({ defaults: { mode: 'ask', effort: 'low' }, modes, budget })).toEqual({
    mode: 'ask',
    effort: 'low',
    budget: { turns: 3 },
    modeModels: { ask: 'p/m' },
  });
});
