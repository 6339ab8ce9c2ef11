import type { SessionId } from '../../../../shared/ids.ts';
import { effort as efforts } from '../../../../shared/models.ts';
import type { Session } from '../../../../shared/session.ts';
import type { Actions, Outcome } from '../../../store/actions.ts';
import { sourceInWords } from '../../../store/selectors.ts';
import type { State } from '../../../store/state.ts';
import { downloadText } from '../../../ui/download.ts';
import { exportMarkdown, fileNameOf } from './export-markdown.ts';
import { describeContext, describeModels, describeModes, describeUsage } from './outputs.ts';
import { inWords, nearestNames, type SlashText } from './syntax.ts';

/** What a command of the message box acts on: one tab, and no other. */
export type SlashContext = {
  readonly sessionId: SessionId;
  readonly session: Session;
  readonly state: State;
  readonly actions: Actions;
};

type Answer = Outcome<string | undefined>;

export type SlashCommand = {
  readonly name: string;
  /** What may follow the name, as one writes it in a manual. */
  readonly argument?: string;
  readonly summary: string;
  /** What may be typed as the argument, in the order it is offered. */
  readonly completions?: (context: SlashContext) => readonly string[];
  /** The answer in Markdown, if there is anything to say; an error leaves the text in the box. */
  readonly run: (context: SlashContext, argument: string) => Answer | Promise<Answer>;
};

function said(text: string): Answer {
  return { ok: true, value: text };
}

function refused(message: string): Answer {
  return { ok: false, error: { message } };
}

/** The core's answer, told in words where it went well. */
async function tell<Value>(
  outcome: Promise<Outcome<Value>>,
  words?: (value: Value) => string,
): Promise<Answer> {
  const answer = await outcome;
  return answer.ok ? { ok: true, value: words?.(answer.value) } : answer;
}

function switchModel({ actions, sessionId }: SlashContext, reference: string): Promise<Answer> {
  return tell(actions.pickModel(sessionId, reference, 'tab'));
}

export const slashCommands: readonly SlashCommand[] = [
  {
    name: 'model',
    argument: '[model or alias]',
    summary: 'Lists the models, or switches this tab to one',
    completions: modelNames,
    run: (context, argument) =>
      argument === '' ? said(describeModels(context.state, context.session)) : switchModel(context, argument),
  },
  {
    name: 'mode',
    argument: '[name]',
    summary: 'Lists the modes, or changes how the agent behaves in this tab',
    completions: modeNames,
    run: ({ state, session, sessionId, actions }, argument) =>
      argument === '' ? said(describeModes(state, session)) : tell(actions.setMode(sessionId, argument)),
  },
  {
    name: 'effort',
    argument: '[name]',
    summary: 'Says or sets how much the model reasons in this tab',
    completions: effortNames,
    run: setEffort,
  },
  {
    name: 'local',
    summary: 'Switches this tab to the model named local',
    run: (context) => switchModel(context, 'local'),
  },
  {
    name: 'cloud',
    summary: 'Switches this tab to the default model',
    run: (context) => switchModel(context, 'default'),
  },
  {
    name: 'fork',
    argument: '[model or alias]',
    summary: 'Opens a tab beside this one with its history, also on another model',
    completions: modelNames,
    run: ({ sessionId, actions }, argument) => tell(actions.fork(sessionId, argument || undefined)),
  },
  {
    name: 'clear',
    summary: "Removes this tab's history; its choices stay",
    run: ({ sessionId, actions }) => tell(actions.clearHistory(sessionId)),
  },
  {
    name: 'reset',
    summary: "Removes this tab's history and choices, and takes the defaults as they are now",
    run: ({ sessionId, actions }) => tell(actions.resetTab(sessionId), resetInWords),
  },
  {
    name: 'undo',
    summary: 'Brings back the files that the last turn changed, after showing which',
    run: ({ sessionId, actions }) => actions.askToUndo(sessionId),
  },
  {
    name: 'usage',
    summary: 'Says what this tab has used and may use',
    run: ({ session }) => said(describeUsage(session)),
  },
  {
    name: 'context',
    argument: '[mode]',
    summary: 'Shows all that the agent is told of this tab, the prompt of its mode first',
    completions: modeNames,
    run: ({ sessionId, actions }, argument) =>
      tell(actions.describeContext(sessionId, argument || undefined), describeContext),
  },
  {
    name: 'title',
    argument: '[name]',
    summary: "Names this tab; without a name it has its folder's",
    run: ({ sessionId, actions }, argument) =>
      tell(actions.renameTab(sessionId, argument.replaceAll(/\s+/g, ' '))),
  },
  { name: 'export', summary: 'Saves this conversation as Markdown', run: exportConversation },
  { name: 'help', summary: 'Lists these commands', run: () => said(describeCommands()) },
];

