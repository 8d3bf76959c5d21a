const CLOSE_OBJECT = 0x7d;
const encoder = new TextEncoder();

/**
 * Adds what a statement's commit decides to its completed text (UTF-8, ReadStatement.text): `stored`, and `timestamp`
 * with the same value where the sender gave none (Data 2.4.7). The text must end with the statement's closing brace.
 */
export function withStored(text: Uint8Array, storedMs: number, hasTimestamp: boolean): Uint8Array {
  const end = text.length - 1;
  if (text[end] !== CLOSE_OBJECT) throw new TypeError('not a completed statement');
  const time = new Date(storedMs).toISOString();
  const tail = encoder.encode(`,"stored":"${time}"${hasTimestamp ? '' : `,"timestamp":"${time}"`}}`);
  const whole = new Uint8Array(end + tail.length);
  whole.set(text.subarray(0, end));
  whole.set(tail, end);
  return whole;
}
