import { useState, type FormEvent } from 'react';
import type { AgentQuestion } from '../../../../shared/approval.ts';
import type { SessionId } from '../../../../shared/ids.ts';
import { useActions } from '../../../store/store.ts';
import { Button } from '../../../ui/button.tsx';
import { StatusMark } from '../../../ui/status-mark.tsx';

/** Something that the agent wants to know before it goes on. */
export function QuestionCard({
  sessionId,
  question: { id, question, choices },
}: {
  readonly sessionId: SessionId;
  readonly question: AgentQuestion;
}) {
  const { answerQuestion } = useActions();
  const [text, setText] = useState('');

  function submit(event: FormEvent): void {
    event.preventDefault();
    if (text.trim() !== '') void answerQuestion(sessionId, id, text);
  }

  return (
    <fieldset className="approval question" aria-label="The agent asks">
      <header>
        <StatusMark mark="needs" />
        <span className="strong">{question}</span>
      </header>
      {choices && (
        <div className="question-choices">
          {choices.map((choice) => (
            <Button key={choice} onClick={() => void answerQuestion(sessionId, id, choice)}>
              {choice}
            </Button>
          ))}
        </div>
      )}
      <form onSubmit={submit}>
        <input
          className="settings-field"
          aria-label="Your answer"
          placeholder={choices ? 'Something else' : 'Your answer'}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <Button type="submit" disabled={text.trim() === ''}>
          Answer
        </Button>
        <Button variant="quiet" onClick={() => void answerQuestion(sessionId, id, undefined)}>
          Rather not
        </Button>
      </form>
    </fieldset>
  );
}
