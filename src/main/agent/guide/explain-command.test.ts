import { describe, expect, it } from 'vitest';
import { codeIn, explainCommand, programOf } from './explain-command.ts';
import { explainExitCode } from './exit-codes.ts';

const finished = (commandLine: string, exitCode?: number) => ({
  commandLine,
  cwd: '/home/ada',
  durationMs: 1500,
  endedAt: 1,
  ...(exitCode !== undefined && { exitCode }),
});

describe('the last command', () => {
  it.each<[string, number, RegExp]>([
    ['true', 0, /went well/],
    ['./configure', 1, /general failure/],
    ['ls --colour=purple', 2, /wrong use/],
    ['./script.sh', 126, /cannot be run.*chmod \+x/],
    ['gti status', 127, /not found/],
    ['sleep 100', 130, /SIGINT.*Ctrl\+C/],
    ['./server', 137, /SIGKILL.*out of memory/],
    ['./a.out', 139, /SIGSEGV/],
    ['yes', 141, /SIGPIPE/],
    ['./daemon', 143, /SIGTERM/],
    ['git push', 128, /fatal error of Git/],
    ['npm test', 1, /npm or a script/],
    ['make all', 2, /Makefile/],
    ['cat words | grep bee', 1, /nothing matched/],
    ['ssh example.org', 255, /connection failed/],
    ['curl http://localhost:1', 7, /refused/],
    ['/usr/bin/curl x', 6, /name is not known/],
    ['sudo -n apt-get install x', 100, /apt failed/],
    ['LANG=C python3 x.py', 1, /exception/],
    ['./own', 77, /of the program’s own/],
  ])('%s ended with %i', (commandLine, exitCode, meaning) => {
    const explained = explainCommand('Why did that fail?', finished(commandLine, exitCode));
    expect(explained).toMatch(meaning);
    expect(explained).toContain(`exit code ${exitCode}`);
    expect(explained).toContain(commandLine);
    expect(explained).toContain('/home/ada');
    expect(explained).toContain('1.5 s');
  });

  it('may not have been run yet', () => {
    expect(explainCommand('Why did that fail?', undefined)).toBeUndefined();
  });

  it('may have ended without a code', () => {
    expect(explainCommand('what happened', finished('ls'))).toContain('did not say');
  });

  it('is left alone when another code is asked about', () => {
    const explained = explainCommand('what does exit code 127 mean?', finished('git push', 128));
    expect(explained).toMatch(/^\*\*Exit code 127\*\*.*not found/);
  });

  it('stays in its block, whatever is in it', () => {
    expect(explainCommand('why', finished('echo "```"', 1))).toContain('````sh\necho "```"\n````');
  });
});

it.each([
  ['exit code 127', 127],
  ['what does 137 mean?', 137],
  ['exited with 2', 2],
  ['status 255', 255],
  ['error code 999', undefined],
  ['I have 2 tabs', undefined],
])('reads the code in “%s”', (question, code) => {
  expect(codeIn(question)).toBe(code);
});

it.each([
  ['git status', 'git'],
  ['cat a | sort', 'sort'],
  ['cd x; make', 'make'],
  ['echo "a | b"', 'echo'],
  ['make && npm test', undefined],
  ['', undefined],
])('finds whose code the line “%s” has', (commandLine, program) => {
  expect(programOf(commandLine)).toBe(program);
});

it('has something to say to every code', () => {
  for (let code = 0; code < 256; code += 1) expect(explainExitCode(code)).toMatch(/\.$/);
});
