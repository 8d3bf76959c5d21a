/** One's own learning as tables for files: every list whole, under the names of the API. */
import type { Language } from '../../web/index.ts';
import type { ColumnType, Export, ExportColumn, ExportTable, Labelled } from '../exports/index.ts';
import type { OwnLearning } from './model.ts';
import { sentences } from './sentences.ts';
import { kindName, stateName, words } from './words.ts';

type Field = readonly [name: string, type: ColumnType];

const texts = (...names: string[]): Field[] => names.map((name) => [name, 'text']);
const instants = (...names: string[]): Field[] => names.map((name) => [name, 'instant']);
const wholes = (...names: string[]): Field[] => names.map((name) => [name, 'integer']);
const minutes = (...names: string[]): Field[] => names.map((name) => [name, 'number']);

const STAGES = [
  'registeredAt',
  'startedAt',
  'completedAt',
  'passedAt',
  'failedAt',
  'waivedAt',
  'abandonedAt',
  'lastAt',
];

/** The lists, and what of their rows is written: `…Name` is the name of an activity. */
const LISTS = {
  enrolments: [
    ...texts('parcours', 'parcoursName', 'direction', 'service', 'site'),
    ...instants('enteredAt', 'neededAt', 'diagnosedAt', ...STAGES),
    ...wholes('modulesStarted', 'modulesCompleted', 'modulesKnown'),
  ],
  modules: [
    ...texts('parcours', 'parcoursName', 'module', 'moduleName', 'registration'),
    ...instants(
      'firstAt',
      'initializedAt',
      'lastAt',
      'completedAt',
      'passedAt',
      'failedAt',
      'waivedAt',
      'satisfiedAt',
      'abandonedAt',
    ),
    ...minutes('timeOnTask'),
    ...wholes('events'),
    ['score', 'percent'],
    ...wholes('tutorCalls'),
  ],
  weeks: [['monday', 'date'], ...minutes('timeOnTask'), ...wholes('sessions')],
  sessions: [...instants('startedAt', 'endedAt'), ...minutes('timeOnTask', 'offHours'), ...wholes('events')],
  slotStates: [
    ...texts('slot'),
    ...instants('from', 'to'),
    ...texts('parcours', 'parcoursName', 'module', 'moduleName', 'state'),
    ...wholes('moves'),
  ],
  slots: [
    ...texts('slot', 'kind'),
    ...instants('at', 'from', 'to'),
    ...texts('parcours', 'parcoursName', 'module', 'moduleName'),
  ],
  interruptions: [
    ...texts('parcours', 'parcoursName', 'module', 'moduleName'),
    ...instants('at', 'returnedAt', 'masteredAt'),
  ],
  tutor: [...texts('kind'), ...instants('at'), ...texts('parcours', 'parcoursName', 'module', 'moduleName')],
  activeHours: [['day', 'date'], ...wholes('hour', 'events')],
} as const satisfies Partial<Record<keyof OwnLearning, readonly Field[]>>;

type List = keyof typeof LISTS;

/** Titles of the tables that have none on the page. */
const titlesOf = (lang: Language): Record<List, string> => {
  const { enrolments, modules, sessions, slots, tutor, files } = words[lang];
  const { time, interruptions } = sentences[lang];
  return {
    ...{ enrolments, modules, sessions, slots, tutor, ...files },
    ...{ weeks: time.chart.title, interruptions: interruptions.title },
  };
};

export interface OwnWriting {
  lang: Language;
  /** Of parcours and modules. */
  nameOf(iri: string): string;
  /** θ, the calendar and the like. */
  notes: readonly Labelled[];
}

export function ownExport(learning: OwnLearning, { lang, nameOf, notes }: OwnWriting): Export {
  const titles = titlesOf(lang);
  const tableOf = (list: List): ExportTable => ({
    name: list,
    title: titles[list],
    columns: LISTS[list].map((field) => columnOf(field, lang)),
    rows: learning[list].map((row) => LISTS[list].map(([name]) => cellOf({ ...row }, name, nameOf))),
    notes,
  });
  const lists = Object.keys(LISTS) as List[];
  return { title: words[lang].title, lang, tables: lists.map(tableOf), definitions: notes };
}

function cellOf(row: Record<string, unknown>, name: string, nameOf: OwnWriting['nameOf']): string | number | null {
  const value = row[name.endsWith('Name') ? name.slice(0, -'Name'.length) : name];
  if (typeof value === 'string') return name.endsWith('Name') ? nameOf(value) : value;
  return typeof value === 'number' ? value : null;
}

/** Codes that people are given in words. */
const SPELT: Readonly<Record<string, (lang: Language, code: string) => string>> = { kind: kindName, state: stateName };

const MINUTES = new Set(['timeOnTask', 'offHours']);

function columnOf([name, type]: Field, lang: Language): ExportColumn {
  const headings: Readonly<Record<string, string>> = { ...words[lang].columns, ...words[lang].fileColumns };
  const heading = headings[name] ?? name;
  const named = SPELT[name];
  return {
    ...{ name, heading, type, description: heading },
    ...(MINUTES.has(name) && { unit: words[lang].minute }),
    ...(named && { spell: (code: string) => named(lang, code) }),
  };
}
