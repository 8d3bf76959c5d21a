/** What stands beside the figures of an answer: how fresh they are, and what they were made with. */
import { formatDate, formatNumber, inLine, type Language, labelled } from '../../web/index.ts';
import type { Answer } from '../answer.ts';
import { answerWords } from '../answer-words.ts';
import { basisWords } from '../basis-words.ts';
import type { Labelled } from '../exports/index.ts';
import type { Metric } from '../metrics/metric.ts';
import { dayName, periodName } from '../periods/names.ts';
import { quartileMinimum } from '../privacy/index.ts';
import { settingLines, settingsSentence } from '../setting-lines.ts';
import { words } from './words.ts';

export function notesOf(metric: Metric, answer: Answer, lang: Language): Labelled[] {
  const { notes, through, withheld, caps, grids } = words[lang];
  const { days, facts, rounded } = basisWords[lang];
  const time = (iso: string) => `${formatDate(lang, Date.parse(iso), answer.timeZone)} (${answer.timeZone})`;
  const counted =
    answer.through === null || answer.through === answer.period ? '' : `, ${through(periodName(lang, answer.through))}`;
  const period = `${periodName(lang, answer.period)}, ${days(dayName(lang, answer.from), dayName(lang, answer.to))}`;
  const line = (label: string, value: string): Labelled => ({ label, value });
  return [
    line(notes.report, metric.name),
    line(notes.period, period + counted),
    line(notes.state, answerWords[lang].states[answer.state]),
    ...(answer.asOf === null ? [] : [line(notes.asOf, time(answer.asOf))]),
    ...(answer.publishedAt === null ? [] : [line(notes.publishedAt, time(answer.publishedAt))]),
    line(notes.followed, time(answer.freshness)),
    line(notes.rows, answer.by),
    line(
      notes.minimum,
      `${answer.minimum}. ${withheld(quartileMinimum(answer.minimum))}${answer.rounding === null ? '' : ` ${rounded(answer.rounding)}`}`,
    ),
    ...settingLines(answer.settings, lang),
    ...comparedLines(answer, lang),
    ...perFigure(caps, answer.caps, lang),
    ...perFigure(grids, answer.grids, lang),
    line(facts.formula, answer.formula),
    line(facts.source, answer.source),
  ];
}

function comparedLines({ compared }: Answer, lang: Language): Labelled[] {
  if (!compared) return [];
  const { notes, through } = words[lang];
  const counted =
    compared.through === null || compared.through === compared.period
      ? ''
      : `, ${through(periodName(lang, compared.through))}`;
  const changed = settingsSentence(compared.settings, lang);
  return [
    {
      label: notes.compared,
      value: `${periodName(lang, compared.period)}${counted} (${answerWords[lang].states[compared.state]})`,
    },
    ...(changed === '' ? [] : [{ label: notes.changed, value: changed }]),
  ];
}

const DIGITS = 6;

function perFigure(label: string, values: Record<string, number>, lang: Language): Labelled[] {
  const list = Object.entries(values).map(([name, value]) => labelled(lang, name, formatNumber(lang, value, DIGITS)));
  return list.length === 0 ? [] : [{ label, value: inLine(lang, list) }];
}

/** What the figures mean. */
export function definitionsIn(metric: Metric, lang: Language): Labelled[] {
  const { facts } = basisWords[lang];
  const { title, definition, unit, notEnoughData } = metric.texts[lang];
  return [
    { label: title, value: definition },
    { label: facts.unit, value: unit },
    { label: facts.enough, value: notEnoughData },
  ];
}
