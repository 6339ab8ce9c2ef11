import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { resolve } from 'node:path';
import { z } from 'zod';
import { loadApprovals } from '../src/main/agent/approvals/load-approvals.ts';
import { readRules } from '../src/main/agent/approvals/read-rules.ts';
import { main, say } from './lib/project.mjs';

const USAGE = `Give it one file: npm run approvals -- FILE.json
The file holds a list: [{ "command": "git status", "cwd": "/a/folder", "rules": { "allow": ["git *"] } }]`;

const list = z.array(z.string()).optional();
const questions = z.array(
  z.object({
    command: z.string(),
    cwd: z.string().optional(),
    rules: z.object({ allow: list, ask: list, deny: list }).optional(),
  }),
);

await main(async (args) => {
  const [file] = args;
  if (file === undefined || args.length > 1) throw new Error(USAGE);
  const asked = readQuestions(file);
  const { decide } = await loadApprovals();
  for (const [index, { command, cwd = '.', rules: written = {} }] of asked.entries()) {
    const { rules, problems } = readRules(written, { type: 'given' });
    for (const problem of problems) say(`Entry ${index + 1}: ${problem}`);
    const folder = resolve(cwd.replace(/^~(?=\/|$)/, homedir()));
    const context = { cwd: folder, workspace: folder, home: homedir(), rules };
    const { decision, text, rule, reason } = decide({ tool: 'run_command', command }, context);
    console.log(
      JSON.stringify({ decision, command, subCommand: text, rule: rule?.rule.text ?? null, reason }),
    );
  }
  return 0;
});

function readQuestions(file: string): z.output<typeof questions> {
  const path = resolve(process.env['INIT_CWD'] ?? '.', file);
  const parsed = questions.safeParse(parseJson(path));
  if (!parsed.success)
    throw new Error(`${path} is not as it should be.\n${z.prettifyError(parsed.error)}\n${USAGE}`);
  return parsed.data;
}

function parseJson(path: string): unknown {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new Error(`${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw new Error(`${path} is not JSON: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
}
