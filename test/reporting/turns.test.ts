import { expect } from 'chai';
import type { LivretError } from '../../lrs/index.ts';
import { Turns } from '../../reporting/turns.ts';

describe('the turns of queries', () => {
  const open = () => new Turns({ busy: 'sql.busy', atOnce: 2, waiting: 8, each: { atOnce: 1, waiting: 2 } });
  /** What came of it so far. */
  const state = async (asked: Promise<unknown>): Promise<string> => {
    const waits = new Promise((resolve) => void setTimeout(resolve, 5, 'waits'));
    const come = asked.then(
      () => 'runs',
      (error: LivretError) => error.code,
    );
    return String(await Promise.race([come, waits]));
  };

  it('leave room for others, however many one asks for', async () => {
    const turns = open();
    const greedy = Array.from({ length: 20 }, () => turns.take('greedy'));
    const other = turns.take('other');
    const states = await Promise.all(greedy.map(state));
    expect(states).to.deep.equal(['runs', 'waits', 'waits', ...Array(17).fill('sql.busy')]);
    expect(await state(other)).to.equal('runs');
  });

  it('go to the first whose share is not used up, and are handed on', async () => {
    const turns = open();
    const [first, second] = [turns.take('a'), turns.take('a')];
    const [other, third] = [turns.take('b'), turns.take('c')];
    expect(await Promise.all([first, second, other, third].map(state))).to.deep.equal([
      ...['runs', 'waits', 'runs', 'waits'],
    ]);
    (await other)();
    expect([await state(second), await state(third)]).to.deep.equal(['waits', 'runs']);
    (await third)();
    (await first)();
    expect(await state(second)).to.equal('runs');
  });

  it('are given up by who goes away', async () => {
    const turns = open();
    const gone = new AbortController();
    const [first, second, third] = [turns.take('a'), turns.take('a', gone.signal), turns.take('a')];
    gone.abort();
    expect(await state(second)).to.equal('request.aborted');
    (await first)();
    expect(await state(third)).to.equal('runs');
  });
});
