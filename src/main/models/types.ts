import type { LanguageModel } from 'ai';
import type { AgentError, Usage } from '../../shared/agent.ts';
import type { ProviderDescription } from '../../shared/app.ts';
import type { ModelError, ModelFacts, ModelList, ModelReference, ProviderKind } from '../../shared/models.ts';
import type { Result } from '../../shared/result.ts';

/** What a reference stands for, ready to be asked. */
export type ResolvedModel =
  | { readonly type: 'offline-guide'; readonly reference: ModelReference }
  | {
      readonly type: 'language-model';
      readonly reference: ModelReference;
      readonly kind: ProviderKind;
      readonly model: LanguageModel;
      /** How the provider is called in a sentence, as "anthropic (api.anthropic.com)". */
      readonly providerName: string;
      /** Where its key comes from, in words, for an error text; never the key. */
      readonly keySource: string;
      /** Takes the key and the settings' own headers out of a text that a server may have echoed them in. */
      readonly redact: (text: string) => string;
    };

/**
 * What went wrong on the way to a provider or back. Told apart by its name, because rooms share only types. The message
 * goes on after the provider's name: "could not be reached: …".
 */
export interface TransportFailure extends Error {
  readonly name: 'TransportError';
  readonly code: AgentError['code'];
  readonly details?: string;
}

export interface Models extends Disposable {
  /** Every model of the settings and of what providers listed last, with the reason where one cannot be picked. */
  list(): ModelList;
  /** Every provider of the settings, with where its key lies; never the key. */
  providers(): ProviderDescription[];
  /**
   * Checks a reference or an alias against the settings as they are now, without loading anything: the same errors as
   * `resolve`. Answers the reference that an alias stands for.
   */
  check(referenceOrAlias: string): Result<ModelReference, ModelError>;
  /** Checks the reference against the settings and builds the provider. May load a provider's package. */
  resolve(reference: string): Promise<Result<ResolvedModel, ModelError>>;
  /** What is known of a model; undefined when neither its provider nor the catalogue knows it. */
  factsOf(reference: ModelReference): ModelFacts | undefined;
  /** Whether answers come from this machine; false for a provider that is not in settings. */
  isLocal(reference: ModelReference): boolean;
  /** In US dollars at today's prices; undefined when the price or the count is not known. Zero for a model on this machine. */
  costOf(reference: ModelReference, usage: Usage): number | undefined;
  /**
   * Asks each enabled provider that lists its models for them, unless settings name its models (Ollama is asked all the same) or it was asked in the last
   * minutes; `isForced` asks all of them.
   * Resolves when all have answered or failed; one that fails keeps what it listed before.
   */
  refresh(options?: { readonly isForced?: boolean }): Promise<void>;
  /** Asks one provider for its models now: a test of address and key. The error says what to do and never holds a key. */
  test(
    provider: string,
  ): Promise<
    Result<
      { readonly models: number },
      { readonly code: 'provider-failed'; readonly message: string } | ModelError
    >
  >;
  /** Runs when what providers list has changed. */
  onChange(listener: () => void): () => void;
}
