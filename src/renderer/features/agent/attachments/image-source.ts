import { imageMediaType, MAX_IMAGE_BYTES, type AttachmentSource } from '../../../../shared/attachments.ts';
import type { Outcome } from '../../../store/actions.ts';

/** CSS pixels, twice the size that it is shown in. */
const THUMBNAIL_EDGE = 64;
/** Providers make larger ones smaller themselves; Anthropic refuses above 8,000. */
const MAX_EDGE = 8_000;
const SMALLER_EDGE = 2_048;
const QUALITY = 0.85;

/** An image that was pasted, dropped or picked, as providers take it: made smaller or written anew where it has to be. */
export async function imageSource(file: File): Promise<Outcome<AttachmentSource>> {
  const name = file.name || 'image';
  using resources = new DisposableStack();
  const bitmap = await createImageBitmap(file).catch(() => undefined);
  if (!bitmap)
    return refused(`${name} cannot be read as an image here. Save it as PNG or JPEG and try again.`);
  resources.defer(() => bitmap.close());
  const fitting = await asTaken(file, bitmap);
  if (!fitting) return refused(`${name} is too large, also when it is made smaller. Cut out what matters.`);
  const thumbnail = await base64(await drawn(bitmap, THUMBNAIL_EDGE, 'image/webp'));
  return {
    ok: true,
    value: {
      type: 'image',
      name,
      data: (await base64(fitting)).replace(/^[^,]*,/, ''),
      ...(thumbnail.startsWith('data:image/') && { thumbnail }),
    },
  };
}

async function asTaken(file: File, bitmap: ImageBitmap): Promise<Blob | undefined> {
  const isTaken = imageMediaType.safeParse(file.type).success;
  const isSmall = file.size <= MAX_IMAGE_BYTES && Math.max(bitmap.width, bitmap.height) <= MAX_EDGE;
  if (isTaken && isSmall) return file;
  const edge = isSmall ? MAX_EDGE : SMALLER_EDGE;
  // Letters stay sharp in a PNG; a photograph is small only as a JPEG.
  for (const type of ['image/png', 'image/jpeg']) {
    const blob = await drawn(bitmap, edge, type);
    if (blob.size <= MAX_IMAGE_BYTES) return blob;
  }
  return undefined;
}

/** No longer than `edge` at either side. */
function drawn(bitmap: ImageBitmap, edge: number, type: string): Promise<Blob> {
  const scale = Math.min(1, edge / Math.max(bitmap.width, bitmap.height));
  const [width, height] = [bitmap.width, bitmap.height].map((side) => Math.max(1, Math.round(side * scale)));
  const canvas = new OffscreenCanvas(width ?? 1, height ?? 1);
  canvas.getContext('2d')?.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  return canvas.convertToBlob({ type, quality: QUALITY });
}

/** As a `data:` address. */
function base64(blob: Blob): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const reader = new FileReader();
  reader.addEventListener('load', () => resolve(typeof reader.result === 'string' ? reader.result : ''));
  reader.addEventListener('error', () => reject(reader.error ?? new Error('The image could not be read')));
  reader.readAsDataURL(blob);
  return promise;
}

function refused(message: string): Outcome<never> {
  return { ok: false, error: { message } };
}
