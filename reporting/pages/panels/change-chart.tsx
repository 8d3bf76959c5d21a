/** How many have become more regular, as regular and less regular, in each of the measures of `change`. */
import { type Bilingual, Chart, labelled } from '../../../web/index.ts';
import { numberIn } from '../../figures/field.ts';
import { oneRowOf } from '../../figures/one-row.ts';
import { periodName } from '../../periods/names.ts';
import type { Shown } from '../../reports.ts';
import { isPart, type Reading } from '../frame/reading.ts';
import { words } from '../words.ts';

const MEASURES = ['hours', 'weeks', 'slots'] as const;
const CLASSES = ['More', 'Same', 'Less'] as const;

const WORDS: Bilingual<{
  measures: Record<(typeof MEASURES)[number], string>;
  classes: Record<(typeof CLASSES)[number], string>;
  shows: string;
}> = {
  fr: {
    measures: { hours: 'Régularité des heures', weeks: 'Ressemblance des semaines', slots: 'Créneaux tenus' },
    classes: { More: 'Mieux', Same: 'Autant', Less: 'Moins bien' },
    shows: 'Nombre de personnes, du premier au dernier tiers',
  },
  en: {
    measures: { hours: 'Regularity of hours', weeks: 'Likeness of weeks', slots: 'Slots kept' },
    classes: { More: 'Better', Same: 'The same', Less: 'Less well' },
    shows: 'Number of people, from the first to the last third',
  },
};

export interface ChangeChartProps {
  reading: Reading;
  answer: Shown;
  id: string;
  title: string;
  description: string;
}

/** Of the direction that is asked for, or of the ministry. */
export function ChangeChart({ reading, answer, id, title, description }: ChangeChartProps) {
  const { lang, period } = reading;
  const { measures, classes, shows } = WORDS[lang];
  const { cell, several } = oneRowOf(answer, isPart(reading));
  if (!cell) return several ? <p>{words[lang].noOneRow}</p> : null;
  return (
    <Chart
      {...{ id, description, lang }}
      title={labelled(lang, title, cell.label)}
      caption={labelled(lang, `${shows}, ${periodName(lang, period)}`, cell.label)}
      unit={words[lang].week.people}
      digits={0}
      labels={MEASURES.map((measure) => measures[measure])}
      series={CLASSES.map((each) => ({
        name: classes[each],
        values: MEASURES.map((measure) => numberIn(`${measure}${each}`)(cell)),
      }))}
    />
  );
}
