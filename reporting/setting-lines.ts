/** Settings that figures were made with, as people read them: they stand beside each chart and in each file. */
import { type Bilingual, inLine, type Language, labelled } from '../web/index.ts';
import { type HolidayZone, holidaysWords, hoursWords, type WorkingHours } from './calendar/index.ts';
import type { Labelled } from './exports/index.ts';
import type { MetricSetting } from './metrics/metric.ts';

type Values = Readonly<Record<string, unknown>>;

const LABELS: Bilingual<Record<MetricSetting, string>> = {
  fr: {
    timeZone: 'Fuseau horaire, sauf lieux qui ont le leur',
    sessionGap: 'Délai entre deux séances (θ)',
    workingHours: 'Heures ouvrées',
    holidays: 'Jours fériés, sauf lieux qui ont les leurs',
    moduleMinutes: 'Durée prévue d’un module',
  },
  en: {
    timeZone: 'Time zone, but for places with their own',
    sessionGap: 'Gap between two sessions (θ)',
    workingHours: 'Working hours',
    holidays: 'Public holidays, but for places with their own',
    moduleMinutes: 'Planned time for a module',
  },
};

function textOf(name: MetricSetting, value: unknown, lang: Language): string {
  if (name === 'workingHours') return hoursWords(value as WorkingHours)[lang];
  if (name === 'holidays') return holidaysWords(value as HolidayZone)[lang];
  return name === 'timeZone' ? String(value) : `${value} min`;
}

/** A line each for those of the settings that are known; as they were kept with the figures. */
export const settingLines = (values: Values, lang: Language): Labelled[] =>
  Object.entries(LABELS[lang]).flatMap(([name, label]) => {
    const value = values[name];
    return value === undefined ? [] : [{ label, value: textOf(name as MetricSetting, value, lang) }];
  });

/** The same in one line, to stand within a sentence; '' where none is known. */
export const settingsText = (values: Values, lang: Language): string =>
  inLine(
    lang,
    settingLines(values, lang).map(({ label, value }) =>
      labelled(lang, label.charAt(0).toLowerCase() + label.slice(1), value),
    ),
  );

/** As a line of its own. */
export function settingsSentence(values: Values, lang: Language): string {
  const text = settingsText(values, lang);
  return text.charAt(0).toUpperCase() + text.slice(1);
}
