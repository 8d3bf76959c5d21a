/** What stands beside the figures of an answer: how fresh they are, and what they were made with. */
import { formatDate, formatNumber, type Language } from '../../web/index.ts';
import type { Answer } from '../answer.ts';
import type { Labelled } from '../exports/index.ts';
import type { Metric, MetricSetting } from '../metrics/metric.ts';
import { dayName, periodName } from '../pages/period-name.ts';
import { words as pageWords } from '../pages/words.ts';
import { quartileMinimum } from '../privacy/index.ts';
import { words } from './words.ts';

export function notesOf(metric: Metric, answer: Answer, lang: Language): Labelled[] {
  const { notes, through, states, withheld, settings, caps, grids } = words[lang];
  const { days, facts } = pageWords[lang];
  const time = (iso: string) => `${formatDate(lang, Date.parse(iso), answer.timeZone)} (${answer.timeZone})`;
  const counted =
    answer.through === null || answer.through === answer.period ? '' : `, ${through(periodName(lang, answer.through))}`;
  const period = `${periodName(lang, answer.period)}, ${days(dayName(lang, answer.from), dayName(lang, answer.to))}`;
  const line = (label: string, value: string): Labelled => ({ label, value });
  return [
    line(notes.report, metric.name),
    line(notes.period, period + counted),
    line(notes.state, states[answer.state]),
    ...(answer.asOf === null ? [] : [line(notes.asOf, time(answer.asOf))]),
    ...(answer.publishedAt === null ? [] : [line(notes.publishedAt, time(answer.publishedAt))]),
    line(notes.followed, time(answer.freshness)),
    line(notes.rows, answer.by),
    line(notes.minimum, `${answer.minimum}. ${withheld(quartileMinimum(answer.minimum))}`),
    ...metric.settings.flatMap((name) => settingLine(settings[name], name, answer)),
    ...comparedLines(answer, lang),
    ...perFigure(caps, answer.caps, lang),
    ...perFigure(grids, answer.grids, lang),
    line(facts.formula, answer.formula),
    line(facts.source, answer.source),
  ];
}

function comparedLines({ compared }: Answer, lang: Language): Labelled[] {
  if (!compared) return [];
  const { notes, states, through } = words[lang];
  const counted =
    compared.through === null || compared.through === compared.period
      ? ''
      : `, ${through(periodName(lang, compared.through))}`;
  const changed = Object.entries(compared.settings).map(([name, value]) => `${name}\u00a0: ${settingText(value)}`);
  return [
    { label: notes.compared, value: `${periodName(lang, compared.period)}${counted} (${states[compared.state]})` },
    ...(changed.length > 0 ? [{ label: notes.changed, value: changed.join(' ; ') }] : []),
  ];
}

/** With which settings the figures were made; before there are any, nothing. */
function settingLine(label: string, name: MetricSetting, { settings }: Answer): Labelled[] {
  const value = settings[name];
  if (value === undefined) return [];
  return [{ label, value: settingText(value) }];
}

/** Working hours have a text. */
const settingText = (value: unknown): string =>
  String(typeof value === 'object' && value !== null && 'text' in value ? value.text : value);

const DIGITS = 6;

function perFigure(label: string, values: Record<string, number>, lang: Language): Labelled[] {
  const list = Object.entries(values).map(([name, value]) => `${name}\u00a0: ${formatNumber(lang, value, DIGITS)}`);
  return list.length === 0 ? [] : [{ label, value: list.join(' ; ') }];
}

/** What the figures mean. */
export function definitionsIn(metric: Metric, lang: Language): Labelled[] {
  const { facts } = pageWords[lang];
  const { title, definition, unit, notEnoughData } = metric.texts[lang];
  return [
    { label: title, value: definition },
    { label: facts.unit, value: unit },
    { label: facts.enough, value: notEnoughData },
  ];
}
