import { writeFileSync } from 'node:fs';
import { crc32, deflateSync } from 'node:zlib';

/**
 * Draws src/renderer/ui/ring.png, the ring that turns while work goes on: the shapes of `StatusMark` as an animated PNG of which
 * only the opacity counts, because it is used as a mask. By hand: `node scripts/draw-ring.ts`.
 */
const FRAMES = 24;
/** One turn takes 1.2 s. */
const FRAME_MS = 50;
/** Three device pixels for each of the 16 of the mark. */
const SIZE = 48;
const SCALE = SIZE / 16;
const CENTRE = 8 * SCALE;
const RADIUS = 5.5 * SCALE;
const HALF_STROKE = (1.75 / 2) * SCALE;
/** Of the whole circle beneath the arc. */
const BASE_OPACITY = 0.3;
/** Samples of a pixel, in each direction. */
const SAMPLES = 4;

function opacityAt(x: number, y: number, turned: number): number {
  const isOnCircle = Math.abs(Math.hypot(x - CENTRE, y - CENTRE) - RADIUS) <= HALF_STROKE;
  const angle = Math.atan2(y - CENTRE, x - CENTRE) - turned + Math.PI / 2;
  const fromStart = ((angle % (2 * Math.PI)) + 2 * Math.PI) % (2 * Math.PI);
  const isInArc = isOnCircle && fromStart <= 1.5 * Math.PI;
  const isInCap = [-Math.PI / 2, Math.PI].some((end) => {
    const [endX, endY] = [Math.cos(end + turned), Math.sin(end + turned)];
    return Math.hypot(x - CENTRE - RADIUS * endX, y - CENTRE - RADIUS * endY) <= HALF_STROKE;
  });
  if (isInArc || isInCap) return 1;
  return isOnCircle ? BASE_OPACITY : 0;
}

function pixel(column: number, row: number, turned: number): number {
  let sum = 0;
  for (let index = 0; index < SAMPLES * SAMPLES; index += 1) {
    const x = column + ((index % SAMPLES) + 0.5) / SAMPLES;
    const y = row + (Math.floor(index / SAMPLES) + 0.5) / SAMPLES;
    sum += opacityAt(x, y, turned);
  }
  return Math.round((255 * sum) / (SAMPLES * SAMPLES));
}

/** Grey and opacity of each pixel, each row behind the number of its filter, which is none. */
function frame(number: number): Buffer {
  const turned = (2 * Math.PI * number) / FRAMES;
  const rows = Array.from({ length: SIZE }, (_, row) => [
    0,
    ...Array.from({ length: SIZE }, (_, column) => [0, pixel(column, row, turned)]).flat(),
  ]);
  return deflateSync(Buffer.from(rows.flat()), { level: 9 });
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type), data]);
  return Buffer.concat([words(data.length), body, words(crc32(body))]);
}

/** Big-endian, of 32 bits each. */
function words(...values: number[]): Buffer {
  const bytes = Buffer.alloc(4 * values.length);
  values.forEach((value, index) => bytes.writeUInt32BE(value, 4 * index));
  return bytes;
}

/** The chunks of a frame: where and how long, and its pixels. Numbers run through all frames. */
function frameChunks(number: number): Buffer {
  const sequence = number === 0 ? 0 : 2 * number - 1;
  const delay = Buffer.from([0, FRAME_MS, 1000 >> 8, 1000 & 255, 0, 0]);
  const control = chunk('fcTL', Buffer.concat([words(sequence, SIZE, SIZE, 0, 0), delay]));
  const pixels = frame(number);
  const data =
    number === 0 ? chunk('IDAT', pixels) : chunk('fdAT', Buffer.concat([words(sequence + 1), pixels]));
  return Buffer.concat([control, data]);
}

/** 8 bits of grey and 8 of opacity. */
const header = Buffer.concat([words(SIZE, SIZE), Buffer.from([8, 4, 0, 0, 0])]);
const file = Buffer.concat([
  Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
  chunk('IHDR', header),
  chunk('acTL', words(FRAMES, 0)),
  ...Array.from({ length: FRAMES }, (_, number) => frameChunks(number)),
  chunk('IEND', Buffer.alloc(0)),
]);
writeFileSync(new URL('../src/renderer/ui/ring.png', import.meta.url), file);
