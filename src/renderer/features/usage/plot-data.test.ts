import { expect, it } from 'vitest';
import type { UsageReport } from '../../../shared/usage.ts';
import { plotData, plotInWords } from './plot-data.ts';

const span = { from: 0, to: 1, timeZone: 'UTC', days: ['2026-11-19', '2026-11-20', '2026-11-21'] };

function plotOf(rows: readonly (readonly [day: string, provider: string, cost: number])[]) {
  const none = { turns: 1, inputTokens: 0, cachedInputTokens: 0, outputTokens: 0, cost: 0, unpriced: 0 };
  const days = rows.map(([day, provider, cost]) => ({ ...none, day: `2026-11-${day}`, provider, cost }));
  const report: UsageReport = { total: none, before: none, local: none, days, tabs: [] };
  return plotData(report, span);
}

it('has every day of the span, and the dearest provider first', () => {
  const plot = plotOf([
    ['19', 'a', 1],
    ['19', 'b', 2],
    ['21', 'a', 3],
    ['21', 'local', 0],
  ]);
  expect(plot).toEqual({
    series: ['a', 'b'],
    days: [
      { day: '2026-11-19', costs: { a: 1, b: 2 }, total: 3 },
      { day: '2026-11-20', costs: {}, total: 0 },
      { day: '2026-11-21', costs: { a: 3 }, total: 3 },
    ],
  });
});

it.each([
  [['a', 'b', 'c', 'd'], { a: 9, b: 8, c: 7, d: 6 }],
  [['a', 'b', 'c', 'others'], { a: 9, b: 8, c: 7, others: 11 }],
])('draws no more series than can be told apart: %j', (series, costs) => {
  const providers = ['a', 'b', 'c', 'd', 'e'].slice(0, series.includes('others') ? 5 : 4);
  const plot = plotOf(providers.map((provider, index) => ['21', provider, 9 - index]));
  expect([plot.series, plot.days.at(-1)?.costs]).toEqual([series, costs]);
});

it.each([
  [[], 'Cost a day: nothing was paid for.'],
  [
    [
      ['19', 'a', 4.5],
      ['21', 'a', 0.25],
    ],
    'Cost a day, 19 Nov to 21 Nov: highest $4.50 on 19 Nov, $0.25 today.',
  ],
] as const)('says the plot in a sentence', (rows, sentence) => {
  expect(plotInWords(plotOf(rows).days)).toBe(sentence);
});
