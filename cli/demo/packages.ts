/** The parcours as content packages, through the door of `livret package import`: a cmi5.xml that stands alone (cmi5 §14). */
import { print } from '../console.ts';
import { throughDoors } from './doors.ts';
import { type Module, PARCOURS, type Parcours } from './parcours.ts';
import { PASS_MARK } from './sitting.ts';

/** What is there already is known by its bytes. The parcours that most begin with is the newest, and the first of the list. */
export async function importPackages(): Promise<void> {
  print('Contenus / Content packages');
  await throughDoors('package.import', async ({ run }) => {
    for (const parcours of PARCOURS.toReversed()) await run('package.import', {}, once(structureOf(parcours)));
  });
}

async function* once(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}

type Words = NonNullable<Parcours['name']>;

/** Ids are those that statements name. */
export const structureOf = ({ id, name = {}, modules }: Parcours): string =>
  `<?xml version="1.0" encoding="utf-8"?>
<courseStructure xmlns="https://w3id.org/xapi/profiles/cmi5/v1/CourseStructure.xsd">
<course id="${id}">${described(name, { fr: `Parcours en ${modules.length} modules.`, en: `A course of ${modules.length} modules.` })}</course>
${modules.map(unitOf).join('\n')}
</courseStructure>
`;

function unitOf({ id, name = {}, isAssessment }: Module): string {
  const [moveOn, about] = isAssessment
    ? [
        `moveOn="Passed" masteryScore="${PASS_MARK}"`,
        { fr: 'Une demi-heure de questions.', en: 'Half an hour of questions.' },
      ]
    : ['moveOn="Completed"', { fr: 'Environ une heure.', en: 'About an hour.' }];
  return `<au id="${id}" ${moveOn}>${described(name, about)}<url>${id}/</url></au>`;
}

const described = (title: Words, description: Words): string =>
  element('title', title) + element('description', description);

const element = (tag: string, words: Words): string =>
  `<${tag}>${Object.entries(words)
    .map(([lang, text]) => `<langstring lang="${lang}">${escaped(text)}</langstring>`)
    .join('')}</${tag}>`;

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
