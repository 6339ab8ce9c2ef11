import { describe, expect, it } from 'vitest';
import type { AgentState } from '../../shared/agent.ts';
import type { PaneId, TurnId } from '../../shared/ids.ts';
import { shortPath, shownModel, sourceInWords, tabState } from './selectors.ts';
import { sampleSession } from './testing/samples.ts';

const thinking: AgentState = { status: 'thinking', turnId: '01' as TurnId, startedAt: 1 };
const failed: AgentState = { status: 'failed', error: { code: 'network', message: 'gone' } };

describe('tabState', () => {
  it.each([
    [{ status: 'idle' } as const, false, 'idle'],
    [{ status: 'idle' } as const, true, 'unread'],
    [thinking, true, 'working'],
    [{ ...thinking, status: 'awaiting-approval', toolName: 'x' } as const, false, 'needs approval'],
    [
      { ...thinking, status: 'running-tool', toolName: 'x', passwordPaneId: 'p' as PaneId } as const,
      false,
      'needs you',
    ],
    [failed, true, 'failed'],
    [{ status: 'interrupted' } as const, false, 'interrupted'],
    [{ status: 'unavailable', message: '' } as const, false, 'failed'],
  ])('%j, unread %s: %s', (agent, isUnread, expected) => {
    expect(tabState(sampleSession({ agent, isUnread }))).toBe(expected);
  });
});

describe('shownModel', () => {
  const { ai } = sampleSession();
  const pick = { reference: 'two/m2', scope: 'tab' } as const;
  it.each([
    ['what runs', sampleSession(), undefined, { model: 'one/m1' }],
    ['a pick at once, while idle', sampleSession(), pick, { model: 'two/m2' }],
    [
      'a pick as next, during a turn',
      sampleSession({ agent: thinking }),
      pick,
      { model: 'one/m1', next: 'two/m2' },
    ],
    [
      'what the core has waiting',
      sampleSession({
        agent: thinking,
        ai: { ...ai, next: { model: 'x/3', mode: 'code', effort: 'default' } },
      }),
      undefined,
      { model: 'one/m1', next: 'x/3' },
    ],
    [
      'no next that is the same',
      sampleSession({ agent: thinking }),
      { ...pick, reference: 'one/m1' },
      { model: 'one/m1' },
    ],
    [
      'nothing else while an override is being cleared',
      sampleSession(),
      { ...pick, reference: '' },
      { model: 'one/m1' },
    ],
  ])('shows %s', (_, session, pick, expected) => {
    expect(shownModel(session, pick)).toEqual(expected);
  });
});

it('names the layer a model comes from', () => {
  const { ai } = sampleSession();
  const words = (['tab-mode', 'tab', 'mode', 'profile', 'defaults', 'offline-guide'] as const).map(
    (modelSource) => sourceInWords(sampleSession({ ai: { ...ai, modelSource } })),
  );
  expect(words).toEqual([
    'this tab in code mode',
    "this tab's own choice",
    "the mode's own",
    "this tab's profile",
    'default',
    'nothing set up',
  ]);
});

it.each([
  ['/home/ada', '~'],
  ['/home/ada/src', '~/src'],
  ['/home/adam', '/home/adam'],
  ['/srv', '/srv'],
])('shortens %s to %s', (path, expected) => {
  expect(shortPath(path, '/home/ada')).toBe(expected);
});
