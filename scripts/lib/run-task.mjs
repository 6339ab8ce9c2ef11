import { delimiter, dirname, join } from 'node:path';
import { runChild } from './child.mjs';
import { ensureInstalled } from './install.mjs';
import { BIN_FOLDER, NODE, PROJECT_FOLDER } from './project.mjs';

const TASKS = ['start', 'web', 'test', 'check', 'scenarios', 'bench', 'approvals'];

/**
 * Installs what is missing, then runs scripts/TASK.ts on the Node of node_modules, which comes first on PATH with the
 * installed programs.
 * @param {string[]} args the task's name and its own arguments
 * @returns {Promise<number>} the task's exit code
 */
export async function runTask([task = '', ...args]) {
  if (!TASKS.includes(task)) throw new Error(`Unknown task "${task}". Known: ${TASKS.join(', ')}.`);
  await ensureInstalled();
  const path = [dirname(NODE), BIN_FOLDER, process.env.PATH ?? ''].join(delimiter);
  const script = join(PROJECT_FOLDER, 'scripts', `${task}.ts`);
  return await runChild(NODE, [script, ...args], { env: { ...process.env, PATH: path } });
}
