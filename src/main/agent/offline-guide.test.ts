import { describe, expect, it } from 'vitest';
import type { OwnKeys } from '../../shared/key-bindings.ts';
import { OFFLINE_GUIDE } from '../../shared/models.ts';
import { answerQuestion } from './guide/answer-question.ts';
import { topics } from './guide/topics.ts';
import { createOfflineGuide } from './offline-guide.ts';
import { ask, messageOf, requestOf, textOf } from './testing/ask.ts';
import type { TurnContext } from './types.ts';

const settingsPath = '/home/ada/.config/carrel/settings.toml';
const guide = () => createOfflineGuide({ epoch: 3, settingsPath, ownKeys: () => ({}) });
const context = { cwd: '/home/ada', shell: '/bin/bash', platform: 'linux' };
const earlier = [messageOf('user', 'Hi'), messageOf('assistant', 'Hello!', { model: OFFLINE_GUIDE })];

/** The answer in a conversation that the guide has been in before. */
function answerTo(text: string, tab: Partial<TurnContext> = {}, ownKeys: OwnKeys = {}): string {
  return answerQuestion({ text, isFirst: false, context: { ...context, ...tab }, settingsPath, ownKeys });
}

describe('the offline guide', () => {
  it('says in its first answer that it is no model, and then not again', async () => {
    const first = await ask(guide(), requestOf('Thanks!'));
    expect(textOf(first)).toMatch(
      /^I am Carrel’s built-in guide: .*not a language model.*\n\nYou are welcome\.$/,
    );
    expect(first.at(-1)).toEqual({ type: 'finished', usage: {} });
    const history = [...earlier, messageOf('user', 'Thanks!')];
    expect(textOf(await ask(guide(), requestOf('', { history })))).toBe('You are welcome.');
  });

  it('says so again whenever it is asked', () => {
    expect(answerTo('Who are you?')).toMatch(/built-in guide.*not a language model/);
  });

  it.each(['anthropic', 'openai', 'google', 'openrouter', 'ollama', 'openai-compatible'])(
    'shows how to set up %s, and where',
    (kind) => {
      const answer = answerTo(`How do I set up ${kind}?`);
      expect(answer).toContain(`kind = "${kind}"`);
      expect(answer).toContain('[providers.');
      expect(answer).toContain(settingsPath);
    },
  );

  it('names the keys of the platform', () => {
    expect(answerTo('shortcuts?', { platform: 'darwin' })).toContain('| **⌘T** | New tab |');
    expect(answerTo('shortcuts?', { platform: 'linux' })).toContain('| **Ctrl+Shift+T** | New tab |');
  });

  it('names the keys that the person gave, and the palette for what has none', () => {
    const ownKeys = {
      'tab.new': [{ key: 'Ctrl+K Ctrl+N' }, { key: 'F6' }],
      'model.choose': [],
      'block.fold': [{ key: 'Alt+F', when: 'terminal' }],
    };
    const list = answerTo('shortcuts?', {}, ownKeys);
    expect(list).toContain('| **Ctrl+K Ctrl+N** | New tab |');
    expect(list).toContain('| **Alt+F** | Fold or unfold output');
    expect(list).not.toContain('Choose a model');
    expect(answerTo('How do I choose a model?', {}, ownKeys)).toContain(
      '“Choose a model” in the command palette',
    );
  });

  it('names the folder that everything is stored in', () => {
    expect(answerTo('Where is my data stored?')).toContain('`/home/ada/.config/carrel`');
  });

  it('explains the tab’s last command', () => {
    const lastCommand = { commandLine: 'gti status', exitCode: 127, cwd: '/tmp', durationMs: 5, endedAt: 1 };
    expect(answerTo('Why did that fail?', { lastCommand })).toMatch(
      /gti status[^]*exit code 127[^]*not found/,
    );
    expect(answerTo('Why did that fail?')).toContain('No command has run yet in this tab');
  });

  it('admits what it does not know and lists what it does', () => {
    const answer = answerTo('Write me a poem about bees');
    expect(answer).toMatch(/^I am rule-based/);
    expect(answer).toContain('add a provider');
  });

  it.each(topics)('leaves no place unfilled in $name', ({ text, phrases, names }) => {
    expect(text).not.toBe('');
    const [phrase = ''] = [...names, ...phrases];
    expect(answerTo(phrase.replace('*', ''))).not.toContain('{{');
  });

  it('speaks word by word and stops at once', async () => {
    const abort = new AbortController();
    const words = [];
    for await (const event of guide().runTurn(requestOf('help', { signal: abort.signal }))) {
      words.push(event);
      if (words.length === 5) abort.abort();
    }
    expect(words).toHaveLength(5);
    expect(words.every(({ type }) => type === 'text-delta')).toBe(true);
  });

  it('falls silent when it is disposed', async () => {
    const bridge = guide();
    const words = [];
    for await (const event of bridge.runTurn(requestOf('help'))) {
      words.push(event);
      await bridge[Symbol.asyncDispose]();
    }
    expect(words).toHaveLength(1);
  });
});
