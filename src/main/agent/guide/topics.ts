import about from './knowledge/about.md?raw';
import anthropic from './knowledge/anthropic.md?raw';
import carrel from './knowledge/carrel.md?raw';
import commands from './knowledge/commands.md?raw';
import costs from './knowledge/costs.md?raw';
import google from './knowledge/google.md?raw';
import hello from './knowledge/hello.md?raw';
import help from './knowledge/help.md?raw';
import lastCommand from './knowledge/last-command.md?raw';
import local from './knowledge/local.md?raw';
import models from './knowledge/models.md?raw';
import modes from './knowledge/modes.md?raw';
import openai from './knowledge/openai.md?raw';
import openaiCompatible from './knowledge/openai-compatible.md?raw';
import openrouter from './knowledge/openrouter.md?raw';
import providers from './knowledge/providers.md?raw';
import settings from './knowledge/settings.md?raw';
import shortcuts from './knowledge/shortcuts.md?raw';
import storage from './knowledge/storage.md?raw';
import tabs from './knowledge/tabs.md?raw';
import thanks from './knowledge/thanks.md?raw';

/** Read from the head of a knowledge file. */
export type Topic = {
  readonly name: string;
  /** Words that decide by themselves, such as a provider's name. */
  readonly names: readonly string[];
  /** Words and phrases that point to it; a star stands for any ending. The longer a phrase, the more it counts. */
  readonly phrases: readonly string[];
  /** The answer, in Markdown, with places for paths and keys. */
  readonly text: string;
};

/** All that the guide can tell. The first of equals wins. */
export const topics: readonly Topic[] = Object.entries({
  about,
  carrel,
  'last-command': lastCommand,
  anthropic,
  'openai-compatible': openaiCompatible,
  openai,
  google,
  openrouter,
  local,
  models,
  commands,
  costs,
  providers,
  shortcuts,
  modes,
  storage,
  settings,
  tabs,
  help,
  thanks,
  hello,
}).map(([name, file]) => readTopic(name, file));

function readTopic(name: string, file: string): Topic {
  const [, head = '', text = ''] = file.split(/^---$/m);
  const list = (key: string) =>
    head
      .split(/^(?=\S)/m)
      .filter((entry) => entry.startsWith(`${key}:`))
      .flatMap((entry) => entry.slice(key.length + 1).split(','))
      .map((phrase) => phrase.trim());
  return { name, names: list('names'), phrases: list('phrases'), text: text.trim() };
}
