import { textOf, undoOf, type Message } from '../../../../shared/agent.ts';

/** A conversation as a document: who said what, with which model and when. Reasoning, tools and what was undone are left out. */
export function exportMarkdown(title: string, messages: readonly Message[]): string {
  const said = messages.filter((message) => !undoOf(message));
  const sections = said.map((message) =>
    [`## ${headingOf(message)}`, textOf(message), attachedTo(message)].filter(Boolean).join('\n\n'),
  );
  return `${[`# ${title}`, ...sections].join('\n\n')}\n`;
}

function attachedTo({ parts }: Message): string {
  const names = parts.flatMap((part) =>
    part.type === 'attachment' || part.type === 'image' ? [part.name ?? 'an image'] : [],
  );
  return names.length > 0 ? `Attached: ${names.join(', ')}` : '';
}

function headingOf({ role, model, mode, status, createdAt, endedAt }: Message): string {
  const when = new Date(endedAt ?? createdAt).toISOString();
  if (role === 'user') return `You, ${when}`;
  return `${model}, ${mode}, ${when}${status === 'complete' ? '' : ` (${status})`}`;
}

const MAX_NAME_CHARACTERS = 80;

/** The title as a file's name on every system. */
export function fileNameOf(title: string): string {
  const safe = title.replaceAll(/[^\p{L}\p{N}._ -]/gu, '-').replaceAll(/^[.\s-]+|[.\s-]+$/g, '');
  return `${safe.slice(0, MAX_NAME_CHARACTERS) || 'conversation'}.md`;
}
