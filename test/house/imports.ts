/** Reads what a TypeScript file imports, without a compiler: TypeScript 7 has no API for it. */

/** Strings, which stay, and comments, which go: an import in a comment is none. */
const STRING_OR_COMMENT = /'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\[\s\S])*`|\/\*[\s\S]*?\*\/|\/\/[^\n]*/g;

const IMPORTS = [
  /\b(?:import|export)\b[^'"`;=()]*?\bfrom\s*(['"])(?<path>[^'"\n]+)\1/g,
  /\bimport\s*(['"])(?<path>[^'"\n]+)\1/g,
  /\bimport\s*\(\s*(['"])(?<path>[^'"\n]+)\1/g,
];

/** Every specifier, type imports, dynamic imports and re-exports included. */
export function importsOf(source: string): string[] {
  const code = source.replace(STRING_OR_COMMENT, (found) => (found.startsWith('/') ? ' ' : found));
  return IMPORTS.flatMap((pattern) => [...code.matchAll(pattern)].map((match) => match.groups?.path ?? ''));
}
