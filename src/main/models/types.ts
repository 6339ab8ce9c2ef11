import type { LanguageModel } from 'ai';
import type { AgentError } from '../../shared/agent.ts';
import type { ProviderDescription } from '../../shared/app.ts';
import type { ModelError, ModelList, ModelReference, ProviderKind } from '../../shared/models.ts';
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

export interface Models {
  /** Every model of the settings, with the reason where one cannot be picked. */
  list(): ModelList;
  /** Every provider of the settings, with where its key lies; never the key. */
  providers(): ProviderDescription[];
  /** Checks the reference against the settings as they are now, without loading anything: the same errors as `resolve`. */
  check(reference: string): Result<ModelReference, ModelError>;
  /** Checks the reference against the settings and builds the provider. May load a provider's package. */
  resolve(reference: string): Promise<Result<ResolvedModel, ModelError>>;
}
