/** The published profile: valid, whole, and the same as what the program uses. */
import { readFileSync } from 'node:fs';
import { Ajv, type SchemaObject } from 'ajv';
import { expect } from 'chai';
import {
  ACTIVITY_TYPE,
  EXTENSION,
  PLACES,
  PROFILE,
  PROFILE_VERSION,
  profileDocument,
  VERB,
} from '../../../lrs/profile/index.ts';
import { isIri } from '../../../lrs/xapi/index.ts';
import { sqlite } from '../../engines/sqlite.ts';
import { TestServer } from '../resources/server.ts';
import type { Pattern, Profile } from './checker/profile.ts';

const read = (url: string): unknown => JSON.parse(readFileSync(new URL(url, import.meta.url), 'utf8'));
const profile = JSON.parse(profileDocument().bytes.toString()) as Profile;
const isOurs = (iri: string): boolean => iri.startsWith(PROFILE);

/** The keywords that ADL's server adds to JSON Schema. */
const countOf = (names: string[], value: object): number => names.filter((name) => name in value).length;
const ajv = new Ajv({ strict: false, allErrors: true })
  .addKeyword({ keyword: 'exclusiveProps', validate: (names: string[], value: object) => countOf(names, value) < 2 })
  .addKeyword({ keyword: 'requiresOneOf', validate: (names: string[], value: object) => countOf(names, value) === 1 })
  .addKeyword({
    keyword: 'requiresAtLeastOne',
    validate: (names: string[], value: object) => countOf(names, value) > 0,
  })
  .addKeyword({
    keyword: 'primaryPatternRule',
    validate: (_: true, value: Pattern) => !value.primary || ('prefLabel' in value && 'definition' in value),
  })
  .addFormat('iri', isIri)
  .addFormat('uri', isIri)
  .addFormat('url', URL.canParse)
  .addFormat('datetime', (text) => !Number.isNaN(Date.parse(text)))
  .addFormat('jsonschema', (text) => new Ajv().validateSchema(JSON.parse(text)) === true);

const valid = ajv.compile(read('schema/profiles-1.0.json') as SchemaObject);

/** Every value inside, with where it is. */
function* inside(value: unknown, path = '$'): Generator<[path: string, value: unknown]> {
  yield [path, value];
  if (typeof value === 'object' && value !== null)
    for (const [key, each] of Object.entries(value)) yield* inside(each, `${path}.${key}`);
}

const membersOf = ({ alternates, optional, oneOrMore, sequence, zeroOrMore }: Pattern): string[] =>
  [alternates, optional, oneOrMore, sequence, zeroOrMore].flatMap((each) => each ?? []);

