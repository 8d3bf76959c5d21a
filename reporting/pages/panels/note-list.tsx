/** What the reader must know of what stands above, a line each; nothing where there is nothing to say. */
export function NoteList({ lines }: { lines: readonly string[] }) {
  if (lines.length === 0) return null;
  return (
    <ul class="livret-notes fr-text--sm">
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  );
}
