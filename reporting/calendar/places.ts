/** The file that LIVRET_PLACES names: where people work by another clock, other hours or other holidays than the site's. */
import { readFile } from 'node:fs/promises';
import { Ajv, type ErrorObject, type JSONSchemaType } from 'ajv';
import { fold, isDay } from '../../lrs/directory/index.ts';
import { LivretError } from '../../lrs/index.ts';
import { HOLIDAY_ZONES, type HolidayZone } from './holidays.ts';
import { parseWorkingHours, type WorkingHours } from './working-hours.ts';

/** What an entry leaves out is as in the entry of its direction, else as in the settings of the site. Closed days add up. */
export interface PlaceSettings {
  direction: string;
  /** Without it the entry is for all of the direction. */
  site?: string;
  timeZone?: string;
  holidays?: HolidayZone;
  workingHours?: WorkingHours;
  closed?: readonly string[];
}

export interface Places {
  /** Days on which nobody works anywhere, besides the public holidays. */
  closed: readonly string[];
  places: readonly PlaceSettings[];
}

interface PlacesFile {
  closed?: string[];
  places?: (Omit<PlaceSettings, 'workingHours'> & { workingHours?: string })[];
}

const text = { type: 'string', minLength: 1 } as const;
const days = { type: 'array', items: text, nullable: true } as const;

const schema = {
  type: 'object',
  properties: {
    closed: days,
    places: {
      type: 'array',
      nullable: true,
      items: {
        type: 'object',
        properties: {
          direction: text,
          site: text,
          timeZone: text,
          holidays: { type: 'string', enum: HOLIDAY_ZONES },
          workingHours: text,
          closed: days,
        },
        required: ['direction'],
        additionalProperties: false,
      },
    },
  },
  required: [],
  additionalProperties: false,
} as const;

const check = new Ajv().compile<PlacesFile>(schema as unknown as JSONSchemaType<PlacesFile>);

/** Where something is wrong, and what, in words. */
function faultOf(error: ErrorObject | undefined): string {
  const { keyword = '', instancePath = '', params = {}, message } = error ?? {};
  const where =
    instancePath
      .slice(1)
      .replace(/\/(\d+)/g, '[$1]')
      .replaceAll('/', '.') || 'the file';
  if (keyword === 'additionalProperties') {
    return `${where} has a setting "${params.additionalProperty}", and there is none of that name.`;
  }
  if (keyword === 'required') return `${where} lacks "${params.missingProperty}".`;
  if (keyword === 'enum') return `${where} should be one of: ${params.allowedValues.join(', ')}.`;
  return `${where} ${message}.`;
}

const isTimeZone = (name: string): boolean => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }) !== undefined;
  } catch {
    return false;
  }
};

/** Names are compared as people type them. */
export const samePlace = (one: string | undefined, other: string | undefined): boolean =>
  one === undefined || other === undefined ? one === other : fold(one) === fold(other);

type Invalid = (detail: string) => LivretError;

function daysIn(list: readonly string[] | undefined, where: string, invalid: Invalid): readonly string[] {
  const wrong = list?.find((day) => !isDay(day));
  if (wrong !== undefined) throw invalid(`${where}closed lists ${wrong}, which is not a day such as 2026-12-24.`);
  return list ?? [];
}

function readHours(hours: string, where: string, invalid: Invalid): WorkingHours {
  const read = parseWorkingHours(hours);
  if (read === undefined) throw invalid(`${where}workingHours should be hours such as Mon-Fri 08:00-19:00.`);
  return read;
}

/** Reads and checks the file. Rejects `config.invalid` with one sentence that says where. */
export async function readPlaces(file: string): Promise<Places> {
  const invalid = (detail: string, cause?: unknown): LivretError =>
    new LivretError('config.invalid', { detail: `LIVRET_PLACES ${file}: ${detail}`, cause });
  const content = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw invalid('it cannot be read.', cause);
  });
  const read = parse(content, invalid);
  if (!check(read)) throw invalid(faultOf(check.errors?.[0]));
  const places = (read.places ?? []).map(({ workingHours, ...place }, index, all) => {
    const where = `places[${index}].`;
    const { direction, site, timeZone } = place;
    const twin = all.findIndex((each) => samePlace(each.direction, direction) && samePlace(each.site, site));
    if (twin < index) throw invalid(`places[${twin}] and places[${index}] are the same place.`);
    if (timeZone !== undefined && !isTimeZone(timeZone)) {
      throw invalid(`${where}timeZone should be a time zone, such as Indian/Reunion.`);
    }
    const hours = workingHours === undefined ? {} : { workingHours: readHours(workingHours, where, invalid) };
    return { ...place, ...hours, closed: daysIn(place.closed, where, invalid) };
  });
  return { closed: daysIn(read.closed, '', invalid), places };
}

function parse(content: string, invalid: (detail: string, cause: unknown) => LivretError): unknown {
  try {
    return JSON.parse(content);
  } catch (cause) {
    const position = Number(/position (\d+)/.exec((cause as Error).message)?.[1] ?? content.length);
    throw invalid(`it is not valid JSON, see line ${content.slice(0, position).split('\n').length}.`, cause);
  }
}
