import {
  AISDKError,
  defaultSettingsMiddleware,
  wrapLanguageModel,
  type LanguageModel,
  type LanguageModelMiddleware,
} from 'ai';
import type { ProviderKind } from '../../shared/models.ts';
import type { AwsKeys } from './credential.ts';
import { TransportError } from './transport-error.ts';
import type { Transport } from './transport.ts';

type ModelObject = Parameters<typeof wrapLanguageModel>[0]['model'];

/** Everything is said, even where it is nothing: a package looks for what is undefined in variables of its own. */
export type LoadOptions = {
  readonly baseURL: string;
  /** Empty when there is none. */
  readonly apiKey: string;
  readonly headers: Record<string, string>;
  readonly transport: Transport;
  /** An AWS region or a location of Google Cloud. */
  readonly region: string;
  readonly aws?: AwsKeys;
  /** Google's application default credentials are to be used. */
  readonly google?: { readonly project: string; readonly keyFile?: string };
  readonly apiVersion?: string;
  /** In tokens. */
  readonly contextWindow?: number;
};

type Load = (model: string, options: LoadOptions) => Promise<ModelObject>;

const loaders: Readonly<Record<ProviderKind, Load>> = {
  anthropic: async (model, options) =>
    (await import('@ai-sdk/anthropic')).createAnthropic(common(options))(model),
  openai: async (model, options) =>
    withoutStoring('openai', (await import('@ai-sdk/openai')).createOpenAI(common(options)).responses(model)),
  google: async (model, options) => (await import('@ai-sdk/google')).createGoogle(common(options))(model),
  openrouter: async (model, options) =>
    // "strict" asks for the usage at the stream's end.
    (await import('@openrouter/ai-sdk-provider'))
      .createOpenRouter({ ...common(options), compatibility: 'strict' })
      .chat(model),
  ollama: loadOllama,
  'openai-compatible': async (model, options) =>
    (await import('@ai-sdk/openai-compatible')).createOpenAICompatible({
      ...common(options),
      name: 'openai-compatible',
      includeUsage: true,
    })(model),
  azure: loadAzure,
  bedrock: async (model, options) =>
    (await import('@ai-sdk/amazon-bedrock')).createAmazonBedrock({
      ...common(options),
      region: options.region,
      accessKeyId: options.aws?.accessKeyId ?? '',
      secretAccessKey: options.aws?.secretAccessKey ?? '',
      ...(options.aws?.sessionToken && { sessionToken: options.aws.sessionToken }),
    })(model),
  vertex: loadVertex,
  groq: async (model, options) => (await import('@ai-sdk/groq')).createGroq(common(options))(model),
  xai: async (model, options) =>
    withoutStoring('xai', (await import('@ai-sdk/xai')).createXai(common(options)).responses(model)),
  mistral: async (model, options) => (await import('@ai-sdk/mistral')).createMistral(common(options))(model),
  deepseek: async (model, options) =>
    (await import('@ai-sdk/deepseek')).createDeepSeek(common(options))(model),
};

/** Loads the kind's package and builds the model on it. */
export async function loadModel(
  kind: ProviderKind,
  model: string,
  options: LoadOptions,
): Promise<LanguageModel> {
  const loaded = await loaders[kind](model, options);
  return wrapLanguageModel({ model: loaded, middleware: options.transport.middleware });
}

function common({ baseURL, apiKey, headers, transport }: LoadOptions) {
  return { baseURL, apiKey, headers, fetch: transport.fetch };
}

/** The history is sent whole each time, so nothing need stay with the provider. */
function withoutStoring(provider: 'openai' | 'xai', model: ModelObject): ModelObject {
  const settings = { providerOptions: { [provider]: { store: false } } };
  return wrapLanguageModel({ model, middleware: defaultSettingsMiddleware({ settings }) });
}

async function loadOllama(model: string, options: LoadOptions): Promise<ModelObject> {
  const { apiKey, headers, ...rest } = common(options);
  const { createOllama } = await import('ollama-ai-provider-v2');
  const loaded = createOllama({
    ...rest,
    headers: { ...(apiKey && { Authorization: `Bearer ${apiKey}` }), ...headers },
  })(model);
  if (options.contextWindow === undefined) return loaded;
  const settings = { providerOptions: { ollama: { options: { num_ctx: options.contextWindow } } } };
  return wrapLanguageModel({ model: loaded, middleware: defaultSettingsMiddleware({ settings }) });
}

/** A version that is a date belongs to the older API, where the address names the deployment. */
async function loadAzure(model: string, options: LoadOptions): Promise<ModelObject> {
  const { apiVersion } = options;
  const { createAzure } = await import('@ai-sdk/azure');
  if (apiVersion !== undefined && /^\d/.test(apiVersion)) {
    return createAzure({ ...common(options), apiVersion, useDeploymentBasedUrls: true }).chat(model);
  }
  const azure = createAzure({ ...common(options), ...(apiVersion !== undefined && { apiVersion }) });
  return withoutStoring('openai', azure.responses(model));
}

async function loadVertex(model: string, options: LoadOptions): Promise<ModelObject> {
  const { google, region, transport } = options;
  const { createGoogleVertex } = await import('@ai-sdk/google-vertex');
  if (!google) return createGoogleVertex(common(options))(model);
  const loaded = createGoogleVertex({
    ...common(options),
    project: google.project,
    location: region,
    googleAuthOptions: {
      ...(google.keyFile && { keyFilename: google.keyFile }),
      clientOptions: { transporterOptions: { fetchImplementation: transport.ask } },
    },
  })(model);
  return wrapLanguageModel({ model: loaded, middleware: TELL_GOOGLE_CREDENTIALS });
}

/** What is no error of a provider's package comes from the library that finds the credentials. */
const TELL_GOOGLE_CREDENTIALS: LanguageModelMiddleware = {
  specificationVersion: 'v4',
  wrapStream: ({ doStream }) => tellCredentials(doStream()),
  wrapGenerate: ({ doGenerate }) => tellCredentials(doGenerate()),
};

async function tellCredentials<Answer>(answer: PromiseLike<Answer>): Promise<Answer> {
  try {
    return await answer;
  } catch (error) {
    const isTold = !(error instanceof Error) || error.name === 'AbortError' || AISDKError.isInstance(error);
    if (isTold || error instanceof TransportError) throw error;
    throw new TransportError(
      'credential-refused',
      'could not be asked with Google’s application default credentials. Run "gcloud auth application-default login", or ' +
        'write api_key in settings.toml.',
      error.message,
    );
  }
}
