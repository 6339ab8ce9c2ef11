import { dirname } from 'node:path';
import type { OwnKeys } from '../../../shared/key-bindings.ts';
import type { TurnContext } from '../types.ts';
import { chooseTopic } from './choose-topic.ts';
import { codeIn, explainCommand } from './explain-command.ts';
import { keyFor, shortcutTable, type Keyboard } from './shortcuts.ts';
import { topics } from './topics.ts';

export type Question = {
  readonly text: string;
  /** The guide has not answered in this tab before, so it says what it is. */
  readonly isFirst: boolean;
  readonly context: TurnContext;
  /** Absolute path of settings.toml. */
  readonly settingsPath: string;
  readonly ownKeys: OwnKeys;
};

const INTRODUCTION =
  'I am Carrel’s built-in guide: rules on this machine, not a language model. Nothing you write to me leaves it.';

const UNKNOWN = `I am rule-based, and no rule of mine fits that. ${topics.find(({ name }) => name === 'help')?.text}`;

/** The guide's answer, in Markdown. */
export function answerQuestion({ text, isFirst, context, settingsPath, ownKeys }: Question): string {
  const topic = chooseTopic(text);
  const isAboutCommand = topic?.name === 'last-command' || (!topic && codeIn(text) !== undefined);
  const answer =
    (isAboutCommand && explainCommand(text, context.lastCommand)) ||
    fillIn(topic?.text ?? UNKNOWN, { platform: context.platform, ownKeys }, settingsPath);
  return isFirst && topic?.name !== 'about' ? `${INTRODUCTION}\n\n${answer}` : answer;
}

/** Puts paths and this platform's keys into the places that the knowledge texts leave for them. */
function fillIn(text: string, keyboard: Keyboard, settingsPath: string): string {
  return text
    .replaceAll('{{settings}}', () => settingsPath)
    .replaceAll('{{folder}}', () => dirname(settingsPath))
    .replaceAll('{{shortcuts}}', () => shortcutTable(keyboard))
    .replaceAll(/\{\{key:(\w+)\}\}/g, (place, name: string) => keyFor(name, keyboard) ?? place);
}
