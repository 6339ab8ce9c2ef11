import { parentPort } from 'node:worker_threads';
import { PathFinder } from './find-paths.ts';
import type { FindAnswer, FindQuestion } from './types.ts';

const finder = new PathFinder();

parentPort?.on('message', (question: FindQuestion) => {
  const answer: FindAnswer = { id: question.id, paths: finder.find(question) };
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- no window's
  parentPort?.postMessage(answer);
});
