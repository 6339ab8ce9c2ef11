import { distance } from 'fastest-levenshtein';

/** Longer files and lines are looked at as far as this: it is help, and may not take long. */
const MAX_LINES = 20_000;
const MAX_LINE_CHARACTERS = 200;
const SHOWN_PLACES = 3;
const SHOWN_LINES = 40;
/** Of 1; lines that have less in common are not what was meant. */
const LEAST_LIKENESS = 0.5;

export function lineAt(text: string, index: number): number {
  return text.slice(0, index).split('\n').length;
}

/** Why a text does not stand in another, for the model: what differs, and where the nearest lines are. */
export function explainMiss(text: string, wanted: string): string {
  const lines = text.split(/\r?\n/, MAX_LINES);
  const wantedLines = wanted.replace(/\r?\n$/, '').split(/\r?\n/);
  if (wantedLines.every((line) => /^\s*\d+\t/.test(line)))
    return 'oldText does not stand in it: it has the line numbers of read_file, which are not part of the file.';
  const spaced = placesButFor(withoutSpaces, lines, wantedLines);
  if (spaced.length > 0)
    return `oldText stands in it ${times(spaced)} only when spaces are left aside. As it is in the file:\n${quote(lines, spaced, wantedLines.length)}`;
  const cased = placesButFor((line) => withoutSpaces(line).toLowerCase(), lines, wantedLines);
  if (cased.length > 0)
    return `oldText stands in it ${times(cased)} only when capitals are left aside. As it is in the file:\n${quote(lines, cased, wantedLines.length)}`;
  const near = nearest(lines, wantedLines);
  if (near.length === 0) return 'oldText does not stand in it, nor anything like it. Read the file again.';
  return `oldText does not stand in it. The most similar lines are:\n${quote(lines, near, wantedLines.length)}`;
}

function times(places: readonly number[]): string {
  return places.length === 1 ? 'once, but' : `${places.length} times, but`;
}

function withoutSpaces(line: string): string {
  return line.replace(/\s+/g, '');
}

/** Where the lines stand in the text when all are made plain first; a first and last line may be a part of theirs. */
function placesButFor(
  plain: (line: string) => string,
  lines: readonly string[],
  wanted: readonly string[],
): number[] {
  const plainWanted = wanted.map(plain);
  const last = plainWanted.length - 1;
  if (plainWanted.every((line) => line === '')) return [];
  const plainLines = lines.map(plain);
  return plainLines.flatMap((_, start) => {
    const isHere = plainWanted.every((line, index) => {
      const there = plainLines[start + index];
      if (there === undefined) return false;
      if (last === 0) return there.includes(line);
      if (index === 0) return there.endsWith(line);
      return index === last ? there.startsWith(line) : there === line;
    });
    return isHere ? [start] : [];
  });
}

/** Where lines most like the wanted ones begin, the likest first. */
function nearest(lines: readonly string[], wanted: readonly string[]): number[] {
  const first = wanted.findIndex((line) => line.trim() !== '');
  const key = wanted[first];
  if (key === undefined) return [];
  return lines
    .map((line, index) => ({ start: Math.max(0, index - first), likeness: likeness(line, key) }))
    .filter(({ likeness }) => likeness >= LEAST_LIKENESS)
    .sort((one, other) => other.likeness - one.likeness)
    .slice(0, SHOWN_PLACES)
    .map(({ start }) => start);
}

function likeness(one: string, other: string): number {
  const [left, right] = [one, other].map((line) => line.trim().slice(0, MAX_LINE_CHARACTERS)) as [
    string,
    string,
  ];
  const longest = Math.max(left.length, right.length);
  // Their lengths alone make them too different.
  if (Math.min(left.length, right.length) < longest * LEAST_LIKENESS) return 0;
  return 1 - distance(left, right) / longest;
}

function quote(lines: readonly string[], starts: readonly number[], count: number): string {
  return starts
    .slice(0, SHOWN_PLACES)
    .map((start) =>
      lines
        .slice(start, start + Math.min(count, SHOWN_LINES))
        .map((line, index) => `${start + index + 1}\t${line.slice(0, 500)}`)
        .join('\n'),
    )
    .join('\n…\n');
}
