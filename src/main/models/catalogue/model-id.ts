import type { ProviderKind } from '../../../shared/models.ts';

/** Words in ids of models that do not chat: embeddings, speech, pictures, filters and the like. */
const NO_CHAT = new RegExp(
  [
    'embed|rerank|moderation|guard|whisper|transcri|audio|speech|voxtral|orpheus|realtime|imag(e|in)|nano-banana',
    'dall-e|sora|veo-|lyria|diffusion|flux|recraft|robotics|computer-use|deep-research|search-(preview|api)',
    'babbage|davinci|turbo-instruct|:batch$',
    String.raw`(^|[-_/.])(tts|stt|asr|ocr|live|bge|gte|e5|minilm|aqa)([-_.:]|$)`,
  ].join('|'),
  'i',
);

/** Whether the id is not that of a model which is known to do something else than to chat. */
export function isChatModel(id: string): boolean {
  return !NO_CHAT.test(id);
}

/** The id without the date of a snapshot: `claude-sonnet-4-5` of `claude-sonnet-4-5-20250929`. */
export function withoutDate(id: string): string {
  return id.replace(/[-@](20\d{6}|20\d{2}-\d{2}-\d{2})$/, '');
}

/** Bedrock's inference profiles: the same model, in certain regions and perhaps at other prices. */
const BEDROCK_AREA = /^(us-gov|us|eu|apac|au|ca|in|jp|global)\./;
/** OpenRouter's ways to choose among those who host a model, at other prices. */
const OPENROUTER_ROUTE = /:(nitro|floor|exacto|online)$/;

/**
 * The model's id as others may write it too. `isSamePrice` is false where what was taken away has a say in the price.
 */
export function plainId(kind: ProviderKind, id: string): { plain: string; isSamePrice: boolean } {
  if (kind === 'bedrock') {
    const model = id.replace(/^arn:.*\//, '');
    const plain = withoutDate(model.replace(BEDROCK_AREA, '').replace(/-v\d+(:\d+)?$/, ''));
    return { plain, isSamePrice: !BEDROCK_AREA.test(model) };
  }
  if (kind === 'openrouter') {
    return { plain: withoutDate(id.replace(OPENROUTER_ROUTE, '')), isSamePrice: !OPENROUTER_ROUTE.test(id) };
  }
  return { plain: withoutDate(kind === 'google' ? id.replace(/^models\//, '') : id), isSamePrice: true };
}

/** The inference profiles that can be used from a region of AWS, and `undefined` for a model without one. */
export function isBedrockArea(id: string, region: string): boolean | undefined {
  const area = BEDROCK_AREA.exec(id)?.[1];
  return area === undefined ? undefined : area === 'global' || areasOf(region).includes(area);
}

function areasOf(region: string): readonly string[] {
  if (region.startsWith('us-gov-')) return ['us-gov'];
  if (/^ap-northeast-[13]$/.test(region)) return ['jp', 'apac'];
  if (/^ap-southeast-[24]$/.test(region)) return ['au', 'apac'];
  if (region.startsWith('ap-south-')) return ['in', 'apac'];
  if (region.startsWith('ap-')) return ['apac'];
  return region.startsWith('ca-') ? ['ca', 'us'] : [region.slice(0, 2)];
}
