/** On which days and at which hours: in sentences, in a picture of the week, and the figures for who asks. */
import {
  Chart,
  type Column,
  DataTable,
  DescriptionList,
  Details,
  formatNumber,
  type Language,
} from '../../web/index.ts';
import type { OwnLearning } from './model.ts';
import { type Rhythm, rhythmOf } from './rhythm.ts';
import { hourName, sentences, weekdayName } from './sentences.ts';
import { words } from './words.ts';

/** WS1 from which weeks are said to be alike, and to be so in part. */
const ALIKE = 0.5;
const PARTLY = 0.2;

export function OwnHabits({ lang, learning }: { lang: Language; learning: OwnLearning }) {
  const { rhythm: say } = sentences[lang];
  const { activeHours, regularity } = learning;
  if (activeHours.length === 0) return null;
  const rhythm = rhythmOf(activeHours);
  const figure = (value: number | null): string => (value === null ? words[lang].notEnough : formatNumber(lang, value));
  return (
    <section>
      <h2>{say.title}</h2>
      {rhythm.enough ? <Usual lang={lang} rhythm={rhythm} ws1={regularity.ws1} /> : <p>{say.notEnough}</p>}
      <WeekPicture lang={lang} rhythm={rhythm} />
      <Details summary={say.how}>
        <DescriptionList
          entries={[
            [say.pdh, figure(regularity.pdh)],
            [say.ws1, figure(regularity.ws1)],
          ]}
        />
        <p>{say.explained}</p>
      </Details>
    </section>
  );
}

function Usual({ lang, rhythm, ws1 }: { lang: Language; rhythm: Rhythm; ws1: number | null }) {
  const { rhythm: say } = sentences[lang];
  const { weekdays, hours } = rhythm;
  const days = weekdays === null ? say.anyDay : say.days(weekdays);
  const when = hours === null ? say.anyHour : say.hours(hours);
  return (
    <>
      <p class="fr-text--lead">
        {days}, {when}
      </p>
      <p>
        {ws1 !== null && `${ws1 >= ALIKE ? say.alike : ws1 >= PARTLY ? say.partlyAlike : say.changing} `}
        {say.free}
      </p>
    </>
  );
}

const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7];

/** Hours before the first and after the last active one are left out, beyond those of an office. */
function WeekPicture({ lang, rhythm: { grid } }: { lang: Language; rhythm: Rhythm }) {
  const { picture, hour: heading } = sentences[lang].rhythm;
  const weeksAt = (weekday: number, hour: number): number => grid[weekday - 1]?.[hour] ?? 0;
  const active = Array.from({ length: 24 }, (_, hour) => WEEKDAYS.some((weekday) => weeksAt(weekday, hour) > 0));
  const [first, last] = [Math.min(8, active.indexOf(true)), Math.max(18, active.lastIndexOf(true))];
  const hours = Array.from({ length: last - first + 1 }, (_, index) => first + index);
  const columns: Column<number>[] = [
    { heading, rowHeader: true, value: (hour) => hourName(lang, hour) },
    ...WEEKDAYS.map(
      (weekday): Column<number> => ({
        heading: weekdayName(lang, weekday),
        numeric: true,
        value: (hour) => weeksAt(weekday, hour) || null,
      }),
    ),
  ];
  return (
    <>
      <Chart
        kind="heat"
        id="own-week"
        lang={lang}
        title={picture.title}
        description={picture.description}
        rows={WEEKDAYS.map((weekday) => weekdayName(lang, weekday))}
        columns={hours.map((hour) => hourName(lang, hour))}
        values={WEEKDAYS.map((weekday) => hours.map((hour) => weeksAt(weekday, hour) || null))}
        unit={picture.unit}
        digits={0}
      />
      <p class="fr-text--sm">{picture.description}</p>
      <Details summary={picture.table}>
        <DataTable id="week" caption={`${picture.title} (${picture.unit})`} columns={columns} rows={hours} />
      </Details>
    </>
  );
}
