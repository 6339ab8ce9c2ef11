import { afterEach, expect, it, vi } from 'vitest';
import { spanOf } from './period.ts';

afterEach(() => vi.unstubAllEnvs());

it('counts whole days by the calendar, also where one has 25 hours', () => {
  vi.stubEnv('TZ', 'Europe/Berlin');
  const span = spanOf('14 days', new Date('2026-11-01T22:30:00Z'));
  expect([new Date(span.from).toISOString(), new Date(span.to).toISOString(), span.timeZone]).toEqual([
    '2026-10-18T22:00:00.000Z',
    '2026-11-01T23:00:00.000Z',
    'Europe/Berlin',
  ]);
  expect([span.days.length, new Set(span.days).size, span.days[0], span.days.at(-1)]).toEqual([
    14,
    14,
    '2026-10-19',
    '2026-11-01',
  ]);
});

it('ends today with the day of now', () => {
  vi.stubEnv('TZ', 'Asia/Kathmandu');
  const { days, from, to } = spanOf('Today', new Date('2026-11-20T18:30:00Z'));
  expect([days, to - from]).toEqual([['2026-11-21'], 86_400_000]);
});
