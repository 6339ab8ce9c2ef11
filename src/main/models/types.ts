import type { LanguageModel } from 'ai';
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
    };

export interface Models {
  /** Every model of the settings, with the reason where one cannot be picked. */
  list(): ModelList;
  /** Checks the reference against the settings as they are now, without loading anything: the same errors as `resolve`. */
  check(reference: string): Result<ModelReference, ModelError>;
  /** Checks the reference against the settings and builds the provider. May load a provider's package. */
  resolve(reference: string): Promise<Result<ResolvedModel, ModelError>>;
}
