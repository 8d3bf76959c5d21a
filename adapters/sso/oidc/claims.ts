/** Claims about a person, as attributes. */

/** What a token says about itself, not about the person. */
const ABOUT_THE_TOKEN = new Set([
  ...['iss', 'aud', 'exp', 'iat', 'nbf', 'jti', 'azp', 'sid'],
  ...['nonce', 'at_hash', 'c_hash', 's_hash', 'auth_time', 'typ'],
]);

function textOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'number' || typeof value === 'boolean' ? [String(value)] : [];
}

/** Text as it is, numbers and truths as text, lists of them value by value; what is nested further is left out. */
export function attributesOf(claims: Readonly<Record<string, unknown>>): Record<string, string[]> {
  const attributes = Object.entries(claims).map(([name, value]): [string, string[]] => {
    return [name, ABOUT_THE_TOKEN.has(name) ? [] : [value].flat().flatMap(textOf)];
  });
  return Object.fromEntries(attributes.filter(([, values]) => values.length > 0));
}
