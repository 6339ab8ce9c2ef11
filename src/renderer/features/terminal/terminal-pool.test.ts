import { beforeEach, expect, it } from 'vitest';
import type { SessionId } from '../../../shared/ids.ts';
import { MAX_KEPT, TerminalPool } from './terminal-pool.ts';

type Fake = Disposable & { readonly name: string };

const disposed: string[] = [];
beforeEach(() => void disposed.splice(0));

const fake = (name: string): Fake => ({ name, [Symbol.dispose]: () => void disposed.push(name) });
const session = (name: string) => name as SessionId;

/** A pool that was given one terminal a session of these names, in this order. */
function poolWith(...names: string[]): TerminalPool<Fake> {
  const pool = new TerminalPool<Fake>();
  for (const name of names) pool.keep(name, session(name), fake(name));
  return pool;
}

it('gives a terminal back once, and has none that it was not given', () => {
  const pool = poolWith('a');
  expect([pool.take('a')?.name, pool.take('a'), pool.take('b'), disposed]).toEqual([
    'a',
    undefined,
    undefined,
    [],
  ]);
});

it('disposes the one that was left the longest ago when there are too many', () => {
  const pool = poolWith('a', 'b', 'c');
  const again = pool.take('a');
  if (again) pool.keep('a', session('a'), again);
  pool.keep('d', session('d'), fake('d'));
  expect(MAX_KEPT).toBe(3);
  expect(disposed).toEqual(['b']);
  expect(['a', 'b', 'c', 'd'].map((id) => pool.take(id)?.name)).toEqual(['a', undefined, 'c', 'd']);
});

it('disposes those of closed sessions, and one in whose place another comes', () => {
  const pool = poolWith('a', 'b');
  pool.retain([session('b')]);
  pool.keep('b', session('b'), fake('other b'));
  expect(disposed).toEqual(['a', 'b']);
  expect(pool.take('b')?.name).toBe('other b');
});
