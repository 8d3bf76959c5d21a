/** Pattern validation, as the specification describes it (xAPI Profiles, Communication 2.2): greedy, without going back. */
import type { Pattern, Profile } from './profile.ts';

/** The templates each statement of one course of events follows, in the order of their timestamps. */
type Statements = readonly (readonly string[])[];
type Outcome = 'success' | 'partial' | 'failure';
type Match = [outcome: Outcome, rest: Statements];

/** Whether the statements follow one of the primary patterns from the first to the last. */
export function follows(statements: Statements, profile: Profile): boolean {
  const elements = new Map(profile.patterns.map((pattern) => [pattern.id, pattern]));
  const primary = profile.patterns.filter((pattern) => pattern.primary);
  return primary.some((pattern) => {
    const [outcome, rest] = matches(statements, pattern.id, elements);
    return outcome === 'success' && rest.length === 0;
  });
}

type Elements = ReadonlyMap<string, Pattern>;

function matches(statements: Statements, element: string, elements: Elements): Match {
  const pattern = elements.get(element);
  if (pattern === undefined) return matchesTemplate(statements, element);
  if (pattern.sequence !== undefined) return matchesSequence(statements, pattern.sequence, elements);
  if (pattern.alternates !== undefined) return matchesAlternates(statements, pattern.alternates, elements);
  if (pattern.oneOrMore !== undefined) return repeats(statements, pattern.oneOrMore, elements, 'failure');
  if (pattern.zeroOrMore !== undefined) return repeats(statements, pattern.zeroOrMore, elements, 'success');
  if (pattern.optional === undefined) throw new Error(`${pattern.id} says nothing`);
  if (statements.length === 0) return ['success', []];
  const [outcome, rest] = matches(statements, pattern.optional, elements);
  return outcome === 'failure' ? ['success', statements] : [outcome, rest];
}

function matchesTemplate(statements: Statements, template: string): Match {
  const [first, ...rest] = statements;
  if (first === undefined) return ['partial', []];
  return first.includes(template) ? ['success', rest] : ['failure', statements];
}

function matchesSequence(statements: Statements, sequence: readonly string[], elements: Elements): Match {
  let left = statements;
  for (const element of sequence) {
    const [outcome, rest] = matches(left, element, elements);
    if (outcome === 'failure') return ['failure', statements];
    if (outcome === 'partial') return ['partial', []];
    left = rest;
  }
  return ['success', left];
}

/** The longest match. */
function matchesAlternates(statements: Statements, alternates: readonly string[], elements: Elements): Match {
  const tried = alternates.map((element) => matches(statements, element, elements));
  const successes = tried.filter(([outcome]) => outcome === 'success').map(([, rest]) => rest);
  if (successes.length > 0) return ['success', successes.reduce((a, b) => (b.length < a.length ? b : a))];
  return tried.some(([outcome]) => outcome === 'partial') ? ['partial', []] : ['failure', statements];
}

function repeats(statements: Statements, element: string, elements: Elements, none: Outcome): Match {
  let [sofar, left]: Match = [none, statements];
  for (;;) {
    const [outcome, rest] = matches(left, element, elements);
    if (outcome === 'partial') {
      if (sofar === 'failure') return ['partial', []];
      return left.length > 0 ? ['partial', left] : [sofar, left];
    }
    if (outcome === 'failure') return [sofar, left];
    if (rest.length === left.length) return ['success', rest];
    [sofar, left] = ['success', rest];
  }
}
