/** On which days and at which hours: in sentences, in a picture of the week, and the figures for who asks. */
import { type Column, DataTable, DescriptionList, Details, formatNumber, type Language } from '../../web/index.ts';
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

interface Weekday {
  name: string;
  hours: readonly number[];
}

/** Hours before the first and after the last active one are left out. */
function WeekPicture({ lang, rhythm: { grid } }: { lang: Language; rhythm: Rhythm }) {
  const { picture } = sentences[lang].rhythm;
  const active = Array.from({ length: 24 }, (_, hour) => hour).filter((hour) =>
    grid.some((row) => (row[hour] ?? 0) > 0),
  );
  const [first = 0, last = 23] = [active[0], active.at(-1)];
  const hours = Array.from({ length: last - first + 1 }, (_, index) => first + index);
  const rows: Weekday[] = grid.map((row, index) => ({ name: weekdayName(lang, index + 1), hours: row }));
  const columns: Column<Weekday>[] = [
    { heading: words[lang].columns.day, rowHeader: true, value: ({ name }) => name },
    ...hours.map(
      (hour): Column<Weekday> => ({
        heading: hourName(lang, hour),
        numeric: true,
        value: (row) => row.hours[hour] || null,
      }),
    ),
  ];
  return (
    <>
      <DataTable id="week" caption={`${picture.title} (${picture.unit})`} columns={columns} rows={rows} />
      <p class="fr-text--sm">{picture.description}</p>
    </>
  );
}
