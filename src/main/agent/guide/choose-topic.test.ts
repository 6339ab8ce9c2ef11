import { describe, expect, it } from 'vitest';
import { chooseTopic } from './choose-topic.ts';
import { topics } from './topics.ts';

const questions: Record<string, readonly string[]> = {
  about: [
    'Who are you?',
    'what model are you',
    'Are you an AI?',
    'Are you Claude?',
    'are you chatgpt or what',
    'Hi, who am I talking to?',
    'Can you write code for me, please?',
    'Are you a language model?',
  ],
  carrel: ['What is Carrel?', 'what does carrel do', 'Tell me about Carrel'],
  help: ['help', 'What can you do?', 'what do you know'],
  'last-command': [
    'Why did that fail?',
    'why did the last command fail',
    'What went wrong?',
    'explain the exit code',
    'what does exit code 127 mean',
    'It didn’t work',
    'What does this error mean?',
    'why was it killed',
  ],
  anthropic: ['How do I set up Anthropic?', 'I want to use Claude', 'where do I put my claude api key'],
  openai: ['How do I add OpenAI?', 'can I use GPT-5', 'set up chatgpt'],
  google: ['How do I use Gemini?', 'add google as a provider'],
  openrouter: ['set up OpenRouter', 'how do I use open router?'],
  local: [
    'Can I run a model on my own machine?',
    'How do I use Ollama?',
    'set up a local model',
    'is there a way to use it without internet',
    'How do I run a local LLM?',
  ],
  'openai-compatible': [
    'How do I use LM Studio?',
    'set up an openai-compatible server',
    'can I use Mistral?',
    'connect to Groq',
  ],
  providers: [
    'How do I add a provider?',
    'How do I set up a model?',
    'Where do I put my API key?',
    'how do I get started',
    'I want a real AI',
  ],
  models: [
    'How do I switch models?',
    'change the model of this tab',
    'which models are there',
    'what is the default model',
  ],
  shortcuts: [
    'What keyboard shortcuts are there?',
    'show me the key bindings',
    'which keys can I use',
    'hotkeys?',
    'How do I search in the terminal?',
    'how do I stop you',
  ],
  modes: ['What are modes?', 'how do I change the mode', 'what does plan mode do'],
  storage: [
    'Where is my data stored?',
    'Is anything sent anywhere?',
    'what about privacy',
    'are my keys safe?',
    'is my api key stored securely',
    'does Carrel send my data to anyone?',
    'where are the logs',
  ],
  settings: [
    'Where are my settings?',
    'how do I change the theme',
    'Can I use a bigger font size?',
    'open settings.toml',
    'I need help with settings',
    'how do I make the text bigger',
  ],
  tabs: ['How do I open a new tab?', 'reopen a closed tab', 'can I rename a tab'],
  commands: [
    'Which slash commands are there?',
    'How do I start over?',
    'how can I fork this tab',
    'set the effort',
  ],
  costs: [
    'What did this tab cost?',
    'How much have I spent?',
    'set a budget',
    'how full is the context window',
  ],
  thanks: ['Thanks!', 'thank you very much'],
  hello: ['Hello', 'hey there', 'Good morning'],
};

const table = Object.entries(questions).flatMap(([topic, asked]) =>
  asked.map((question) => [question, topic] as const),
);

describe('the guide', () => {
  it.each(table)('knows what “%s” is about: %s', (question, topic) => {
    expect(chooseTopic(question)?.name).toBe(topic);
  });

  it.each([
    'Write me a poem about bees',
    'How tall is the Eiffel Tower?',
    'How do I sort data by date in Python?',
    'What is a great editor?',
    '',
    '???',
  ])('does not pretend to know what “%s” is about', (question) => {
    expect(chooseTopic(question)).toBeUndefined();
  });

  it('is asked about each topic above', () => {
    expect(Object.keys(questions).sort()).toEqual(topics.map(({ name }) => name).sort());
  });
});
