/** The picture of a week: how many people were active in each of its hours. */
import { type Bilingual, Chart, DataTable, type Language } from '../../../web/index.ts';
import type { AnswerCell } from '../../answer.ts';
import { words } from '../words.ts';

const HOURS = 24;

const DAYS: Bilingual<readonly string[]> = {
  fr: ['lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi', 'samedi', 'dimanche'],
  en: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'],
};

const HOUR: Bilingual<(hour: number) => string> = {
  fr: (hour) => `${hour}\u00a0h`,
  en: (hour) => `${String(hour).padStart(2, '0')}:00`,
};

/** People by weekday, Monday first, and hour; undefined where they are not given. */
export function weekOf(cell: AnswerCell | null | undefined): number[][] | undefined {
  const counts = cell?.active;
  if (!Array.isArray(counts)) return undefined;
  return DAYS.fr.map((_, day) => counts.slice(day * HOURS, (day + 1) * HOURS).map(Number));
}

export interface WeekProps {
  lang: Language;
  id: string;
  title: string;
  week: number[][] | undefined;
  /** From how many people on it is given. */
  minimum: number;
}

export function WeekPicture({ lang, id, title, week, minimum }: WeekProps) {
  const say = words[lang].week;
  if (!week) return <p>{say.withheld(minimum)}</p>;
  // Nights that nobody works in would only make the picture wider.
  const busy = Array.from({ length: HOURS }, (_, hour) => week.some((day) => (day[hour] ?? 0) > 0));
  const [from, to] = [Math.min(8, busy.indexOf(true)), Math.max(18, busy.lastIndexOf(true))];
  const hours = Array.from({ length: to - from + 1 }, (_, index) => from + index);
  const days = DAYS[lang];
  return (
    <>
      <Chart
        kind="heat"
        id={`${id}-chart`}
        title={title}
        description={say.description}
        rows={days}
        columns={hours.map((hour) => HOUR[lang](hour))}
        values={week.map((day) => hours.map((hour) => day[hour] ?? null))}
        unit={say.people}
        digits={0}
        lang={lang}
      />
      <DataTable
        id={`${id}-table`}
        caption={title}
        columns={[
          { heading: say.hour, value: (hour: number) => HOUR[lang](hour), rowHeader: true },
          ...days.map((day, index) => ({
            heading: day,
            numeric: true,
            value: (hour: number) => week[index]?.[hour] ?? null,
          })),
        ]}
        rows={hours}
      />
    </>
  );
}
