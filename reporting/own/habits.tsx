/** On which days and at which hours: in sentences, in a picture of the week, and the figures for who asks. */
import { DescriptionList, Details, formatNumber, type Language } from '../../web/index.ts';
import { WeekPicture } from '../week-picture.tsx';
import type { OwnLearning } from './model.ts';
import { type Rhythm, rhythmOf } from './rhythm.ts';
import { sentences } from './sentences.ts';
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
      <WeekPicture
        id="own-week"
        lang={lang}
        title={say.picture.title}
        description={say.picture.description}
        unit={say.picture.unit}
        week={rhythm.grid.map((day) => day.map((weeks) => weeks || null))}
        fold={say.picture.table}
      />
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
