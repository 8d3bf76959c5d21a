import { expect } from 'chai';
import { NO_FILES, type PackageFiles } from '../../content-packages/archive/files.ts';
import { readCmi5 } from '../../content-packages/formats/cmi5/read.ts';
import { LivretError } from '../../lrs/index.ts';
import { au, block, courseXml, text } from './course-maker.ts';

const files: PackageFiles = {
  ...NO_FILES,
  sizes: new Map([
    ['index.html', 1],
    ['unité 1/début.html', 1],
  ]),
};

const read = (xml: string, among = files) => readCmi5(Buffer.from(xml), among);

async function refusal(xml: string, among = files): Promise<string> {
  const outcome = await read(xml, among).catch((error: unknown) => error);
  expect(outcome).to.be.instanceOf(LivretError);
  expect((outcome as LivretError).code).to.equal('package.invalid');
  return (outcome as LivretError).detail ?? '';
}

const A = 'https://livret.test/a';

describe('reading a cmi5 course structure', () => {
  it('gives the tree of blocks and units, in order, with all they carry', async () => {
    const objectives = `<objectives><objective id="${A}/o">${text('title', 'Savoir')}${text('description', 'x')}</objective></objectives>`;
    const refers = `<objectives><objective idref="${A}/o"/></objectives>`;
    const unit = au(`${A}/1`, {
      attributes:
        'moveOn="CompletedAndPassed" masteryScore="0" launchMethod="OwnWindow" activityType="https://x.test/t"',
      more: refers,
      url: '\n  index.html?a=1&amp;b=&#233;#c\n ',
    }).replace('</au>', '<launchParameters> {"a":"<![CDATA[<b> &amp;]]>"} </launchParameters></au>');
    const course = await read(courseXml(objectives, block(`${A}/b`, unit + au(`${A}/2`)), au(`${A}/3`)));
    expect(course.children.map((node) => [node.kind, node.id])).to.deep.equal([
      ['block', `${A}/b`],
      ['unit', `${A}/3`],
    ]);
    expect(course.objectives).to.deep.equal([
      { id: `${A}/o`, title: { 'fr-FR': 'Savoir' }, description: { 'fr-FR': 'x' } },
    ]);
    expect(course).to.have.nested.property('children[0].children').that.has.length(2);
    expect(course).to.have.deep.nested.property('children[0].children[0]', {
      kind: 'unit',
      id: `${A}/1`,
      title: { 'fr-FR': `Unité ${A}/1` },
      description: { 'fr-FR': `À propos de Unité ${A}/1` },
      objectives: [`${A}/o`],
      url: 'index.html?a=1&b=é#c',
      moveOn: 'CompletedAndPassed',
      launchMethod: 'OwnWindow',
      masteryScore: 0,
      launchParameters: '{"a":"<b> &amp;"}',
      activityType: 'https://x.test/t',
    });
    expect(course.children[1]).to.include({ moveOn: 'NotApplicable', launchMethod: 'AnyWindow' });
    expect(course.children[1]).not.to.have.property('masteryScore');
  });

  it('trims the author’s texts and keeps them by language', async () => {
    const title = '<title><langstring lang="fr">\n  Un\n  cours </langstring><langstring>Any</langstring></title>';
    const course = await read(courseXml(au(`${A}/1`)).replace(text('title', 'Cours'), title));
    expect(course.title).to.deep.equal({ fr: 'Un cours', und: 'Any' });
  });

  it('reads any prefix, and leaves the elements of others alone', async () => {
    const other = '<x:title xmlns:x="https://other.test"><x:langstring lang="fr">non</x:langstring></x:title>';
    const xml = courseXml(au(`${A}/1`).replace('</au>', `${other}</au>`))
      .replace(/<(\/?)(?![?/]|x:)/g, '<$1c:')
      .replace('xmlns=', 'xmlns:c=');
    expect(await read(xml)).to.have.deep.nested.property('children[0].title', { 'fr-FR': `Unité ${A}/1` });
  });

  it('finds a unit in a file whose name is escaped in the URL', async () => {
    const course = await read(courseXml(au(`${A}/1`, { url: 'unit%C3%A9%201/d%C3%A9but.html?x#y' })));
    expect(course).to.have.nested.property('children[0].url', 'unit%C3%A9%201/d%C3%A9but.html?x#y');
  });

  it('names the line and the element of what the schema refuses', async () => {
    const bad = au(`${A}/2`, { attributes: 'moveOn="Maybe"' });
    expect(await refusal(courseXml(au(`${A}/1`), bad))).to.match(
      /^cmi5\.xml, line 5: Element 'au', attribute 'moveOn': .*'Maybe'/,
    );
    expect(await refusal(courseXml())).to.contain("line 2: Element 'courseStructure': Missing child element(s)");
    expect(await refusal(courseXml(au(`${A}/1`)).replace('v1/CourseStructure', 'v9/CourseStructure'))).to.contain(
      'line 2',
    );
    expect(await refusal(courseXml(au(`${A}/1`, { attributes: 'masteryScore="1.1"' })))).to.contain('masteryScore');
    // libxml2 repeats the source line under what it says of it: that is no error of its own.
    expect(await refusal(courseXml('<c:>x:y:z</c:>'))).to.match(/^cmi5\.xml, line 4: [^<]*$/);
  });

  const RULES: Record<string, [unit: string, says: string]> = {
    'an id that is not absolute': [au('unit-1'), '<au>: the id "unit-1" is not an absolute IRI.'],
    'an id twice': [au(`${A}/1`) + au(`${A}/1`), `<au>: the id "${A}/1" is used twice.`],
    'an id of a block and a unit': [block(`${A}/1`, au(`${A}/1`)), `<au>: the id "${A}/1" is used twice.`],
    'a fifth decimal': [au(`${A}/1`, { attributes: 'masteryScore="0.12345"' }), 'more than four decimals'],
    'a unit without its file': [
      au(`${A}/1`, { url: 'no.html' }),
      'the url "no.html" cannot be launched: the package has no such file',
    ],
    'a unit outside the package': [au(`${A}/1`, { url: '../index.html' }), 'has no such file'],
    'a unit on another host by //': [au(`${A}/1`, { url: '//evil.test/' }), 'must be a path in the package'],
    'a script as a unit': [au(`${A}/1`, { url: 'javascript:alert(1)' }), 'the scheme javascript: is not allowed'],
    'a file of the server as a unit': [au(`${A}/1`, { url: 'file:///etc/passwd' }), 'the scheme file: is not allowed'],
    'a query that takes the launch over': [au(`${A}/1`, { url: 'index.html?fetch=x' }), 'the reserved name fetch'],
    'an objective nobody declared': [
      au(`${A}/1`, { more: `<objectives><objective idref="${A}/o"/></objectives>` }),
      `no objective of the course has the id "${A}/o"`,
    ],
  };
  for (const [name, [unit, says]] of Object.entries(RULES)) {
    it(`refuses ${name}`, async () => {
      const detail = await refusal(courseXml(unit));
      expect(detail)
        .to.match(/^cmi5\.xml, line 4: /)
        .and.to.contain(says);
    });
  }

  it('refuses relative URLs where there is no package', async () => {
    expect(await refusal(courseXml(au(`${A}/1`)), NO_FILES)).to.contain('stands alone needs absolute URLs');
  });

  it('names several problems at once, but not thousands', async () => {
    const units = Array.from({ length: 2000 }, (_, index) => au(`unit-${index}`));
    const detail = await refusal(courseXml(...units));
    expect(detail).to.contain('line 4: <au>').and.to.contain('line 8: <au>').and.to.contain('And 1995 more.');
    expect(detail.length).to.be.lessThan(1000);
  });

  it('takes a mastery score with zeros at its end', async () => {
    const course = await read(courseXml(au(`${A}/1`, { attributes: 'masteryScore="0.80000"' })));
    expect(course).to.have.nested.property('children[0].masteryScore', 0.8);
  });
});
