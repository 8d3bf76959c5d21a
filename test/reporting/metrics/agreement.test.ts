/** Every metric of behaviour against the recount of its definition, which shares no code with it. */
import { expect } from 'chai';
import fc from 'fast-check';
import { change } from '../../../reporting/metrics/change.ts';
import { hours } from '../../../reporting/metrics/hours.ts';
import { moduleTime } from '../../../reporting/metrics/module-time.ts';
import { places } from '../../../reporting/metrics/places.ts';
import { regularity } from '../../../reporting/metrics/regularity.ts';
import { sessions } from '../../../reporting/metrics/sessions.ts';
import { timeOnTask } from '../../../reporting/metrics/time-on-task.ts';
import { weeklyRegularity } from '../../../reporting/metrics/weekly-regularity.ts';
import { type Model, openModel } from './model.ts';
import { bothWays, expectClose, fillWith, type History, history, type PeriodName, RULES } from './recounted.ts';

const PERIODS: PeriodName[] = [
  ['2021-03', 'month'],
  ['2021-Q4', 'quarter'],
  ['2021', 'year'],
];

const METRICS = [regularity, weeklyRegularity, sessions, timeOnTask, moduleTime, hours, places, change];

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
          const { found, wanted } = await bothWays(model, metric, histories, period);
          expect([...found.keys()].sort(), metric.name).to.deep.equal([...wanted.keys()].sort());
          for (const [person, values] of wanted) {
            expectClose(found.get(person), values, `of ${person}, ${metric.name} in ${period[0]}`);
            seen.get(metric.name)?.add(values.join());
          }
        }
      }
    }
    const people = fc.array(history, { minLength: 25, maxLength: 25 });
    // Shrinking takes minutes; the person, the metric and the seed are told.
    await fc.assert(fc.asyncProperty(people, agree), { numRuns: 4, endOnFailure: true });

    for (const [name, values] of seen) expect(values.size, name).to.be.greaterThan(2);
  });
});
