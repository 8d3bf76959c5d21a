/** Every metric of behaviour against the recount of its definition, which shares no code with it. */
import { expect } from 'chai';
import fc from 'fast-check';
import { METRICS as ALL, metricOf } from '../../../reporting/metrics/index.ts';
import { parsePeriod } from '../../../reporting/periods/period.ts';
import { SETTINGS } from '../site.ts';
import { type Model, openModel } from './model.ts';
import {
  bothWays,
  enrolmentsBothWays,
  expectClose,
  fillWith,
  type History,
  history,
  type PeriodName,
  RULES,
} from './recounted.ts';

const DAY = 86_400_000;

const PERIODS: PeriodName[] = [
  ['2021-03', 'month'],
  ['2021-Q4', 'quarter'],
  ['2021', 'year'],
];

const METRICS = ALL.filter(({ family }) => family.name === 'behaviour');

describe('metrics of behaviour', () => {
  let model: Model;
  before(async () => {
    model = await openModel(RULES);
  });
  after(() => model.close());

  it('agree with their recounts to 1e-9 over random histories', async function () {
    this.timeout(120_000);
    /** Different values by metric, so that we see that something was compared. */
    const seen = new Map(METRICS.map(({ name }) => [name, new Set<string>()]));
    async function agree(histories: readonly History[]): Promise<void> {
      await fillWith(model, histories);
      for (const period of PERIODS) {
        for (const metric of METRICS) {
          const { found, wanted, keys } = await bothWays(model, metric, histories, period);
          expect(keys.found, metric.name).to.deep.equal(keys.wanted);
          expect([...found.keys()].sort(), metric.name).to.deep.equal([...wanted.keys()].sort());
          for (const [person, values] of wanted) {
            expectClose(found.get(person), values, `of ${person}, ${metric.name} in ${period[0]}`);
            seen.get(metric.name)?.add(JSON.stringify([values, keys.wanted.get(person)]));
          }
        }
      }
    }
    const people = fc.array(history, { minLength: 25, maxLength: 25 });
    // Shrinking takes minutes; the person, the metric and the seed are told.
    await fc.assert(fc.asyncProperty(people, agree), { numRuns: 4, endOnFailure: true });

    for (const [name, values] of seen) expect(values.size, name).to.be.greaterThan(2);
  });

  it('completion agrees with its recount, as of the end of the period and later', async function () {
    this.timeout(120_000);
    const completion = metricOf('completion');
    const seen = new Set<string>();
    async function agree(histories: readonly History[]): Promise<void> {
      await fillWith(model, histories);
      for (const [name, length] of PERIODS) {
        const { end } = parsePeriod(name, length, SETTINGS.timeZone);
        for (const through of [end, end + 40 * DAY, end + 300 * DAY]) {
          const { found, wanted } = await enrolmentsBothWays(model, completion, histories, [name, length], through);
          expect(Object.fromEntries(found), `${name} through ${through}`).to.deep.equal(Object.fromEntries(wanted));
          for (const { values } of wanted.values()) seen.add(values.join());
        }
      }
    }
    const people = fc.array(history, { minLength: 25, maxLength: 25 });
    await fc.assert(fc.asyncProperty(people, agree), { numRuns: 4, endOnFailure: true });

    expect(seen.size).to.be.greaterThan(20);
  });
});
