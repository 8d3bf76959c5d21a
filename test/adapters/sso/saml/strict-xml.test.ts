import { expect } from 'chai';
import fc from 'fast-check';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { requireStrictXml } from '../../../../adapters/sso/saml/strict-xml.ts';
import { parseMessage, type XmlElement } from '../../../../adapters/sso/saml/xml.ts';

const takes = (text: string): boolean => {
  try {
    requireStrictXml(text);
    return true;
  } catch {
    return false;
  }
};

/** Names, attributes and text of every element, as another parser reads them. */
const outline = ({ name, attributes, children, text }: XmlElement): unknown => [
  name,
  Object.fromEntries(attributes),
  children.map(outline),
  children.length === 0 ? text : '',
];

type Node = Record<string, unknown>;
const otherParser = new XMLParser({
  ...{ preserveOrder: true, ignoreAttributes: false, attributeNamePrefix: '', trimValues: false },
  ...{ parseTagValue: false, parseAttributeValue: false, removeNSPrefix: true },
  processEntities: { enabled: true },
  htmlEntities: true,
});

function otherOutline(node: Node): unknown {
  const [name = ''] = Object.keys(node).filter((key) => key !== ':@');
  const inside = node[name] as Node[];
  const children = inside.filter((child) => !('#text' in child));
  const attributes = Object.entries((node[':@'] as Record<string, string> | undefined) ?? {});
  return [
    name,
    Object.fromEntries(attributes),
    children.map(otherOutline),
    children.length === 0 ? inside.map((child) => child['#text']).join('') : '',
  ];
}

describe('strict XML', () => {
  it('takes what messages are made of', () => {
    for (const text of [
      '<a/>',
      '<a b="c" d=\'"\'/>',
      '<a>x<b/>y</a>',
      '<?xml version="1.0"?>\n<p:a xmlns:p="u">&#233;&lt;</p:a>\n',
    ]) {
      expect(takes(text), text).to.equal(true);
    }
  });

  it('refuses all else', () => {
    const others = [
      '',
      ' ',
      'a',
      '<a>',
      '</a>',
      '<a/><a/>',
      '<a></b>',
      '<a b/>',
      '<a b=c/>',
      '<a b="1" b="2"/>',
      '<a b="1"c="2"/>',
      '<a>&b;</a>',
      '<a>&</a>',
    ];
    const more = [
      '<a>]]></a>',
      '<a b="<"/>',
      '<a/>x',
      'x<a/>',
      '<1/>',
      '<a:b:c/>',
      '< a/>',
      '<a / >',
      '<a>&#xFFFE;</a>',
      '<a>&#x110000;</a>',
      '<a>\u0001</a>',
    ];
    const declarations = [
      '<?xml version="1.1"?><a/>',
      ' <?xml version="1.0"?><a/>',
      '<?xml version="1.0" encoding="latin1"?><a/>',
      '<a/><?xml version="1.0"?>',
      '\ufeff<a/>',
    ];
    for (const text of [...others, ...more, ...declarations]) expect(takes(text), text).to.equal(false);
  });

  it('what it takes, two parsers read alike', () => {
    const pieces = [
      '<a>',
      '</a>',
      '<b>',
      '</b>',
      '<b/>',
      '<a x="1">',
      '<b y=\'2\' z="3">',
      '<a x="&lt;&#65;"/>',
      'text',
      '&amp;',
      '&#x41;',
      '>',
      '"',
      "'",
      '/',
      '=',
      '<',
      '<!--',
      '-->',
      ']]>',
      '<![CDATA[',
      '<?x?>',
      '&y;',
      ' x="4"',
      '<a',
      ' ',
      'é',
    ];
    const inside = fc.array(fc.constantFrom(...pieces), { maxLength: 8 }).map((parts) => parts.join(''));
    const nested = fc.letrec<{ node: string }>((tie) => ({
      node: fc.oneof(
        { depthSize: 'small' },
        inside,
        fc.array(tie('node'), { maxLength: 3 }).map((nodes) => `<a x="1">${nodes.join('')}</a>`),
      ),
    })).node;
    let taken = 0;
    fc.assert(
      fc.property(nested, (node) => {
        const text = `<r>${node}</r>`;
        if (!takes(text)) return;
        taken += 1;
        expect(XMLValidator.validate(text), text).to.equal(true);
        const [root] = otherParser.parse(text) as Node[];
        expect(outline(parseMessage(text)), text).to.deep.equal(otherOutline(root ?? {}));
      }),
      { numRuns: 2000 },
    );
    expect(taken).to.be.greaterThan(200);
  });

  it('is quick with whatever is long', () => {
    const long = 250_000;
    const texts = [
      `<a${' '.repeat(long)}`,
      `<a ${'b'.repeat(long)}`,
      `<a ${'b="" '.repeat(long / 5)}`,
      '<a>'.repeat(long / 3),
      `<a b="${'&amp;'.repeat(long / 5)}`,
      `<a>${'&#1'.repeat(long / 3)}`,
      `<?xml version="1.0"${' '.repeat(long)}`,
      '<'.repeat(long),
      `</a${' '.repeat(long)}`,
    ];
    for (const text of texts) {
      const began = performance.now();
      expect(takes(text)).to.equal(false);
      expect(performance.now() - began, text.slice(0, 20)).to.be.lessThan(1_000);
    }
  });
});
