/** The known setting that was probably meant: one that has the given words in it, or is few edits away. */
export function nearestName(given: string, known: readonly string[]): string | undefined {
  const words = given.replace('LIVRET_', '');
  const longer = known.find((name) => words.length > 3 && name.includes(words));
  if (longer !== undefined) return longer;
  const ranked = known
    .map((name) => ({ name, edits: editDistance(words, name.replace('LIVRET_', '')) }))
    .sort((a, b) => a.edits - b.edits);
  const best = ranked[0];
  return best !== undefined && best.edits <= Math.ceil(words.length / 2) ? best.name : undefined;
}

/** Levenshtein's distance. */
function editDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (const [line, letter] of [...from].entries()) {
    const next = [line + 1];
    for (const [column, other] of [...to].entries()) {
      const replaced = (row[column] ?? 0) + (letter === other ? 0 : 1);
      next.push(Math.min(replaced, (row[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
