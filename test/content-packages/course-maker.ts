/** Makes cmi5 course structures for the tests. */
import { makeZip } from './zip-maker.ts';

export const text = (name: string, words: string): string =>
  `<${name}><langstring lang="fr-FR">${words}</langstring></${name}>`;

const described = (words: string): string => text('title', words) + text('description', `À propos de ${words}`);

/** One AU; `attributes` as XML. */
export const au = (id: string, options: { attributes?: string; url?: string; more?: string } = {}): string =>
  `<au id="${id}" ${options.attributes ?? ''}>${described(`Unité ${id}`)}${options.more ?? ''}<url>${options.url ?? 'index.html'}</url></au>`;

export const block = (id: string, inside: string): string =>
  `<block id="${id}">${described(`Bloc ${id}`)}${inside}</block>`;

export const COURSE = 'https://livret.test/course';

/** A whole cmi5.xml; what is given stands after the course element, each part on a line of its own. */
export const courseXml = (...parts: string[]): string =>
  [
    '<?xml version="1.0" encoding="utf-8"?>',
    '<courseStructure xmlns="https://w3id.org/xapi/profiles/cmi5/v1/CourseStructure.xsd">',
    `<course id="${COURSE}">${described('Cours')}</course>`,
    ...parts,
    '</courseStructure>',
  ].join('\n');

/** A package of one AU that is valid; `page` makes versions of it. */
export const smallPackage = (page = 'Bonjour'): Buffer =>
  makeZip([
    { name: 'cmi5.xml', data: courseXml(au('https://livret.test/au/1')) },
    { name: 'index.html', data: `<p>${page}</p>` },
    { name: 'img/' },
    { name: 'img/même.svg', data: '<svg/>', stored: true },
  ]);
