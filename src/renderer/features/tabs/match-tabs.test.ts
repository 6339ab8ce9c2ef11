import { expect, it } from 'vitest';
import { bestTabs } from './match-tabs.ts';

const api = {
  title: 'ledger-api',
  folder: '~/src/ledger-api',
  model: 'claude-sonnet-5-5',
  program: 'vitest',
};
const docs = { title: 'docs', folder: '~/src/docs-site', model: 'qwen3:8b' };
const scratch = { title: 'scratch', folder: '/tmp/docs', model: 'qwen3:8b', program: 'vim' };
const tabs = [scratch, api, docs];

it.each([
  ['', tabs],
  ['docs', [docs, scratch]],
  ['lapi', [api]],
  ['vim', [scratch]],
  ['qwen', [scratch, docs]],
  ['docs qwen', [docs, scratch]],
  ['/tmp', [scratch]],
  ['nothing', []],
])('finds tabs by %j', (search, found) => {
  expect(bestTabs(tabs, search)).toEqual(found);
});
