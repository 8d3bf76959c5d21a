/** From the elements of a valid cmi5.xml to a course, with the rules that the schema cannot say (cmi5 §13.1). */
import type { PackageFiles } from '../../archive/files.ts';
import {
  type Block,
  type Course,
  type CourseNode,
  MOVE_ON,
  type Objective,
  type Texts,
  type Unit,
} from '../../course.ts';
import { quoted, refusal } from '../../refusal.ts';
import { lineOf, parseXml, type XmlElement } from '../xml.ts';
import { problemOfUrl } from './launch-url.ts';
import { NAMESPACE } from './schema.ts';

/** The course of a cmi5.xml that fits the schema. Throws `package.invalid` with every rule it breaks, by line. */
export function readStructure(xml: string, file: string, files: PackageFiles): Course {
  const reader = new StructureReader(files);
  const course = reader.course(parseXml(xml, file));
  if (reader.problems.length > 0) {
    const lines = new Map(reader.problems.slice(0, 5).map(({ at }) => [at, lineOf(xml, at)]));
    throw refusal(reader.problems.map(({ at, what }) => ({ file, line: lines.get(at), what })));
  }
  return course;
}

class StructureReader {
  readonly problems: { at: number; what: string }[] = [];
  readonly #files: PackageFiles;
  /** Courses, blocks and units are activities: one IRI names one of them. */
  readonly #activities = new Set<string>();
  readonly #objectives = new Set<string>();

  constructor(files: PackageFiles) {
    this.#files = files;
  }

  course(root: XmlElement): Course {
    const course = child(root, 'course') ?? root;
    const id = this.#id(course, this.#activities);
    // Before the tree, which refers to them.
    const objectives = elements(child(root, 'objectives'), 'objective').map((each) => this.#objective(each));
    return { format: 'cmi5', id, ...described(course), objectives, children: this.#children(root) };
  }

  #objective(element: XmlElement): Objective {
    return { id: this.#id(element, this.#objectives), ...described(element) };
  }

  #children(parent: XmlElement): CourseNode[] {
    return elements(parent, 'block', 'au').map((each) =>
      each.name === 'block' ? this.#block(each) : this.#unit(each),
    );
  }

  #block(element: XmlElement): Block {
    return {
      kind: 'block',
      id: this.#id(element, this.#activities),
      ...described(element),
      objectives: this.#references(element),
      children: this.#children(element),
    };
  }

  #unit(element: XmlElement): Unit {
    return {
      kind: 'unit',
      id: this.#id(element, this.#activities),
      ...described(element),
      objectives: this.#references(element),
      url: this.#url(element),
      // §13.1.4: NotApplicable and AnyWindow where the author says nothing. The schema has refused other values.
      moveOn: MOVE_ON.find((each) => each === attribute(element, 'moveOn')) ?? 'NotApplicable',
      launchMethod: attribute(element, 'launchMethod') === 'OwnWindow' ? 'OwnWindow' : 'AnyWindow',
      ...this.#masteryScore(element),
      ...optional('launchParameters', child(element, 'launchParameters')?.text),
      ...optional('entitlementKey', child(element, 'entitlementKey')?.text),
      ...optional('activityType', attribute(element, 'activityType')),
    };
  }

  /** §3 and §13.1: ids are absolute IRIs, each of one thing only. */
  #id(element: XmlElement, taken: Set<string>): string {
    const id = attribute(element, 'id') ?? '';
    if (!/^[a-z][a-z0-9+.-]*:[^\s<>"{}|\\^`]+$/i.test(id))
      this.#problem(element, `the id ${quoted(id)} is not an absolute IRI`);
    else if (taken.has(id)) this.#problem(element, `the id ${quoted(id)} is used twice`);
    taken.add(id);
    return id;
  }

  #references(element: XmlElement): string[] {
    return elements(child(element, 'objectives'), 'objective').flatMap((each) => {
      const id = attribute(each, 'idref') ?? '';
      if (!this.#objectives.has(id)) this.#problem(each, `no objective of the course has the id ${quoted(id)}`);
      return [id];
    });
  }

  #url(element: XmlElement): string {
    const url = child(element, 'url') ?? element;
    const problem = problemOfUrl(url.text, this.#files);
    if (problem) this.#problem(url, `the url ${quoted(url.text)} cannot be launched: ${problem}`);
    return url.text;
  }

  /** §13.1.4: 0 to 1 (the schema has seen to that), four decimals at most. */
  #masteryScore(element: XmlElement): Pick<Unit, 'masteryScore'> {
    const score = attribute(element, 'masteryScore');
    if (score === undefined) return {};
    if (/\.\d{4}\d*[1-9]/.test(score))
      this.#problem(element, `the masteryScore ${quoted(score)} has more than four decimals`);
    return { masteryScore: Number(score) };
  }

  #problem(element: XmlElement, what: string): void {
    this.problems.push({ at: element.at, what: `<${element.name}>: ${what}.` });
  }
}

const elements = (parent: XmlElement | undefined, ...names: string[]): XmlElement[] =>
  parent?.children.filter((each) => each.namespace === NAMESPACE && names.includes(each.name)) ?? [];

const child = (parent: XmlElement, name: string): XmlElement | undefined => elements(parent, name)[0];

// The schema's types collapse white space around these.
const attribute = (element: XmlElement, name: string): string | undefined => element.attributes.get(name)?.trim();

const described = (element: XmlElement): { title: Texts; description: Texts } => ({
  title: texts(child(element, 'title')),
  description: texts(child(element, 'description')),
});

/** The first text of each language; inner line breaks of the source are not the author's. */
function texts(element: XmlElement | undefined): Texts {
  const entries = elements(element, 'langstring').map((each) => [
    attribute(each, 'lang') ?? 'und',
    each.text.replace(/\s+/g, ' '),
  ]);
  return Object.fromEntries(entries.reverse());
}

const optional = <Name extends string>(name: Name, value: string | undefined): { [key in Name]?: string } =>
  value === undefined ? {} : ({ [name]: value } as { [key in Name]: string });
