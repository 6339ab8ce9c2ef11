import { monotonicFactory } from 'ulid';
import {
  MAX_ATTACHMENTS,
  type Attachment,
  type AttachmentSource,
  type Mention,
} from '../../shared/attachments.ts';
import type { CommandError } from '../../shared/contract.ts';
import { attachmentId, type AttachmentId } from '../../shared/ids.ts';
import { modelLabel, OFFLINE_GUIDE } from '../../shared/models.ts';
import { assertNever, err, ok, type Result } from '../../shared/result.ts';
import type { AttachedPart } from '../agent/types.ts';
import type { SessionDependencies } from './dependencies.ts';
import { archiveRefused, CLOSED, commandError } from './errors.ts';
import { describeAttachment, draftAttachments, outcomeOf, type KeptAttachment } from './kept-attachments.ts';
import { activePane, type LiveSession } from './session.ts';

/** Of all texts of a message together: about 100,000 tokens. */
const MAX_CHARACTERS = 400_000;
/** Of all images of a message together, in base64: providers refuse requests above 32 MB. */
const MAX_IMAGE_CHARACTERS = 20_000_000;
/** Commands that are looked through for a mention. */
const MENTIONED_BLOCKS = 30;
const SHOWN_BLOCKS = 5;

/** What messages have beside their words, on disk from when it was added until it is in the history. */
export class Attachments {
  readonly #deps: SessionDependencies;
  readonly #changed: (session: LiveSession) => void;
  /** In order also within a millisecond. */
  readonly #nextId = monotonicFactory();

  constructor(deps: SessionDependencies, changed: (session: LiveSession) => void) {
    this.#deps = deps;
    this.#changed = changed;
  }

  /** What `@` and these letters may stand for. */
  async find(session: LiveSession, query: string): Promise<Result<{ mentions: Mention[] }, CommandError>> {
    const [blocks, paths] = await Promise.all([
      this.#findBlocks(session, query),
      this.#deps.findPaths(activePane(session).cwd, query),
    ]);
    return ok({ mentions: [...blocks, ...paths.map((path) => ({ type: 'path' as const, path }))] });
  }

