import { describe, expect, it } from 'vitest';
import { explainInstallFailure, matches } from './install.mjs';

describe('what is installed', () => {
  const one = { version: '1.0.0', integrity: 'sha512-a' };
  const wanted = { packages: { '': { version: '0.1.0' }, 'node_modules/one': one } };

  it.each([
    ['the same packages', { 'node_modules/one': one }, true],
    ['one more package', { 'node_modules/one': one, 'node_modules/two': one }, true],
    ['another version', { 'node_modules/one': { ...one, version: '1.0.1' } }, false],
    ['other content', { 'node_modules/one': { ...one, integrity: 'sha512-b' } }, false],
    ['nothing', {}, false],
  ])('%s: matches package-lock.json: %s', (_, packages, expected) => {
    expect(matches(wanted, { packages })).toBe(expected);
  });

  it('may lack what is for other systems only', () => {
    const forMac = { ...one, optional: true };
    expect(matches({ packages: { ...wanted.packages, 'node_modules/mac': forMac } }, wanted)).toBe(true);
  });
});

it.each([
  ['npm error code ENOSPC\nnpm error nospc ENOSPC: no space left on device, write', /disk is full/],
  [
    'npm error code EAI_AGAIN\nnpm error request to https://registry.npmjs.org/zod failed',
    /cannot be reached/,
  ],
  ['gyp ERR! find Python You need to install the latest version of Python.', /node-pty .* Python 3/],
  ['gyp ERR! stack Error: getaddrinfo ENOTFOUND nodejs.org', /cannot be reached/],
  ['npm error code EACCES\nnpm error path /work/node_modules', /may not write/],
  ['npm error code EUSAGE', /says above/],
])('explains a failed installation: %s', (output, explanation) => {
  expect(explainInstallFailure(output, 1e9)).toMatch(explanation);
});

it('blames the disk for any failure where there was too little room', () => {
  expect(explainInstallFailure('SyntaxError: Unexpected end of JSON input', 6e7)).toMatch(/disk is full/);
});
