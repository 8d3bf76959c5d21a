/**
 * Puts the texts of a page into one buffer that is handed over, not copied: a thousand small buffers would each be cloned
 * and later collected by the thread that answers requests. Gives what to hand over.
 */
export function gatherTexts(statements: readonly { text: Uint8Array }[]): ArrayBuffer[] {
  const whole = new Uint8Array(statements.reduce((length, { text }) => length + text.length, 0));
  let end = 0;
  for (const statement of statements) {
    const start = end;
    whole.set(statement.text, start);
    end += statement.text.length;
    statement.text = whole.subarray(start, end);
  }
  return statements.length > 0 ? [whole.buffer] : [];
}
