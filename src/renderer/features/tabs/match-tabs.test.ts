import { expect, it } from 'vitest';
import { bestTabs } from './match-tabs.ts';

const api = {
  title: 'ledger-api',
  folders: ['~/src/ledger-api', '~/src/schema'],
  model: 'claude-sonnet-5-5',
  programs: ['vitest', 'psql'],
};
const docs = { title: 'docs', folders: ['~/src/docs-site'], model: 'qwen3:8b', programs: [] };
const scratch = { title: 'scratch', folders: ['/tmp/docs'], model: 'qwen3:8b', programs: ['vim'] };
const tabs = [scratch, api, docs];

it.each([
  ['', tabs],
  ['docs', [docs, scratch]],
  ['lapi', [api]],
  ['vim', [scratch]],
  ['psql', [api]],
  ['schema vitest', [api]],
  ['qwen', [scratch, docs]],
  ['docs qwen', [docs, scratch]],
  ['/tmp', [scratch]],
  ['nothing', []],
])('finds tabs by %j', (search, found) => {
  expect(bestTabs(tabs, search)).toEqual(found);
});
