import { expect } from 'chai';
import { csvOf } from '../../../reporting/sql/csv.ts';

describe('the answer of a query as CSV', function () {
  // A process is started for each.
  this.timeout(30_000);
  const written = async (types: [name: string, type: string][], rows: unknown[][]): Promise<string> => {
    const columns = types.map(([name, type]) => ({ name, type }));
    const answer = { columns, rows: rows.map((row) => JSON.stringify(row)) };
    const pieces: Uint8Array[] = [];
    for await (const piece of await csvOf(answer, 'somebody')) pieces.push(piece);
    return Buffer.concat(pieces).toString();
  };

  it('holds what JSON does, and no formula', async () => {
    const csv = await written(
      [
        ['a', 'VARCHAR'],
        ['A', 'VARCHAR'],
        ['b', 'DOUBLE'],
        ['c', 'JSON'],
        ['d', 'BOOLEAN'],
      ],
      [
        ['=1+1', 'x;"y"', 1.5, [1, 2], true],
        [null, '', -2, { k: 1 }, null],
      ],
    );
    expect(csv).to.equal('\uFEFFa;A_2;b;c;d\r\n\'=1+1;"x;""y""";1.5;[1,2];true\r\n;;-2;"{""k"":1}";\r\n');
  });

  it('holds numbers that are none, and ones too large for JSON, as they are', async () => {
    expect(await written([['n', 'DOUBLE']], [[1], ['NaN'], ['9007199254740993']])).to.equal(
      '\uFEFFn\r\n1\r\nNaN\r\n9007199254740993\r\n',
    );
  });
});
