/** The description of the API: valid, whole, and true of what a running site answers and refuses. */
import { Validator } from '@seriousme/openapi-schema-validator';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { expect } from 'chai';
import type { Catalogue } from '../../../reporting/catalogue.ts';
import type { Served } from '../served.ts';
import { keyOf, type Site } from '../site.ts';
import type { Ground } from './ground.ts';
import { WORD } from './story.ts';

interface Content {
  content: Record<string, { schema?: { $ref?: string } }>;
}

interface OperationObject {
  operationId: string;
  security: Record<string, unknown>[];
  parameters?: { name: string; schema: { enum?: string[] }; example?: string }[];
  requestBody?: Content;
  responses: Record<string, Content>;
}

interface Document extends Record<string, unknown> {
  paths: Record<string, Record<string, OperationObject>>;
  components: { schemas: Record<string, object> };
}

const SITE = 'https://livret.test';

export const openApi = (ground: () => Ground): Mocha.Suite =>
  describe('as it is described', () => {
    let site: Site;
    let served: Served;
    let key: Record<string, string>;
    let document: Document;
    let ajv: Ajv2020;
    const validators = new Map<string, ValidateFunction>();

    before(async () => {
      ({ site, served, key } = ground());
      await site.run('targets.set', { figure: 'newPeople', people: 50, by: '2021-12-31', direction: 'DRH' });
      await site.run('targets.set', { figure: 'newPeople', people: 50, by: '2021-12-31' });
      document = JSON.parse((await served.get('/api/openapi.json')).text);
      // Formats are beside patterns, which are looked at.
      ajv = new Ajv2020({ strict: true, strictRequired: false, validateFormats: false, allErrors: true });
      ajv.addKeyword('components');
      ajv.addSchema({ $id: 'https://livret.test/api', components: document.components });
    });

    const operationAt = (path: string, method = 'get'): OperationObject => {
      const found = document.paths[path]?.[method];
      if (!found) throw new Error(`${method} ${path} is not described`);
      return found;
    };

    /** Looks an answer up in the description: its status, its type, and what is in it. */
    async function check(path: string, init: RequestInit & { headers: Record<string, string> }): Promise<unknown> {
      const response = await fetch(served.base + path, init);
      const operation = operationAt(path.split('?')[0] ?? '', (init.method ?? 'GET').toLowerCase());
      const described = operation.responses[response.status];
      const what = `${init.method ?? 'GET'} ${path} ${response.status}`;
      if (!described) throw new Error(`${what} is not described: ${await response.text()}`);
      const type = (response.headers.get('content-type') ?? '').split(';')[0] ?? '';
      expect(Object.keys(described.content), what).to.include(type);
      const schema = described.content[type]?.schema?.$ref;
      if (schema === undefined) return void (await response.body?.cancel());
      const body = await response.json();
      const validate = validators.get(schema) ?? ajv.compile({ $ref: `https://livret.test/api${schema}` });
      validators.set(schema, validate);
      if (!validate(body)) throw new Error(`${what}: ${ajv.errorsText(validate.errors)}`);
      return body;
    }

    const get = (path: string, headers = key) => check(path, { headers });

    const changing = async (name: string): Promise<Record<string, string>> => {
      const person = (await site.directory.personByAgentKey(keyOf(name)))?.id ?? '';
      const wanted = { person, identifier: keyOf(name), origin: { provider: 'test' } };
      const roles = [{ role: 'administrator' as const }];
      const { token, session } = await site.access.people.sessions.begin({ ...wanted, roles });
      return {
        cookie: `__Host-livret=${token}`,
        origin: SITE,
        'x-csrf-token': session.csrf,
        accept: 'application/json',
      };
    };

    it('is valid OpenAPI 3.1, and public', async () => {
      expect(document.openapi).to.equal('3.1.0');
      const { valid, errors } = await new Validator().validate(structuredClone(document));
      expect(errors ?? []).to.deep.equal([]);
      expect(valid).to.equal(true);
    });

    it('has every route of the reports, and no other', () => {
      const routes = site.part.permissions
        .filter(({ path }) => path.startsWith('/api/'))
        .map(({ method, path }) => `${method} ${path}`);
      const described = Object.entries(document.paths).flatMap(([path, methods]) =>
        Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
      );
      expect(described).to.have.members(routes);
      const ids = Object.values(document.paths).flatMap((methods) =>
        Object.values(methods).map((each) => each.operationId),
      );
      expect(ids).to.have.length(new Set(ids).size);
    });

    it('is true of each report, whatever it is asked for', async () => {
      const { reports } = (await get('/api/reports')) as Catalogue;
      for (const { name, by } of reports) {
        const path = `/api/reports/${name}`;
        expect(operationAt(path).parameters?.find((each) => each.name === 'by')?.schema.enum).to.deep.equal(by);
        for (const each of by) await get(`${path}?period=2021-Q4&by=${each}&lang=en`);
        await get(`${path}?period=2021-Q4&compare=2021-Q3`);
        await get(`${path}?period=2020-Q1`);
        for (const format of ['csv', 'xlsx', 'parquet']) await get(`${path}?period=2021-Q4&format=${format}`);
      }
      await get(
        `/api/reports/completion?period=2021-Q4&parcours=${encodeURIComponent(WORD)}&direction=DRH&through=2021-Q4`,
      );
    });

    it('is true of what is put together', async () => {
      for (const path of ['/api/reports/claims?period=2021-Q4', '/api/reports/cumulative?from=2021-Q1&to=2022-Q1']) {
        for (const more of ['', '&direction=DRH', '&direction=CAB', '&format=csv', '&format=xlsx', '&format=parquet'])
          await get(path + more);
      }
      await get('/api/reports/claims?period=2020-Q1');
    });

    it('is true of one’s own learning, of progress, of SQL and of the files to take along', async () => {
      await get('/api/me/learning', await served.logIn('drh-0000'));
      const correspondent = await served.logIn('drh-0001', [{ role: 'correspondent', direction: 'DRH' }]);
      await get('/api/progress?limit=10', correspondent);
      for (const format of ['csv', 'xlsx', 'parquet']) await get(`/api/progress?format=${format}`, correspondent);
      for (const format of ['csv', 'xlsx', 'parquet']) {
        await get(`/api/me/learning?format=${format}`, await served.logIn('drh-0000'));
      }
      const person = (await site.directory.personByAgentKey(keyOf('drh-0000')))?.id;
      await get(`/api/progress/person?person=${person}`, correspondent);
      await get('/api/progress/person?person=nobody', correspondent);
      const send = (path: string, sql: string, headers: Record<string, string>) =>
        check(path, {
          method: 'POST',
          headers: { ...headers, 'content-type': 'application/json' },
          body: JSON.stringify({ sql }),
        });
      await send('/api/sql/cells', 'SELECT * FROM cells LIMIT 3', key);
      await get('/api/sql/codebook');
      const administrator = await changing('drh-0002');
      await send('/api/sql/rows', 'SELECT 1', administrator);
      for (const path of Object.keys(document.paths).filter((each) => each.startsWith('/api/extract/')))
        await get(path, path.includes('rows') ? administrator : key);
      await send('/api/sql/cells', 'DROP TABLE cells', key);
      await send('/api/sql/rows', 'SELECT 1', { ...administrator, 'x-csrf-token': 'no' });
    });

    it('is true of what is refused', async () => {
      const agent = await served.logIn('drh-0003');
      const nobody = await served.byLink();
      const other = await served.key('statements/read');
      for (const [path, methods] of Object.entries(document.paths)) {
        for (const [method, { security, parameters = [] }] of Object.entries(methods)) {
          if (security.length === 0) continue;
          for (const headers of [{}, agent, other, { authorization: 'Nonsense' }, { authorization: 'Basic eDp5' }])
            await check(path, { method: method.toUpperCase(), headers });
          if (!parameters.some(({ name }) => name === 'period')) continue;
          for (const query of [
            '',
            '?period=2021-11',
            '?period=2026-Q4',
            '?colour=red',
            '?period=2021-Q4&format=csv&table=none',
          ])
            await get(path + query);
        }
      }
      await get('/api/me/learning', nobody);
      const correspondent = await served.logIn('drh-0001', [{ role: 'correspondent', direction: 'DRH' }]);
      for (const query of ['?direction=DSIC', '?limit=0', '?colour=red', '?state=lost'])
        await get(`/api/progress${query}`, correspondent);
    });

    it('names parameters that are taken, and all values of those that have some', async () => {
      const examples: Record<string, string> = {
        period: '2021-Q4',
        from: '2021-Q3',
        to: '2021-Q4',
        through: '2021-Q4',
        compare: '2021-Q3',
      };
      for (const [path, { get: operation }] of Object.entries(document.paths)) {
        if (!path.startsWith('/api/reports/')) continue;
        const parameters = operation?.parameters ?? [];
        const period = parameters.some(({ name }) => name === 'period') ? '?period=2021-Q4' : '?';
        for (const { name, schema } of parameters) {
          for (const value of schema.enum ?? [examples[name]].filter((each) => each !== undefined)) {
            // Formats are asked for above.
            if (name === 'period' || name === 'format') continue;
            const { status } = await served.get(`${path}${period}&${name}=${value}`, key);
            // A horizon is one of those that are published.
            expect(status, `${path} ${name}=${value}`).to.equal(200);
          }
        }
      }
    });
  });
