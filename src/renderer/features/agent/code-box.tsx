import { SquareTerminal } from 'lucide-react';
import { useContext, useEffect, useState, type ComponentProps } from 'react';
import { useIsCodeFenceIncomplete, type ExtraProps } from 'streamdown';
import { IconButton } from '../../ui/button.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { InsertContext } from './insert-context.ts';
import type { CodeToken } from './highlight.ts';

/** Longer code stays plain: its colours would hold up typing. */
const MAX_COLOURED_CHARACTERS = 30_000;

/** A fenced block with its language, and buttons to copy it and to put it on the prompt; coloured once it is whole. */
export function CodeBox({ node }: ComponentProps<'pre'> & ExtraProps) {
  const { code, language } = codeOf(node);
  const isWhole = !useIsCodeFenceIncomplete();
  const insert = useContext(InsertContext);
  const tokens = useColoured(code, language, isWhole);
  return (
    <figure className="codebox">
      <figcaption>
        <span className="spacer cut">{language || 'text'}</span>
        {insert && isWhole && (
          <IconButton label="Insert into terminal" onClick={() => insert(code)}>
            <Icon of={SquareTerminal} isSmall />
          </IconButton>
        )}
        <CopyButton text={code} label="Copy code" />
      </figcaption>
      <pre>
        <code>
          {tokens?.map(({ content, color }, index) => (
            // oxlint-disable-next-line react/no-array-index-key -- whole code, which does not change
            <span key={index} style={{ color }}>
              {content}
            </span>
          )) ?? code}
        </code>
      </pre>
    </figure>
  );
}

function codeOf(node: ExtraProps['node']): { readonly code: string; readonly language: string } {
  const element = node?.children[0];
  if (element?.type !== 'element') return { code: '', language: '' };
  const text = element.children[0];
  const classNames = [element.properties['className']].flat().map(String);
  return {
    code: text?.type === 'text' ? text.value.replace(/\n$/, '') : '',
    language: classNames.find((name) => name.startsWith('language-'))?.slice('language-'.length) ?? '',
  };
}

/** The code's tokens, when they are there. */
function useColoured(code: string, language: string, isWhole: boolean): CodeToken[] | undefined {
  const [coloured, setColoured] = useState<{
    readonly of: string;
    readonly tokens: CodeToken[] | undefined;
  }>();
  useEffect(() => {
    if (!isWhole || language === '' || code.length > MAX_COLOURED_CHARACTERS) return undefined;
    let isGone = false;
    async function colour(): Promise<void> {
      const { highlight } = await import('./highlight.ts');
      // Without colours the code is as good.
      const tokens = await highlight(code, language).catch(() => undefined);
      if (!isGone) setColoured({ of: code, tokens });
    }
    void colour();
    return () => {
      isGone = true;
    };
  }, [code, language, isWhole]);
  return coloured?.of === code ? coloured.tokens : undefined;
}
