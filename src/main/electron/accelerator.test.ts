import { expect, it } from 'vitest';
import { acceleratorOf } from './accelerator.ts';

it('names keys as Electron does, and shows none for two chords', () => {
  const keys = ['Ctrl+Shift+T', 'Meta+ArrowUp', 'Ctrl+Minus', 'Ctrl+Plus', 'Ctrl+K Ctrl+S'];
  expect(keys.map(acceleratorOf)).toEqual(['Ctrl+Shift+T', 'Meta+Up', 'Ctrl+-', 'Ctrl+Plus', undefined]);
});
