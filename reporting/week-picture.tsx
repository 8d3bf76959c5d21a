/** The picture of a week: what was counted in each of its hours, drawn, and the same numbers as a table. */
import { type Bilingual, Chart, type Column, DataTable, Details, type Language } from '../web/index.ts';
import { hourName, SHORT_HOUR, shortWeekdayName, WEEKDAYS, weekdayName } from './calendar/index.ts';

/** By weekday, Monday first, and hour; null where nothing is written. */
export type Week = readonly (readonly (number | null)[])[];

/** Hours that an office is open are always drawn; nights in which there is nothing would only make the picture wider. */
const OFFICE = { from: 8, to: 18 };
const HOURS = 24;

const HOUR: Bilingual<string> = { fr: 'Heure', en: 'Hour' };

/** The hours of the picture, in order. */
export function hoursOf(week: Week): number[] {
  const all = Array.from({ length: HOURS }, (_, hour) => hour);
  const busy = all.filter((hour) => week.some((day) => (day[hour] ?? 0) > 0));
  const [from, to] = [Math.min(OFFICE.from, ...busy), Math.max(OFFICE.to, ...busy)];
  return all.filter((hour) => hour >= from && hour <= to);
}

export interface WeekPictureProps {
  lang: Language;
  /** Of the chart `ID-chart`, of the table `ID-table`. */
  id: string;
  title: string;
  description: string;
  /** What is counted: « personnes ». */
  unit: string;
  week: Week;
  /** When, and of whom, where the page has several. */
  of?: string;
  /** The table is folded under this. */
  fold?: string;
}

export function WeekPicture({ lang, id, title, description, unit, week, of, fold }: WeekPictureProps) {
  const hours = hoursOf(week);
  const at = (weekday: number, hour: number): number | null => week[weekday - 1]?.[hour] ?? null;
  const columns: Column<number>[] = [
    { heading: HOUR[lang], rowHeader: true, value: (hour) => hourName(lang, hour) },
    ...WEEKDAYS.map((weekday) => ({
      heading: weekdayName(lang, weekday),
      numeric: true,
      value: (hour: number) => at(weekday, hour),
    })),
  ];
  const table = <DataTable id={`${id}-table`} caption={`${title} (${unit})`} columns={columns} rows={hours} />;
  return (
    <>
      <Chart
        kind="heat"
        id={`${id}-chart`}
        title={title}
        description={description}
        rows={WEEKDAYS.map((weekday) => weekdayName(lang, weekday))}
        columns={hours.map((hour) => hourName(lang, hour))}
        values={WEEKDAYS.map((weekday) => hours.map((hour) => at(weekday, hour)))}
        short={{
          rows: { names: WEEKDAYS.map((weekday) => shortWeekdayName(lang, weekday)) },
          columns: { names: hours.map(String), unit: SHORT_HOUR[lang] },
        }}
        unit={unit}
        digits={0}
        lang={lang}
        caption={of === undefined ? description : `${description} ${of}.`}
      />
      {fold === undefined ? table : <Details summary={fold}>{table}</Details>}
    </>
  );
}
