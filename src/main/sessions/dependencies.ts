import type { CarrelEvent, ScreenPoint } from '../../shared/contract.ts';
import type { Usage } from '../../shared/agent.ts';
import type { SessionId, WindowId } from '../../shared/ids.ts';
import type { ModelError, ModelFacts, ModelReference } from '../../shared/models.ts';
import type { Notice } from '../../shared/app.ts';
import type { Result } from '../../shared/result.ts';
import type {
  AgentBridge,
  AttachedPart,
  CreateToolRunner,
  RunTurn,
  SystemPrompt,
  TurnContext,
} from '../agent/types.ts';
import type { TurnChanges } from '../agent/undo/types.ts';
import type { Archive } from '../archive/types.ts';
import type { Pty, PtyOptions, TerminalBlock } from '../pty/types.ts';
import type { Profile } from '../profiles/types.ts';
import type { Settings } from '../settings/types.ts';

/** What the session room needs from the others; core.ts wires it. */
export type SessionDependencies = {
  readonly archive: Archive;
  readonly settings: () => Settings;
  /** Takes an alias too, and answers what it stands for. */
  readonly checkModel: (reference: string) => Result<ModelReference, ModelError>;
  readonly factsOf: (reference: ModelReference) => ModelFacts | undefined;
  /** In US dollars; undefined when the price is not known. */
  readonly costOf: (reference: ModelReference, usage: Usage) => number | undefined;
  /** Whether answers come from this machine. */
  readonly isLocal: (reference: ModelReference) => boolean;
  /** Resolves the reference and builds a bridge on it; slow, and may fail. */
  readonly createBridge: (
    reference: ModelReference,
    epoch: number,
  ) => Promise<Result<AgentBridge, ModelError>>;
  /** Undefined where there is no such profile, or not any more. */
  readonly findProfile: (name: string) => Profile | undefined;
  readonly openPty: (options: PtyOptions) => Pty;
  readonly environment: NodeJS.ProcessEnv;
  readonly runTurn: RunTurn;
  readonly createToolRunner: CreateToolRunner;
  readonly turnChanges: TurnChanges;
  /** The rules that the person kept for this tab end. */
  readonly forgetRules: (id: SessionId) => void;
  readonly composeSystemPrompt: (modePrompt: string, context: TurnContext) => Promise<SystemPrompt>;
  /** The paths that fit what was typed after `@` in this folder, best first. */
  readonly findPaths: (folder: string, query: string) => Promise<readonly string[]>;
  /** What a path that the person named in this folder stands for; the error is a sentence. */
  readonly readPath: (path: string, folder: string) => Promise<Result<AttachedPart, string>>;
  readonly readImage: (bytes: Buffer, name: string) => Result<AttachedPart, string>;
  readonly partOfBlock: (block: TerminalBlock) => AttachedPart;
  /** A few of the models that take images and can be picked, the liked ones first. */
  readonly modelsThatSee: () => readonly string[];
  readonly emit: (event: CarrelEvent) => void;
  /** Of what nobody looks at: it can wait for the next event. */
  readonly emitUnseen: (event: CarrelEvent) => void;
  /** Opens the window, at this point of the screen where one is named, or brings it to the front. */
  readonly showWindow: (id: WindowId, at?: ScreenPoint) => void;
  /** Its last tab has gone. */
  readonly windowEmptied: (id: WindowId) => void;
  readonly raiseNotice: (notice: Notice) => void;
  /** Something failed that no person waits for. */
  readonly reportError: (what: string, error: unknown) => void;
  /** Milliseconds since 1970. */
  readonly now: () => number;
};
