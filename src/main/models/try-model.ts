import { APICallError, generateText } from 'ai';
import { splitReference } from '../../shared/models.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { refusal } from './discovery/ask-json.ts';
import { TransportError } from './transport-error.ts';
import type { ResolvedModel } from './types.ts';

/** The least that every provider accepts as the length of an answer. */
const SHORTEST_ANSWER_TOKENS = 16;

/** Asks a model for a word: the test of address and key where a provider lists no models. */
export async function tryModel(
  resolved: ResolvedModel,
  abortSignal: AbortSignal,
): Promise<Result<void, TransportError>> {
  if (resolved.type === 'offline-guide') return ok(undefined);
  try {
    await generateText({
      model: resolved.model,
      prompt: 'Say yes.',
      maxOutputTokens: SHORTEST_ANSWER_TOKENS,
      maxRetries: 0,
      abortSignal,
    });
    return ok(undefined);
  } catch (error) {
    if (abortSignal.aborted) return err(new TransportError('timed-out', 'did not answer in time.'));
    return err(toFailure(error, resolved));
  }
}

function toFailure(error: unknown, { reference }: ResolvedModel): TransportError {
  if (error instanceof TransportError) return error;
  if (error instanceof Error && error.cause instanceof TransportError) return error.cause;
  if (!APICallError.isInstance(error) || error.statusCode === undefined) {
    return new TransportError(
      'provider-failed',
      `failed: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
  if (error.statusCode !== 404) return refusal(error.statusCode, error.responseBody ?? error.message);
  const { model } = splitReference(reference);
  const message = `does not know ${model} (404). Write the models that it has, and check base_url, in settings.toml.`;
  return new TransportError('model-unknown', message);
}
