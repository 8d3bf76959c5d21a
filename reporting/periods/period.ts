/** Reporting periods: calendar months, quarters or years of the site's time zone, named 2021-11, 2021-Q4, 2021. */

import { addDays, dayOf, startOfDay } from '../../lrs/directory/index.ts';
import { LivretError } from '../../lrs/index.ts';

export const PERIOD_LENGTHS = ['month', 'quarter', 'year'] as const;

export type PeriodLength = (typeof PERIOD_LENGTHS)[number];

export interface Period {
  /** 2021-11, 2021-Q4 or 2021 */
  name: string;
  length: PeriodLength;
  year: number;
  /** First and last civil day, YYYY-MM-DD. */
  firstDay: string;
  lastDay: string;
  /** First instant, and the first instant after it, in milliseconds. */
  start: number;
  end: number;
}

const MONTHS: Record<PeriodLength, number> = { month: 1, quarter: 3, year: 12 };

const PATTERNS: Record<PeriodLength, RegExp> = {
  month: /^(?<year>20\d\d)-(?<number>0[1-9]|1[0-2])$/,
  quarter: /^(?<year>20\d\d)-Q(?<number>[1-4])$/,
  year: /^(?<year>20\d\d)$/,
};

const EXAMPLES: Record<PeriodLength, string> = { month: '2021-11', quarter: '2021-Q4', year: '2021' };

const twoDigits = (value: number): string => String(value).padStart(2, '0');

/** The `number`-th period (from 1) of that length in a year. */
function periodOf(length: PeriodLength, year: number, number: number, zone: string): Period {
  const firstMonth = (number - 1) * MONTHS[length];
  const nextMonth = firstMonth + MONTHS[length];
  const firstDay = `${year}-${twoDigits(firstMonth + 1)}-01`;
  const nextDay = nextMonth === 12 ? `${year + 1}-01-01` : `${year}-${twoDigits(nextMonth + 1)}-01`;
  const names = { month: `${year}-${twoDigits(number)}`, quarter: `${year}-Q${number}`, year: `${year}` };
  const start = startOfDay(firstDay, zone);
  return {
    name: names[length],
    length,
    year,
    firstDay,
    lastDay: addDays(nextDay, -1),
    start,
    end: startOfDay(nextDay, zone),
  };
}

export const isPeriodName = (name: string, length: PeriodLength): boolean => PATTERNS[length].test(name);

/** Reads the name of a period of the site's length. Throws `report.period` for anything else. */
export function parsePeriod(name: string, length: PeriodLength, zone: string): Period {
  const groups = PATTERNS[length].exec(name)?.groups;
  if (!groups) {
    throw new LivretError('report.period', {
      detail: `This site reports by ${length}, for example ${EXAMPLES[length]}.`,
    });
  }
  return periodOf(length, Number(groups.year), Number(groups.number ?? 1), zone);
}

/** The period of that length that an instant lies in. */
export function periodAt(instant: number, length: PeriodLength, zone: string): Period {
  const [year = 0, month = 1] = dayOf(instant, zone).split('-').map(Number);
  return periodOf(length, year, Math.floor((month - 1) / MONTHS[length]) + 1, zone);
}

/** The period of the same length after that one. */
export const periodAfter = ({ end, length }: Period, zone: string): Period => periodAt(end, length, zone);

/** Whether the period is over at that instant. */
export const isClosed = (period: Period, now: number): boolean => now >= period.end;

/** Refuses (`report.notClosed`) a period that is not over yet. */
export function requireClosed(period: Period, now: number): void {
  if (isClosed(period, now)) return;
  throw new LivretError('report.notClosed', { detail: `${period.name} ends on ${period.lastDay}.` });
}