describe('the published profile', () => {
  it('is valid against the schema of ADL’s profile server', () => {
    valid(profile);
    expect(valid.errors).to.equal(null);
  });

  it('is refused by that schema when it is broken', () => {
    const breaks: ((copy: Profile) => void)[] = [
      (copy) => Object.assign(copy, { type: 'Other' }),
      (copy) => Object.assign(copy.concepts[0] ?? {}, { type: 'Thing' }),
      (copy) =>
        Object.assign(copy.templates[0] ?? {}, { objectStatementRefTemplate: ['urn:x'], objectActivityType: 'urn:y' }),
      (copy) => Object.assign(copy.patterns[0] ?? {}, { optional: 'urn:x' }),
      (copy) => Object.assign(copy.templates[0]?.rules?.[0] ?? {}, { presence: 'perhaps' }),
      (copy) => Object.assign(copy.concepts.at(-1) ?? {}, { inlineSchema: '{"type":"nothing"}' }),
    ];
    for (const breakIt of breaks) {
      const copy = structuredClone(profile);
      breakIt(copy);
      expect(valid(copy), String(breakIt)).to.equal(false);
    }
  });

  it('has the names that the program uses', () => {
    expect(profile.id).to.equal(PROFILE);
    expect(profile.versions.map(({ id }) => id)).to.include(PROFILE_VERSION);
    const coined = [VERB, ACTIVITY_TYPE, EXTENSION].flatMap((names) => Object.values<string>(names)).filter(isOurs);
    expect(profile.concepts.map(({ id }) => id)).to.have.members(coined);
    const said = new Set(profile.templates.map(({ verb }) => verb));
    expect([...said]).to.have.members(Object.values(VERB));
    const place = profile.concepts.find(({ id }) => id === EXTENSION.place);
    expect(JSON.parse(place?.inlineSchema ?? '{}').enum).to.deep.equal(PLACES);
  });

  it('is whole: each id once, each name it refers to there, nothing empty, everything in French and English', () => {
    const parts = [...profile.concepts, ...profile.templates, ...profile.patterns];
    expect(new Set(parts.map(({ id }) => id)).size).to.equal(parts.length);
    for (const { id, inScheme } of parts) expect(inScheme, id).to.equal(PROFILE_VERSION);
    const elements = new Set([...profile.templates, ...profile.patterns].map(({ id }) => id));
    for (const pattern of profile.patterns)
      for (const id of membersOf(pattern)) expect(elements, pattern.id).to.include(id);
    const used = new Set(profile.patterns.flatMap(membersOf));
    const adrift = [...profile.templates, ...profile.patterns.filter(({ primary }) => !primary)].filter(
      ({ id }) => !used.has(id),
    );
    expect(adrift.map(({ id }) => id)).to.deep.equal([]);
    for (const [path, value] of inside(profile)) {
      if (/\.(prefLabel|definition|scopeNote)$/.test(path)) expect(value, path).to.have.all.keys('fr', 'en');
      expect(value === null || value === '', path).to.equal(false);
      if (typeof value === 'object' && value !== null) expect(Object.keys(value), path).to.not.have.length(0);
    }
  });

  it('has patterns that greedy reading can follow (Structure 9.0)', () => {
    const byId = new Map(profile.patterns.map((pattern) => [pattern.id, pattern]));
    const depth = (id: string, above: readonly string[] = []): void => {
      expect(above, 'a pattern inside itself').to.not.include(id);
      for (const each of membersOf(byId.get(id) ?? { id })) depth(each, [...above, id]);
    };
    for (const { id, alternates = [], sequence } of profile.patterns) {
      depth(id);
      for (const each of alternates) {
        expect(byId.get(each)?.optional ?? byId.get(each)?.zeroOrMore, `${id}: ${each}`).to.equal(undefined);
      }
      if (sequence !== undefined) expect(sequence.length, id).to.be.greaterThan(1);
    }
  });
});

describe('GET /xapi-profile', () => {
  let server: TestServer;
  before(async () => {
    server = await TestServer.start(sqlite);
  });
  after(() => server.stop());

  const anonymous = { authorization: '', version: '' };

  for (const path of ['//xapi-profile', '//xapi-profile/v1']) {
    it(`${path.slice(1)} gives the document to anybody, of any origin`, async () => {
      const answer = await server.call(path, { ...anonymous, headers: { Origin: 'https://player.example' } });
      expect(answer.status).to.equal(200);
      expect(answer.headers.get('content-type')).to.equal('application/ld+json');
      expect(answer.headers.get('access-control-allow-origin')).to.equal('*');
      expect(answer.headers.get('access-control-expose-headers')).to.include('ETag');
      expect(await answer.json()).to.deep.equal(read('../../../lrs/profile/livret.jsonld'));
    });
  }

  it('answers 304 to who has it, and HEAD without a body', async () => {
    const head = await server.call('//xapi-profile/v1', { ...anonymous, method: 'HEAD' });
    const etag = head.headers.get('etag') ?? '';
    expect(etag).to.match(/^"[0-9a-f]{40}"$/);
    expect(Number(head.headers.get('content-length'))).to.equal(profileDocument().bytes.length);
    for (const tag of [etag, `W/${etag}`, `"x", ${etag}`, '*']) {
      const answer = await server.call('//xapi-profile/v1', { ...anonymous, headers: { 'If-None-Match': tag } });
      expect(answer.status, tag).to.equal(304);
      expect(await answer.text()).to.equal('');
      expect(answer.headers.get('etag')).to.equal(etag);
    }
    const other = await server.call('//xapi-profile/v1', { ...anonymous, headers: { 'If-None-Match': '"x"' } });
    expect(other.status).to.equal(200);
    await other.body?.cancel();
  });

  it('refuses what would change it, and paths below', async () => {
    const post = await server.call('//xapi-profile/v1', { method: 'POST', body: {} });
    expect([post.status, post.headers.get('allow')]).to.deep.equal([405, 'GET, HEAD, OPTIONS']);
    expect((await server.call('//xapi-profile/v2', anonymous)).status).to.equal(404);
  });
});
