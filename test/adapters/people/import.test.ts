import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { expect } from 'chai';
import { createPeopleCommands } from '../../../adapters/people/index.ts';
import { createDirectory, type Directory } from '../../../lrs/directory/index.ts';
import { LivretError } from '../../../lrs/errors.ts';
import type { Json } from '../../../web/index.ts';
import { onEachEngine, withStore } from '../../engines/index.ts';

const HEADER = 'identifiant;fournisseur;nom;prenom;courriel;direction;service;site;roles;debut;fin';
const PROVIDER = 'https://sso.example';
const key = (name: string): string => `account:${PROVIDER}|${name}`;

interface Refused {
  kind: string;
  line: number;
  problems: { column: string | null; problem: string }[];
}

/** In pieces of a few bytes, so that letters and lines are cut anywhere. */
async function* pieces(bytes: Uint8Array, size = 7): AsyncGenerator<Uint8Array> {
  for (let i = 0; i < bytes.length; i += size) yield bytes.subarray(i, i + size);
}

onEachEngine('livret people import', (engine) => {
  const store = withStore(engine);
  let directory: Directory;
  let lines: Json[];
  beforeEach(() => {
    directory = createDirectory(store);
    lines = [];
  });

  async function load(
    input: AsyncIterable<Uint8Array>,
    args: Record<string, Json> = {},
  ): Promise<Record<string, Json>> {
    lines = [];
    const [command] = createPeopleCommands({ directory, timeZone: 'Europe/Paris' });
    if (command?.name !== 'people.import') throw new Error('no command people.import');
    const emit = async (line: Json): Promise<void> => {
      lines.push(line);
    };
    return (await command.run({ args, input, emit })) as Record<string, Json>;
  }
  const loadText = (text: string, args: Record<string, Json> = {}) => load(pieces(Buffer.from(text)), args);
  const rows = (...cells: string[]): string => [HEADER, ...cells, ''].join('\n');
  const refusal = async (promise: Promise<unknown>): Promise<LivretError> => {
    const error = await promise.then(
      () => undefined,
      (reason: unknown) => reason,
    );
    if (error instanceof LivretError) return error;
    throw new Error(`refused by no LivretError: ${error}`);
  };
  const refusedLines = () => (lines as unknown as Refused[]).filter(({ kind }) => kind === 'refused');
  const placeOf = async (name: string) => (await directory.personByAgentKey(key(name)))?.memberships ?? [];

  it('takes the real file, and changes nothing the second time', async () => {
    // Accounts of openfun/ralph's sample statements (MIT); directions and roles are made up.
    const path = new URL('fun-people.csv', import.meta.url);
    const totalBytes = (await stat(path)).size;
    const counts = { lines: 1_452, refused: 0, dryRun: false };
    expect(await load(createReadStream(path), { totalBytes })).to.include({
      ...counts,
      new: 1_452,
      changed: 0,
      unchanged: 0,
    });
    expect(refusedLines()).to.deep.equal([]);
    const revision = await directory.revision();
    expect(await load(createReadStream(path), { totalBytes })).to.include({
      ...counts,
      new: 0,
      changed: 0,
      unchanged: 1_452,
    });
    expect(await directory.revision()).to.equal(revision);
    const heads = await directory.headcounts(Date.now());
    expect(heads.get('CAB')).to.equal(4);
    expect([...heads.values()].reduce((sum, people) => sum + people, 0)).to.equal(1_452);
  });

  it('reads every column', async () => {
    await loadText(
      rows(
        `ada;${PROVIDER};Lovelace;Ada;ada@interieur.example;DRH;SDRH;"Lognes; bât. B";tuteur|Correspondant;01/09/2021;2022-06-30`,
      ),
    );
    const ada = await directory.personByAgentKey(key('ada'));
    expect(ada).to.deep.include({ familyName: 'Lovelace', givenName: 'Ada', email: 'ada@interieur.example' });
    expect(ada?.memberships).to.deep.equal([
      {
        direction: 'DRH',
        service: 'SDRH',
        site: 'Lognes; bât. B',
        // Midnight in Paris, in summer time; the last day counts to its end.
        from: Date.parse('2021-08-31T22:00:00Z'),
        to: Date.parse('2022-06-30T22:00:00Z'),
        roles: ['tutor', 'correspondent'],
      },
    ]);
  });

  it('takes commas, a BOM, CRLF, other orders and spellings of the header, and blank lines', async () => {
    const header = '\uFEFF"Fournisseur",Identifiant,NOM,Prénom,courriel,Début,fin,direction,service,site,Rôles';
    const text = `${header}\r\n\r\n${PROVIDER},ada,"O'Hara, dite ""Bé""",,,,,DRH,,,"agent,tutor"\r\n,,,,,,,,,,\r\n`;
    expect(await loadText(text)).to.include({ lines: 1, new: 1, refused: 0 });
    expect((await directory.personByAgentKey(key('ada')))?.familyName).to.equal('O\'Hara, dite "Bé"');
    expect((await placeOf('ada'))[0]?.roles).to.deep.equal(['agent', 'tutor']);
  });

  it('reads Windows-1252, and a damaged line of a UTF-8 file without harming the others', async () => {
    const latin = Buffer.from(rows(`ada;${PROVIDER};Lefèvre;Zoë;;Préfecture;;;;;`), 'latin1');
    expect(await load(pieces(latin))).to.include({ new: 1 });
    expect(await directory.personByAgentKey(key('ada'))).to.include({ familyName: 'Lefèvre', givenName: 'Zoë' });
    const utf8 = Buffer.from(rows(`bob;${PROVIDER};Noël;;;Préfecture;;;;;`));
    const mixed = Buffer.concat([
      utf8,
      Buffer.from(`eve;${PROVIDER};Léa;;;DRH;;;;;\n`, 'latin1'),
      utf8.subarray(HEADER.length + 1),
    ]);
    await load(pieces(mixed));
    expect((await directory.personByAgentKey(key('bob')))?.familyName).to.equal('Noël');
    expect((await directory.personByAgentKey(key('eve')))?.familyName).to.equal('Léa');
    expect(await directory.directions()).to.deep.equal(['DRH', 'Préfecture']);
  });

  it('imports the good lines and says of each other one where and what is wrong', async () => {
    const counts = await loadText(
      rows(
        `ada;${PROVIDER};;;;DRH;;;agent;;`,
        `;sso;;;not an address;;;;chef;31/02/2021;2021-13-01`,
        `bob;${PROVIDER};;;;DRH;;;agent`,
        `eve;${PROVIDER};;;;DRH;;;agent;2021-02-01;2021-01-01`,
        `dan;${PROVIDER};;;;DRH;;;agent;;`,
      ),
    );
    expect(counts).to.include({ lines: 5, new: 2, refused: 3 });
    const refused = refusedLines();
    expect(refused.map(({ line }) => line)).to.deep.equal([3, 4, 5]);
    expect(refused.map(({ problems }) => problems.map(({ column }) => column))).to.deep.equal([
      ['identifiant', 'fournisseur', 'direction', 'courriel', 'roles', 'debut', 'fin'],
      [null],
      ['debut'],
    ]);
    expect(refused[2]?.problems[0]?.problem).to.equal('It ends before it starts.');
    expect(await placeOf('dan')).to.have.length(1);
  });

  it('takes a history on several lines, and comes to rest', async () => {
    const history = rows(
      `ada;${PROVIDER};;;;DRH;;;;01/01/2019;`,
      `ada;${PROVIDER};;;;DSI;;;;01/01/2021;`,
      `ada;${PROVIDER};;;;DSI;;;;01/01/2021;`,
    );
    expect(await loadText(history)).to.include({ new: 1, changed: 1, unchanged: 1, refused: 0 });
    expect(await loadText(history)).to.include({ new: 0, changed: 0, unchanged: 3, refused: 0 });
    expect((await placeOf('ada')).map(({ direction, to }) => [direction, to])).to.deep.equal([
      ['DRH', Date.parse('2020-12-31T23:00:00Z')],
      ['DSI', undefined],
    ]);
  });

  it('refuses lines about one person that contradict each other', async () => {
    const line = (direction: string, from: string) => `ada;${PROVIDER};;;;${direction};;;;${from};`;
    expect(await loadText(rows(line('DRH', ''), line('DSI', '')))).to.include({ new: 1, refused: 1 });
    expect(refusedLines()).to.have.nested.property('[0].problems[0].problem').that.contains('line 2');
    expect(await loadText(rows(line('DRH', '2019-01-01'), line('DSI', '2019-01-01')))).to.include({ refused: 1 });
    expect(await loadText(rows(line('DRH', '2019-01-01'), line('DSI', '')))).to.include({ refused: 1 });
  });

  it('keeps what is known of who moves and who leaves', async () => {
    const before = Date.now();
    await loadText(rows(`ada;${PROVIDER};Lovelace;;;DRH;;;correspondant;;`));
    await loadText(rows(`ada;${PROVIDER};;;;DSI;;;;;`));
    const [former, now] = await placeOf('ada');
    expect(former).to.deep.include({ direction: 'DRH', roles: ['correspondent'] });
    expect(now).to.deep.include({ direction: 'DSI', roles: ['agent'] });
    expect(former?.to).to.equal(now?.from).and.be.at.least(before);
    await loadText(rows(`ada;${PROVIDER};;;;DSI;;;;;31/12/2099`));
    expect(await directory.personByAgentKey(key('ada'))).to.include({ familyName: 'Lovelace' });
    expect((await placeOf('ada'))[1]?.to).to.equal(Date.parse('2099-12-31T23:00:00Z'));
  });

  it('only looks in a dry run', async () => {
    const history = rows(`ada;${PROVIDER};;;;DRH;;;;2019-01-01;`, `ada;${PROVIDER};;;;DSI;;;;2021-01-01;`);
    expect(await loadText(history, { dryRun: true })).to.include({ new: 1, changed: 1, dryRun: true });
    expect(await placeOf('ada')).to.deep.equal([]);
  });

  it('refuses a file that it cannot understand, naming what is wrong', async () => {
    const files: [string | Buffer, RegExp][] = [
      ['', /empty/],
      [
        'identifiant;fournisseur;nom;nom;courriel;direction;service;site;roles;debut;chef\n',
        /missing: prenom, fin; unknown: chef; twice: nom/,
      ],
      [`${HEADER.replaceAll(';', '\t')}\n`, /missing: identifiant/],
      [
        rows(`ada;${PROVIDER};"Lovelace;;;DRH;;;;;`, `bob;${PROVIDER};;;;DRH;;;;;`),
        /after line 1: CSV_QUOTE_NOT_CLOSED/,
      ],
      [rows(`ada;${PROVIDER};"${'x'.repeat(70_000)}";;;DRH;;;;;`), /after line 1: CSV_MAX_RECORD_SIZE/],
      [Buffer.from('504b030414000600', 'hex'), /workbook/],
      [Buffer.from(`\uFEFF${HEADER}\n`, 'utf16le'), /UTF-16/],
      [Buffer.alloc(1_100_000, 'x'), /1 MB/],
    ];
    for (const [file, message] of files) {
      const error = await refusal(load(pieces(Buffer.from(file), 10_000)));
      expect([error.code, error.message]).to.satisfy(
        ([code, text]: string[]) => code === 'people.file' && message.test(text ?? ''),
        error.message,
      );
    }
  });

  it('says soon and shortly what is wrong with a file that goes on for ever', async () => {
    const begun = performance.now();
    for (const filler of ['\n', ' \n', ' '])
      expect((await refusal(load(pieces(Buffer.alloc(20_000_000, filler), 65_536)))).detail).to.match(/no header|1 MB/);
    expect((await refusal(load(pieces(Buffer.alloc(1_000_000, 'x'), 65_536)))).detail).to.match(/no header/);
    const columns = Array.from({ length: 15_000 }, (_, i) => i.toString(36)).join(';');
    const { detail } = await refusal(load(pieces(Buffer.from(`${columns}\n`), 65_536)));
    expect(detail)
      .to.match(/unknown: 0, 1, 2, .*, j, and 14980 more\.$/)
      .and.to.have.length.below(400);
    expect(performance.now() - begun, 'ms').to.be.below(5_000);
  });

  it('passes on what goes wrong with the source', async () => {
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield Buffer.from(rows(`ada;${PROVIDER};;;;DRH;;;;;`));
      throw new LivretError('request.aborted');
    }
    expect((await refusal(load(broken()))).code).to.equal('request.aborted');
  });

  it('takes thousands of people in seconds, and says how far it is', async function () {
    // 33,000 take 8 to 14 s on two cores, and 5 to 8 s the second time.
    this.timeout(30_000);
    const people = Array.from(
      { length: 6_600 },
      (_, i) => `p${i};${PROVIDER};Nom${i};Prénom;p${i}@x.example;D${i % 120};S${i % 900};;agent;;`,
    );
    const file = Buffer.from(rows(...people));
    expect(await load(pieces(file, 65_536), { totalBytes: file.length })).to.include({ new: 6_600, refused: 0 });
    expect(lines).not.to.deep.equal([]);
    for (const line of lines as { kind: string; share: number; secondsLeft: number; perSecond: number }[]) {
      expect(line.kind).to.equal('progress');
      expect(line.share).to.be.within(0, 1);
      expect(line.perSecond).to.be.greaterThan(0);
    }
  });
});
