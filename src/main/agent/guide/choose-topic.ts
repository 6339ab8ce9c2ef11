import { topics, type Topic } from './topics.ts';

/** In a longer question a single word such as "data" says too little of what it is about. */
const SHORT_QUESTION_WORDS = 6;

/** The topic that a question is most about, or none. */
export function chooseTopic(question: string): Topic | undefined {
  const words = plainWords(question);
  const isShort = words.trim().split(' ').length <= SHORT_QUESTION_WORDS;
  const [best] = topics
    .map((topic) => ({ topic, score: scoreOf(topic, words) }))
    .sort((one, other) => other.score - one.score);
  return best && best.score > (isShort ? 0 : 1) ? best.topic : undefined;
}

/** Lower case, one blank between words and around them, no punctuation. */
function plainWords(text: string): string {
  const words =
    text
      .toLowerCase()
      .replaceAll(/['’]/g, '')
      .match(/[\p{L}\p{N}]+/gu) ?? [];
  return ` ${words.join(' ')} `;
}

/** As much as a phrase of three words. */
const NAME_SCORE = 9;

/** The square of its words for each phrase found: "are you a model" is worth more than "model" and another word. */
function scoreOf({ names, phrases }: Topic, words: string): number {
  const isFound = (phrase: string) => new RegExp(` ${phrase.replaceAll('*', '[^ ]*')} `).test(words);
  const ofPhrases = phrases.filter(isFound).map((phrase) => phrase.split(' ').length ** 2);
  return ofPhrases.reduce((sum, score) => sum + score, names.filter(isFound).length * NAME_SCORE);
}
