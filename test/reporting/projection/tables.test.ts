/** The maintained tables, over small histories worked out by hand. θ is 30 minutes, civil time that of Paris. */
import { expect } from 'chai';
import { type Belonging, type Deed, type Model, openModel } from '../metrics/model.ts';

const DRH: Belonging[] = [{ person: 'ada', direction: 'DRH' }];
const WORD = { course: 'word' };
const REGISTRATION = '00000000-0000-4000-8000-0000000000aa';

describe('the maintained tables', () => {
  let model: Model;
  before(async () => {
    model = await openModel();
  });
  after(() => model.close());

  const ada = (time: string, more: Partial<Deed> = {}): Deed => ({ person: 'ada', time, ...WORD, ...more });
  const at = (column: string) => `strftime(${column}, '%d %H:%M:%S') AS ${column}`;
  const rows = async (sql: string) => (await model.ask((query) => query(sql))).map((row) => Object.values(row));

  describe('sessions', () => {
    const sessions = () =>
      rows(
        `SELECT ${at('starts')}, ${at('ends')}, worked::INTEGER AS worked, events FROM sessions ORDER BY person, starts`,
      );

    it('go on over a gap of exactly θ, and are cut by a millisecond more', async () => {
      await model.fill(
        [ada('2021-11-02T09:00:00Z'), ada('2021-11-02T09:30:00Z'), ada('2021-11-02T10:00:00.001Z')],
        DRH,
      );
      expect(await sessions()).to.deep.equal([
        ['02 09:00:00', '02 09:30:00', 1_800_000, 2],
        ['02 10:00:00', '02 10:00:00', 0, 1],
      ]);
    });

    it('hold events of one instant together, across parcours and midnight, in whatever order they were stored', async () => {
      await model.fill(
        [
          ada('2021-11-03T00:10:00Z'),
          ada('2021-11-02T23:50:00Z', { course: 'excel' }),
          ada('2021-11-02T23:50:00Z'),
          { person: 'bob', time: '2021-11-02T23:55:00Z' },
        ],
        [],
      );
      expect(await sessions()).to.deep.equal([
        ['02 23:50:00', '03 00:10:00', 1_200_000, 3],
        ['02 23:55:00', '02 23:55:00', 0, 1],
      ]);
    });

    it('know how much of them lies outside of working hours, of a holiday all, of absurd years as well', async () => {
      await model.fill(
        [
          // Tuesday, 18:50 to 19:10 in Paris.
          ...['2021-11-02T17:50:00Z', '2021-11-02T18:10:00Z'],
          // Armistice Day.
          ...['2021-11-11T09:00:00Z', '2021-11-11T09:10:00Z'],
          ...['1971-11-02T09:00:00Z', '1971-11-02T09:10:00Z'],
        ].map((time) => ada(time)),
        DRH,
      );
      expect(
        await rows('SELECT (worked // 60000)::INTEGER, (off // 60000)::INTEGER FROM sessions ORDER BY starts'),
      ).to.deep.equal([
        [10, 10],
        [20, 10],
        [10, 10],
      ]);
    });

    it('take no notice of what others record about a person', async () => {
      const recorded = { kind: 'registered', active: false };
      await model.fill(
        [
          ada('2021-11-02T09:00:00Z'),
          ada('2021-11-02T09:20:00Z', recorded),
          ada('2021-11-02T09:40:00Z'),
          ada('2021-11-04T09:40:00Z', recorded),
        ],
        DRH,
      );
      expect(await sessions()).to.deep.equal([
        ['02 09:00:00', '02 09:00:00', 0, 1],
        ['02 09:40:00', '02 09:40:00', 0, 1],
      ]);
    });
  });

  it('active_hours follow the clock on the wall, which shows one hour twice in October', async () => {
    await model.fill(
      [
        ada('2021-10-31T00:30:00Z'),
        ada('2021-10-31T01:30:00Z'),
        ada('2021-10-31T22:59:59.999Z'),
        ada('2021-10-31T23:00:00Z'),
        ada('2022-03-27T00:59:59Z'),
        ada('2022-03-27T01:00:00Z'),
        ada('2022-03-27T01:00:00Z', { active: false }),
      ],
      DRH,
    );
    expect(await rows('SELECT day::VARCHAR, hour, events FROM active_hours ORDER BY day, hour')).to.deep.equal([
      ['2021-10-31', 2, 2],
      ['2021-10-31', 23, 1],
      ['2021-11-01', 0, 1],
      ['2022-03-27', 1, 1],
      ['2022-03-27', 3, 1],
    ]);
  });

  describe('attempts', () => {
    it('share out the time of two modules that alternate: each gap goes to the module before it', async () => {
      await model.fill(
        [
          ada('2021-11-02T09:00:00Z', { module: 'one', kind: 'initialized' }),
          ada('2021-11-02T09:10:00Z', { module: 'two', kind: 'initialized' }),
          ada('2021-11-02T09:15:00Z', { module: 'one', scaled: 0.5 }),
          ada('2021-11-02T09:16:00Z', { module: 'one', active: false, kind: 'waived' }),
          ada('2021-11-02T09:45:00Z', { module: 'two', kind: 'tutorCalled' }),
          ada('2021-11-02T10:15:00.001Z', { module: 'two', kind: 'completed' }),
          ada('2021-11-02T10:16:00Z', { module: null }),
          ada('2021-11-02T10:20:00Z', { module: 'one', scaled: 0.9, completion: true, registration: REGISTRATION }),
        ],
        DRH,
      );
      const found = await rows(
        `SELECT module, registration IS NOT NULL AS registered, worked::INTEGER AS worked, events, scaled, calls,
           ${at('completed_at')}, ${at('waived_at')}, ${at('last_at')} FROM attempts ORDER BY module, registered`,
      );
      expect(found).to.deep.equal([
        // 10 min, then 30 min to the next active event.
        ['one', false, 2_400_000, 2, 0.5, 0, null, '02 09:16:00', '02 09:15:00'],
        ['one', true, 0, 1, 0.9, 0, '02 10:20:00', null, '02 10:20:00'],
        // 5 min, nothing over the gap longer than θ, not quite 1 min until the parcours itself.
        ['two', false, 359_999, 3, null, 1, '02 10:15:00', null, '02 10:15:00'],
      ]);
    });

    it('have the last score, of two at one instant the one stored later', async () => {
      const time = '2021-11-02T09:00:00Z';
      await model.fill([ada(time, { scaled: 0.3 }), ada(time, { scaled: 0.8 }), ada(time)], DRH);
      expect(await rows('SELECT scaled, events FROM attempts')).to.deep.equal([[0.8, 3]]);
    });
  });

  it('enrolments begin with the first statement of any kind, and keep the place of then', async () => {
    await model.fill(
      [
        ada('2021-11-01T09:00:00Z', { kind: 'needed', active: false, module: null }),
        ada('2021-11-02T09:00:00Z', { module: 'one' }),
        ada('2021-11-03T09:00:00Z', { module: 'two', kind: 'completed' }),
        ada('2021-11-03T09:00:00Z', { module: 'three' }),
        ada('2021-11-04T09:00:00Z', { module: 'one', kind: 'satisfied', active: false }),
        ada('2021-11-05T09:00:00Z', { module: null, kind: 'satisfied', active: false }),
        ada('2021-11-06T09:00:00Z', { module: null, kind: 'passed' }),
        ada('2021-11-01T08:59:59Z', { course: 'excel', module: 'one', kind: 'passed' }),
      ],
      [
        { person: 'ada', direction: 'DRH', from: '2021-11-01T09:00:00Z', to: '2021-11-02T09:00:00Z' },
        { person: 'ada', direction: 'DSIC', from: '2021-11-02T09:00:00Z' },
      ],
    );
    const instants = ['entered_at', 'needed_at', 'started_at', 'completed_at', 'passed_at', 'last_at'].map(at).join();
    const found = await rows(
      `SELECT parcours, ${instants}, direction, modules_started, modules_completed, last_module FROM enrolments ORDER BY parcours`,
    );
    const once = '01 08:59:59';
    expect(found).to.deep.equal([
      ['excel', once, null, once, null, null, once, null, 1, 0, 'one'],
      [
        ...['word', '01 09:00:00', '01 09:00:00', '02 09:00:00', '05 09:00:00', '06 09:00:00', '06 09:00:00'],
        ...['DRH', 3, 2, 'three'],
      ],
    ]);
  });
});
