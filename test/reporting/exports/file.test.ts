import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pipeline } from 'node:stream/promises';
import { expect } from 'chai';
import { EXPORT_FORMATS, exportFile } from '../../../reporting/exports/index.ts';
import { bytesOf, sample } from './sample.ts';

describe('an export as a file', () => {
  it('has the name and type of its format', async () => {
    const files = [];
    for (const format of EXPORT_FORMATS) files.push(await exportFile(sample, { format, stem: 'completion-2021-Q4' }));
    expect(files.map(({ name, contentType }) => [name, contentType])).to.deep.equal([
      ['livret-completion-2021-Q4.csv', 'text/csv; charset=utf-8; header=present'],
      ['livret-completion-2021-Q4.xlsx', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
      ['livret-completion-2021-Q4.parquet', 'application/vnd.apache.parquet'],
    ]);
    const magic = await Promise.all(files.map(async ({ body }) => (await bytesOf(body)).subarray(0, 3).toString()));
    expect(magic).to.deep.equal(['\uFEFF', 'PK\x03', 'PAR']);
  });

  it('gives a table by its name, the definitions too, and says which there are', async () => {
    const read = async (table: string) => {
      const file = await exportFile(sample, { format: 'csv', stem: 'completion-2021-Q4', table });
      return [file.name, (await bytesOf(file.body)).toString()];
    };
    const [name, text] = await read('definitions');
    expect(name).to.equal('livret-completion-2021-Q4-definitions.csv');
    expect(text).to.include('Complétion par direction;Données au;2022-01-08T00:00:00Z\r\n');
    expect(text).to.include('Complétion par direction;Seuil;"k = 5 ; « l\'effectif »"\r\n');
    expect(text).to.include("Heures;'=Heure [hour];");
    const refusal = await read('other').catch((error: unknown) => error);
    expect(refusal).to.have.property('code', 'report.table');
    expect(refusal).to.have.property('detail').that.includes('completion').and.includes('definitions');
  });

  it('travels over HTTP under its name, whatever is in it', async () => {
    const server = createServer((_request, response) => {
      void exportFile(sample, { format: 'csv', stem: 'complétion "été"\r\n2021/Q4' }).then(
        ({ contentType, disposition, body }) => {
          response.setHeader('Content-Type', contentType).setHeader('Content-Disposition', disposition);
          return pipeline(body, response);
        },
      );
    }).listen(0);
    try {
      const answer = await fetch(`http://localhost:${(server.address() as AddressInfo).port}`);
      expect(answer.headers.get('content-disposition')).to.equal(
        'attachment; filename="livret-completion-ete-2021-Q4.csv"; ' +
          "filename*=UTF-8''livret-compl%C3%A9tion-%C3%A9t%C3%A9-2021-Q4.csv",
      );
      expect((await answer.bytes()).subarray(0, 3)).to.deep.equal(new Uint8Array([0xef, 0xbb, 0xbf]));
    } finally {
      server.close();
    }
  });
});
