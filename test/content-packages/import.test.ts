import { expect } from 'chai';
import type { PackageContents } from '../../content-packages/catalogue/catalogue.ts';
import { onEachEngine } from '../engines/index.ts';
import { au, COURSE, courseXml, smallPackage } from './course-maker.ts';
import { openSite, type Site } from './site.ts';
import { makeZip } from './zip-maker.ts';

onEachEngine('importing a package', (engine) => {
  let site: Site;
  beforeEach(async () => {
    site = await openSite(engine);
  });
  afterEach(() => site.close());

  it('catalogues the course and keeps every file', async () => {
    const imported = await site.import(smallPackage());
    expect(imported).to.deep.include({ course: COURSE, version: 1, format: 'cmi5', units: 1, files: 3, known: false });
    expect(imported.title).to.deep.equal({ 'fr-FR': 'Cours' });
    // What a commit refers to is kept, however old it is.
    expect(await site.left()).to.deep.equal({ incoming: [], blobs: 0 });
    const contents = await site.store
      .collection<PackageContents>({ name: 'package-contents', indexes: {} })
      .get(imported.id);
    expect(contents?.value.files).to.have.length(3);
    for (const { blob, bytes } of contents?.value.files ?? []) {
      expect(await site.store.blobs.get(blob)).to.have.length(bytes);
    }
    const { answer } = await site.run('package.show', { id: imported.id });
    expect(answer).to.have.nested.property('structure.children[0].url', 'index.html');
  });

  it('changes nothing when the same bytes come again, and gives the next version to others of the course', async () => {
    const first = await site.import(smallPackage());
    const again = await site.import(smallPackage());
    expect(again).to.deep.equal({ ...first, known: true });
    const second = await site.import(smallPackage('Bonsoir'));
    expect(second).to.include({ version: 2, known: false }).and.not.to.include({ id: first.id });
    const { answer } = await site.run('package.list');
    expect(answer).to.have.length(2);
  });

  it('gives one id to the same bytes and distinct versions to others, also when they come at once', async () => {
    const packages = ['a', 'b', 'c', 'a', 'b', 'c'].map((page) => smallPackage(page));
    const imported = await Promise.all(packages.map((each) => site.import(each)));
    expect(new Set(imported.map((each) => each.id)).size).to.equal(3);
    expect([...new Set(imported.map((each) => each.version))].sort()).to.deep.equal([1, 2, 3]);
  });

  it('says how far it is', async () => {
    const { lines } = await site.run('package.import', {}, smallPackage());
    expect(lines.map((line) => (line as { stage: string }).stage)).to.deep.equal(['receiving', 'checking', 'storing']);
  });

  it('takes a Zip64 archive, and a cmi5.xml that stands alone', async () => {
    const entries = [
      { name: 'cmi5.xml', data: courseXml(au('https://livret.test/au/1')) },
      { name: 'index.html', data: 'x' },
    ];
    expect(await site.import(makeZip(entries, { zip64: true }))).to.include({ files: 2, version: 1 });
    const alone = courseXml(au('https://livret.test/au/1', { url: 'https://elsewhere.test/a?b=1&amp;c=2#d' }));
    const { id } = await site.import(Buffer.from(`\ufeff${alone}`));
    const { answer } = await site.run('package.show', { id });
    expect(answer).to.have.nested.property('structure.children[0].url', 'https://elsewhere.test/a?b=1&c=2#d');
    expect(answer).to.include({ files: 0, version: 2 });
  });

  it('takes a course of many thousand units', async () => {
    const units = Array.from({ length: 5000 }, (_, index) => au(`https://livret.test/au/${index}`));
    const imported = await site.import(
      makeZip([
        { name: 'cmi5.xml', data: courseXml(...units) },
        { name: 'index.html', data: 'x' },
      ]),
    );
    expect(imported).to.include({ units: 5000 });
  });

  it('removes the file of a sender who goes away', async () => {
    const command = site.part.commands.find((each) => each.name === 'package.import');
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield smallPackage().subarray(0, 100);
      throw new Error('gone');
    }
    const outcome = await command?.run({ args: {}, input: broken(), emit: async () => {} }).then(
      () => 'imported',
      (error: Error) => error.message,
    );
    expect(outcome).to.equal('gone');
    expect(await site.left()).to.deep.equal({ incoming: [], blobs: 0 });
  });
});
