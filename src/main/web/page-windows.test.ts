import { ulid } from 'ulid';
import { expect, it, onTestFinished, vi } from 'vitest';
import { MAIN_WINDOW, windowId, type WindowId } from '../../shared/ids.ts';
import { PageWindows } from './page-windows.ts';

const [one, two] = [windowId.parse(ulid()), windowId.parse(ulid())];

/** Windows that tabs are in, and those whose tabs were given to the main one since. */
function start(list: WindowId[] = []) {
  const given: WindowId[] = [];
  const giveTabs = (from: WindowId, to: WindowId) => {
    expect(to).toBe(MAIN_WINDOW);
    given.push(from);
  };
  const windows = new PageWindows({ windows: { list: () => list, giveTabs } }, 20);
  onTestFinished(() => windows[Symbol.dispose]());
  return { windows, given };
}

it('brings the tabs of all windows together at the start, when no page is there', () => {
  expect(start([two, MAIN_WINDOW, one]).given).toEqual([two, one]);
});

it('takes the tabs of a window whose last page stays away', async () => {
  const { windows, given } = start();
  const [first, second] = [windows.opened(one), windows.opened(one)];
  windows.opened(MAIN_WINDOW)[Symbol.dispose]();
  first[Symbol.dispose]();
  windows.opened(two)[Symbol.dispose]();
  await vi.waitFor(() => expect(given).toEqual([two]));
  second[Symbol.dispose]();
  await vi.waitFor(() => expect(given).toEqual([two, one]));
});

it('leaves them to a page that comes back or is on its way', async () => {
  const { windows, given } = start();
  windows.opened(one)[Symbol.dispose]();
  windows.expect(one);
  windows.opened(two)[Symbol.dispose]();
  const back = windows.opened(two);
  windows.expect(two);
  // Later than the others would have been taken.
  const last = windowId.parse(ulid());
  windows.opened(last)[Symbol.dispose]();
  await vi.waitFor(() => expect(given).toEqual([last]));
  back[Symbol.dispose]();
});
