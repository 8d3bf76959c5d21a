/** `livret package import | list | show` */
import { call, openFile } from '../call.ts';
import { print, printJson, printTable } from '../console.ts';

type Texts = Record<string, string>;

interface Package {
  id: string;
  course: string;
  version: number;
  format: string;
  title: Texts;
  units: number;
  imported: string;
}

interface Node {
  kind: 'block' | 'unit';
  id: string;
  title: Texts;
  moveOn?: string;
  masteryScore?: number;
  children?: Node[];
}

interface JsonOption {
  json?: boolean;
}

export async function importPackage(path: string, { json }: JsonOption): Promise<void> {
  const { input } = await openFile(path);
  const imported = (await call('package.import', {}, { input })) as unknown as Package & { known: boolean };
  if (json) printJson(imported);
  else {
    const { id, format, version, units, title, known } = imported;
    print(`${known ? 'Already there' : 'Imported'}: ${text(title)} (${format}, version ${version}, ${units} units)`);
    print(`id  ${id}`);
  }
}

export async function listPackages({ json }: JsonOption): Promise<void> {
  const packages = (await call('package.list')) as unknown as Package[];
  if (json) printJson(packages);
  else {
    const rows = packages.map(({ id, format, version, units, imported, title }) => [
      id,
      format,
      String(version),
      String(units),
      imported.slice(0, 10),
      text(title),
    ]);
    printTable(['ID', 'FORMAT', 'VERSION', 'UNITS', 'IMPORTED', 'TITLE'], rows);
  }
}

export async function showPackage(id: string, { json }: JsonOption): Promise<void> {
  const shown = (await call('package.show', { id })) as unknown as Package & { structure: Node };
  if (json) printJson(shown);
  else {
    print(text(shown.title));
    print(shown.course);
    print(`${shown.format}, version ${shown.version}, imported ${shown.imported}`);
    for (const node of shown.structure.children ?? []) printNode(node, 1);
  }
}

function printNode({ kind, title, moveOn, masteryScore, children }: Node, depth: number): void {
  const rules = [moveOn, masteryScore === undefined ? undefined : `mastery ${masteryScore}`].filter(Boolean).join(', ');
  print(`${'  '.repeat(depth)}${kind === 'unit' ? '-' : '+'} ${text(title)}${rules === '' ? '' : ` (${rules})`}`);
  for (const child of children ?? []) printNode(child, depth + 1);
}

/** In English where there is English, else in the first language. */
function text(texts: Texts): string {
  const english = Object.keys(texts).find((tag) => tag.toLowerCase().startsWith('en'));
  return (english === undefined ? Object.values(texts)[0] : texts[english]) ?? '';
}
