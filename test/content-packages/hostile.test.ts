import { expect } from 'chai';
import { LivretError } from '../../lrs/index.ts';
import { onEachEngine } from '../engines/index.ts';
import { au, courseXml, smallPackage } from './course-maker.ts';
import { openSite, type Site } from './site.ts';
import { makeZip, type ZipEntry } from './zip-maker.ts';

const good: ZipEntry[] = [
  { name: 'cmi5.xml', data: courseXml(au('https://livret.test/au/1')) },
  { name: 'index.html', data: 'x' },
];

const withEntry = (...entries: ZipEntry[]): Buffer => makeZip([...good, ...entries]);
const withXml = (xml: string): Buffer => makeZip([{ name: 'cmi5.xml', data: xml }, ...good.slice(1)]);
const zeros = (megabytes: number): Buffer => Buffer.alloc(megabytes * 1024 ** 2);

/** What is sent, and what the refusal must say. */
const REFUSED: Record<string, [file: () => Uint8Array, says: RegExp, code?: string]> = {
  'an empty file': [() => Buffer.alloc(0), /neither a zip archive nor a cmi5\.xml/],
  'a picture': [() => Buffer.from('\x89PNG\r\n\x1a\n'), /neither a zip archive nor a cmi5\.xml/],
  'a page of HTML': [() => Buffer.from('<html><p>x</html>'), /cmi5\.xml, line 1: Opening and ending tag mismatch/],
  'a truncated archive': [() => smallPackage().subarray(0, -30), /cannot be read/],
  'an archive cut in the middle': [
    () => Buffer.concat([smallPackage().subarray(0, 400), smallPackage().subarray(500)]),
    /cannot be read/,
  ],
  'an empty archive': [() => makeZip([]), /no cmi5\.xml at the root/],
  'a cmi5.xml in a folder': [
    () => makeZip(good.map((entry) => ({ ...entry, name: `cours/${entry.name}` }))),
    /no cmi5\.xml at the root of the package\. It has "cours\/cmi5\.xml"/,
  ],
  'a SCORM package': [() => makeZip([{ name: 'imsmanifest.xml', data: '<manifest/>' }]), /SCORM package.*comes later/],
  'a tincan package': [
    () => makeZip([{ name: 'tincan.xml', data: '<tincan/>' }]),
    /tincan\.xml\) package.*comes later/,
  ],

  'a path that climbs out': [() => withEntry({ name: '../evil.html' }), /"\.\.\/evil\.html"|\.\.\/evil\.html/],
  'a path that climbs further in': [() => withEntry({ name: 'a/../../evil' }), /a\/\.\.\/\.\.\/evil/],
  'an absolute path': [() => withEntry({ name: '/etc/passwd' }), /absolute path/],
  'a drive letter': [() => withEntry({ name: 'c:evil' }), /absolute path/],
  'a backslash': [() => withEntry({ name: 'a\\..\\evil' }), /a\\+\.\.\\+evil/],
  'a NUL in a name': [() => withEntry({ name: 'a\0.html' }), /"a\\u0000\.html" holds a control character/],
  'an empty part in a path': [() => withEntry({ name: 'a//b' }), /has an empty part/],
  'a very long name': [() => withEntry({ name: 'a'.repeat(2000) }), /longer than 1024/],
  'a symbolic link': [() => withEntry({ name: 'l', data: '/etc/passwd', mode: 0o120777 }), /"l" is a symbolic link/],
  'a device': [() => withEntry({ name: 'd', mode: 0o020666 }), /neither a file nor a folder/],
  'a name twice': [() => withEntry({ name: 'index.html' }), /"index\.html" and "index\.html" clash/],
  'a name twice but for case': [() => withEntry({ name: 'INDEX.html' }), /"index\.html" and "INDEX\.html" clash/],
  'a name twice but for composition': [() => withEntry({ name: 'é' }, { name: 'e\u0301' }), /clash/],
  'a file where a folder is': [() => withEntry({ name: 'a/b' }, { name: 'A' }), /of a file and of a folder/],
  'a folder where a file is': [() => withEntry({ name: 'A' }, { name: 'a/b' }), /clash/],
  'an encrypted entry': [() => withEntry({ name: 'e', flags: 1 }), /"e" is encrypted/],
  'an unknown method': [() => withEntry({ name: 'e', method: 12 }), /method \(12\)/],

  'a bomb that says so': [() => withEntry({ name: 'b', data: zeros(30) }), /archive bomb/],
  'a bomb that lies about its size': [
    () => withEntry({ name: 'b', data: zeros(30), claims: { size: 10 } }),
    /"b": .*too many bytes/,
  ],
  'a bomb in the structure': [
    () => makeZip([{ name: 'cmi5.xml', data: zeros(9) }]),
    /cmi5\.xml: It is larger than 8388608 bytes/,
  ],
  'many small bombs': [
    () => makeZip([...good, ...Array.from({ length: 10 }, (_, index) => ({ name: `b${index}`, data: zeros(3) }))]),
    /archive bomb/,
  ],
  'too many entries': [
    () => makeZip([...good, ...Array.from({ length: 20_000 }, (_, index) => ({ name: `f${index}`, stored: true }))]),
    /more than 10000 entries/,
    'package.tooLarge',
  ],
  'a damaged file': [() => withEntry({ name: 'd', data: 'x', claims: { crc: 1 } }), /"d": is damaged/],
  'a file with less in it than it says': [
    () => withEntry({ name: 'd', data: 'x', claims: { size: 5 } }),
    /"d": .*not enough bytes/,
  ],

  'a DOCTYPE': [
    () =>
      withXml(
        courseXml(au('https://livret.test/au/1')).replace('?>', '?><!-- c --><!DOCTYPE x SYSTEM "file:///etc/passwd">'),
      ),
    /cmi5\.xml: A DOCTYPE/,
  ],
  'entities that explode': [
    () => withXml(courseXml().replace('?>', '?>\n<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>')),
    /cmi5\.xml: A DOCTYPE/,
  ],
  'an entity nobody declared': [() => withXml(courseXml(au('https://x.test/&a;'))), /line 4: .*Entity 'a' not defined/],
  'another encoding': [() => withXml('<?xml version="1.0" encoding="utf-7"?><a/>'), /must be UTF-8; it says utf-7/],
  'bytes that are no text': [() => makeZip([{ name: 'cmi5.xml', data: Buffer.from([0x3c, 0xff, 0xfe]) }]), /not UTF-8/],
  'endless nesting': [() => withXml('<a>'.repeat(100_000)), /Excessive depth/],
  'endless comments': [() => withXml(`${'<!--'.repeat(200_000)}`), /cmi5\.xml/],
};

onEachEngine('a hostile or broken package', (engine) => {
  let site: Site;
  before(async () => {
    site = await openSite(engine);
  });
  after(() => site.close());

  for (const [name, [file, says, code = 'package.invalid']] of Object.entries(REFUSED)) {
    it(`is refused: ${name}`, async () => {
      const outcome = await site.import(file()).catch((error: unknown) => error);
      expect(outcome).to.be.instanceOf(LivretError);
      expect((outcome as LivretError).code).to.equal(code);
      expect((outcome as LivretError).detail).to.match(says);
      expect(await site.left()).to.deep.equal({ incoming: [], blobs: 0 });
      expect((await site.run('package.list')).answer).to.deep.equal([]);
    });
  }

  it('is refused above the limits of the site', async () => {
    const strict = await openSite(engine, { fileBytes: 500, bytes: 1_000_000 });
    try {
      const outcome = await strict.import(smallPackage()).catch((error: LivretError) => error.code);
      expect(outcome).to.equal('package.tooLarge');
      expect(await strict.left()).to.deep.equal({ incoming: [], blobs: 0 });
    } finally {
      await strict.close();
    }
  });
});