/** Runs what was typed. The error of an unknown name tells the nearest ones; nothing of it goes to the model. */
export function runSlash({ name, argument }: SlashText, context: SlashContext): Answer | Promise<Answer> {
  const command = slashCommands.find((known) => known.name === name);
  if (command?.argument === undefined && command && argument !== '') {
    return refused(`/${name} takes nothing after it.`);
  }
  if (command) return command.run(context, argument);
  const nearest = nearestNames(
    name,
    slashCommands.map((known) => known.name),
  ).map((known) => `/${known}`);
  const hint = nearest.length > 0 ? `Did you mean ${inWords(nearest)}?` : '/help lists the commands.';
  return refused(`There is no command /${name}. ${hint} To send it as a message, put a space before it.`);
}

function modelNames({ state: { models, settings, modelPreferences } }: SlashContext): readonly string[] {
  const usable = models.models.flatMap(({ reference, unavailable }) =>
    unavailable === undefined ? [reference] : [],
  );
  const aliases = settings?.aliases.map(({ name }) => name) ?? [];
  return [...new Set([...aliases, ...modelPreferences.favourites, ...modelPreferences.recent, ...usable])];
}

function modeNames({ state: { settings } }: SlashContext): readonly string[] {
  return settings?.modes.map(({ name }) => name) ?? [];
}

function effortNames({ session: { facts } }: SlashContext): readonly string[] {
  return ['default', ...(facts?.efforts ?? efforts.options).filter((name) => name !== 'default')];
}

function setEffort(context: SlashContext, argument: string): Answer | Promise<Answer> {
  const { session, sessionId, actions } = context;
  const names = effortNames(context);
  if (argument === '') {
    const { effort } = session.ai.next ?? session.ai;
    return said(`The effort is **${effort}**. This model takes ${inWords(names)}.`);
  }
  const wanted = efforts.safeParse(argument.toLowerCase()).data;
  if (!wanted || !names.includes(wanted)) {
    return refused(`There is no effort ${argument} for this model. It takes ${inWords(names)}.`);
  }
  return tell(actions.setEffort(sessionId, wanted === 'default' ? undefined : wanted));
}

function resetInWords(session: Session): string {
  return `This tab starts anew on **${session.ai.model}** (${sourceInWords(session)}) in **${session.ai.mode}** mode.`;
}

function exportConversation({ state, session, sessionId }: SlashContext): Answer {
  const conversation = state.conversations[sessionId];
  if (conversation?.status !== 'loaded')
    return refused('The conversation is still being loaded. Try again in a moment.');
  const { messages } = conversation;
  if (messages.length === 0) return refused('There is nothing to export yet.');
  const name = fileNameOf(session.title);
  downloadText(name, 'text/markdown', exportMarkdown(session.title, messages));
  return said(`Saved as ${name}.`);
}

function describeCommands(): string {
  return slashCommands
    .map(
      ({ name, argument, summary }) =>
        `- \`/${name}${argument === undefined ? '' : ` ${argument}`}\`: ${summary}`,
    )
    .join('\n');
}
