/** See reporting/metrics/weekly-regularity.ts. */
import { hoursOfPeriod, numberOf, weekdayOf } from './civil.ts';
import { entropy, modulusAt, stacked, total } from './series.ts';
import { forEveryone, type Recount } from './types.ts';

/** Active hours by weekday, Monday first. */
type Week = readonly number[];

const isEmpty = (week: Week): boolean => week.every((hours) => hours === 0);

/** |A ∩ B| ÷ max(|A|, |B|) */
export function sameDays(one: Week, other: Week): number {
  let [common, days, otherDays] = [0, 0, 0];
  for (const [day, hours] of one.entries()) {
    const otherHours = other[day] ?? 0;
    if (hours > 0) days += 1;
    if (otherHours > 0) otherDays += 1;
    if (hours > 0 && otherHours > 0) common += 1;
  }
  return common / Math.max(days, otherDays);
}

/** 1 − the Jensen-Shannon divergence (base 2) of the shares of the days: the mean of both divergences from the mixture. */
function sameShares(one: Week, other: Week): number {
  const [sum, otherSum] = [total(one), total(other)];
  let divergence = 0;
  for (const [day, hours] of one.entries()) {
    const [p, q] = [hours / sum, (other[day] ?? 0) / otherSum];
    const mixed = (p + q) / 2;
    if (p > 0) divergence += (p * Math.log2(p / mixed)) / 2;
    if (q > 0) divergence += (q * Math.log2(q / mixed)) / 2;
  }
  return 1 - divergence;
}

/** 1 − Σ ((a − b) ÷ (a + b))² ÷ |A ∪ B| */
function sameHours(one: Week, other: Week): number {
  let [sum, union] = [0, 0];
  for (const [day, a] of one.entries()) {
    const b = other[day] ?? 0;
    if (a + b === 0) continue;
    union += 1;
    sum += ((a - b) / (a + b)) ** 2;
  }
  return 1 - sum / union;
}

/** Over pairs of weeks, but those of two empty ones. */
export function meanOfPairs(weeks: readonly Week[], similarity: (one: Week, other: Week) => number): number {
  let [sum, pairs] = [0, 0];
  for (const [index, one] of weeks.entries()) {
    for (const other of weeks.slice(index + 1)) {
      if (isEmpty(one) && isEmpty(other)) continue;
      sum += similarity(one, other);
      pairs += 1;
    }
  }
  return sum / pairs;
}

/** From the first active week to the last one, those between without activity too. */
export function weeksBetween(weeks: readonly Week[]): Week[] {
  const first = weeks.findIndex((week) => !isEmpty(week));
  const last = weeks.findLastIndex((week) => !isEmpty(week));
  return weeks.slice(first, last + 1);
}

export const weeklyRegularity: Recount = (people, period) => {
  const first = numberOf(period.firstDay);
  /** Days of the first week before the period: with them every week begins on a Monday. */
  const missing = weekdayOf(first);
  return forEveryone(people, (events) => {
    const hours = [...new Array<number>(missing * 24).fill(0), ...hoursOfPeriod(events, period)];
    const perDay: number[] = [];
    for (let hour = 0; hour < hours.length; hour += 24) perDay.push(total(hours.slice(hour, hour + 24)));
    const weeks: number[][] = [];
    for (let day = 0; day < perDay.length; day += 7) {
      const week = perDay.slice(day, day + 7);
      weeks.push([...week, ...new Array<number>(7 - week.length).fill(0)]);
    }
    const active = weeks.filter((week) => !isEmpty(week));
    if (active.length < 2) return undefined;
    const days = perDay.map((each) => (each > 0 ? 1 : 0));
    const weekdays = stacked(days, 7);
    const bits = entropy(weekdays);
    const [fwh, fwd] = [modulusAt(hours, 168), modulusAt(days, 7)];
    const between = weeksBetween(weeks);
    return [
      (Math.log2(7) - bits) * Math.max(...weekdays),
      1 - bits / Math.log2(7),
      meanOfPairs(between, sameDays),
      meanOfPairs(active, sameShares),
      meanOfPairs(between, sameHours),
      fwh,
      fwh / total(hours),
      fwd,
      fwd / total(days),
    ];
  });
};
