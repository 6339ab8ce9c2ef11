import { expect, it } from 'vitest';
import { countBrowserTests } from './browser-tests.ts';
import { scenarioIds, scenarioPattern } from './scenarios.ts';
import { lastLine } from './steps.ts';
import { countUnitTests } from './unit-tests.ts';

const stats = { startTime: '', duration: 1, expected: 5, unexpected: 1, flaky: 1, skipped: 2 };

it('counts a flaky test and an error outside of tests as failures', () => {
  expect(countBrowserTests({ stats, errors: [{ message: 'A file cannot be loaded' }] })).toEqual({
    passed: 5,
    failed: 3,
    skipped: 2,
  });
});

it('counts a test file that cannot be loaded as a failure', () => {
  const testResults = [
    { status: 'failed', assertionResults: [] },
    {
      status: 'failed',
      assertionResults: [{ status: 'failed' }, { status: 'failed' }, { status: 'passed' }],
    },
    { status: 'passed', assertionResults: [{ status: 'passed' }] },
  ];
  expect(countUnitTests({ numPassedTests: 2, numPendingTests: 0, testResults })).toEqual({
    passed: 2,
    failed: 3,
    skipped: 0,
  });
});

it('ends with the sum of all tests', () => {
  const step = (passed: number, failed: number) => ({
    isOk: failed === 0,
    output: '',
    counts: { passed, failed, skipped: 1 },
  });
  expect(lastLine([{ isOk: true, output: '' }, step(3, 0), step(4, 2)])).toBe('7 passed, 2 failed');
});

it('knows a scenario by the start of its title', () => {
  expect(scenarioIds(['S10 b', 'S02 a (desktop)', 'S02 a (web)', 'vim in S03', 'Saves'])).toEqual([
    'S02',
    'S10',
  ]);
});

it.each([
  [['S03'], 'routing.spec.ts S03 own keys', true],
  [['S03', 'S10'], 'switching.spec.ts a group S10 in a turn', true],
  [['S03'], 'routing.spec.ts S30 own keys', false],
  [['S03'], 'routing.spec.ts S033 own keys', false],
  [[], 'routing.spec.ts S30 own keys', true],
  [[], 'terminal.spec.ts vim edits', false],
])('ids %j choose "%s": %s', (ids, title, expected) => {
  expect(new RegExp(scenarioPattern(ids)).test(title)).toBe(expected);
});