  async add(session: LiveSession, source: AttachmentSource): Promise<Result<Attachment, CommandError>> {
    const read = await this.#read(session, source);
    if (session.isClosed) return err(CLOSED);
    const refusal = read.ok ? this.#refusalOf(session, read.value) : read.error;
    if (!read.ok || refusal !== undefined) return err(refused(String(refusal)));
    const kept: KeptAttachment = {
      id: attachmentId.parse(this.#nextId()),
      part: read.value,
      ...(source.type === 'path' && { place: { path: source.path, workspace: activePane(session).cwd } }),
      ...(source.type === 'image' && { thumbnail: source.thumbnail }),
    };
    try {
      this.#deps.archive.setConfig(session.id, `attachment:${kept.id}`, JSON.stringify(kept));
    } catch (error) {
      return err(archiveRefused(error));
    }
    session.attachments = [...session.attachments, kept];
    this.#changed(session);
    return ok(describeAttachment(kept));
  }

  remove(session: LiveSession, id: AttachmentId): Result<void, CommandError> {
    try {
      this.forget(session, [id]);
    } catch (error) {
      return err(archiveRefused(error));
    }
    this.#changed(session);
    return ok();
  }

  /** Those of the message that are still there, as clients know them, or why the model cannot be sent them. */
  check(session: LiveSession, ids: readonly AttachmentId[]): Result<Attachment[], CommandError> {
    const kept = session.attachments.filter(({ id }) => ids.includes(id));
    const hasImages = kept.some(({ part }) => part.type === 'image');
    const blind = hasImages && this.#blindness(session);
    return blind ? err(refused(`${blind} Or take the images out.`)) : ok(kept.map(describeAttachment));
  }

  /** Files as they are now; one that has gone, as it was when it was added. */
  read(session: LiveSession, ids: readonly AttachmentId[]): Promise<AttachedPart[]> {
    const kept = session.attachments.filter(({ id }) => ids.includes(id));
    return Promise.all(
      kept.map(async ({ part, place }) => {
        const now = place && (await this.#deps.readPath(place.path, place.workspace));
        return now?.ok ? now.value : part;
      }),
    );
  }

  /** They are in the history now, or were taken back. Throws when that cannot be written. */
  forget(session: LiveSession, ids: readonly AttachmentId[]): void {
    for (const id of ids) this.#deps.archive.setConfig(session.id, `attachment:${id}`, undefined);
    session.attachments = session.attachments.filter(({ id }) => !ids.includes(id));
  }

  async #findBlocks(session: LiveSession, query: string): Promise<Mention[]> {
    const { id: paneId, pty } = activePane(session);
    const { blocks } = await pty.read({ lines: 0, blocks: MENTIONED_BLOCKS, withOutput: false });
    const words = query.toLowerCase().split(/\s+/).filter(Boolean);
    const isMeant = (commandLine: string) => {
      const text = `block ${commandLine}`.toLowerCase();
      return words.every((word) => text.includes(word));
    };
    return blocks
      .filter(({ commandLine }) => commandLine !== '' && isMeant(commandLine))
      .slice(-SHOWN_BLOCKS)
      .toReversed()
      .map((block) => ({
        type: 'block',
        paneId,
        blockId: block.id,
        commandLine: block.commandLine,
        outcome: outcomeOf(block),
      }));
  }

  async #read(session: LiveSession, source: AttachmentSource): Promise<Result<AttachedPart, string>> {
    switch (source.type) {
      case 'path':
        return this.#deps.readPath(source.path, activePane(session).cwd);
      case 'image':
        return this.#deps.readImage(Buffer.from(source.data, 'base64'), source.name);
      case 'block': {
        const text = await session.panes.get(source.paneId)?.pty.read({ lines: 0, blocks: Infinity });
        const block = text?.blocks.find(({ id }) => id === source.blockId);
        return block
          ? ok(this.#deps.partOfBlock(block))
          : err('This command is not in the terminal any more.');
      }
      default:
        return assertNever(source);
    }
  }

  #refusalOf(session: LiveSession, part: AttachedPart): string | undefined {
    const parts = draftAttachments(session).map((kept) => kept.part);
    if (parts.length >= MAX_ATTACHMENTS) return `A message takes ${MAX_ATTACHMENTS} attachments at most.`;
    const isTooMuch =
      part.type === 'image'
        ? sizeOf([...parts, part], 'image') > MAX_IMAGE_CHARACTERS
        : sizeOf([...parts, part], 'attachment') > MAX_CHARACTERS;
    if (isTooMuch) return `Together with the others, ${part.name} is too much for one message.`;
    return part.type === 'image' ? this.#blindness(session) : undefined;
  }

  /** Why an image cannot be sent to the model of the next turn; undefined where it sees, or nobody knows. */
  #blindness({ config: { model }, facts }: LiveSession): string | undefined {
    if (model !== OFFLINE_GUIDE && facts?.abilities.images !== false) return undefined;
    const seeing = this.#deps.modelsThatSee();
    const way =
      seeing.length > 0
        ? `Models that can: ${seeing.join(', ')}.`
        : 'No model of your providers is known to see; Settings adds providers.';
    return `${modelLabel(model)} cannot see images. ${way}`;
  }
}

function refused(message: string): CommandError {
  return commandError('attachment-refused', message);
}

function sizeOf(parts: readonly AttachedPart[], type: AttachedPart['type']): number {
  const sizes = parts.map((part) => (part.type === 'image' ? part.data.length : part.text.length));
  return sizes.reduce((sum, size, index) => (parts[index]?.type === type ? sum + size : sum), 0);
}
