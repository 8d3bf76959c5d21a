import { expect } from 'chai';
import { sqlite } from '../../engines/sqlite.ts';
import { type HouseSite, type LoggedIn, openHouseSite } from '../../house/open-house.ts';

describe('forms that cannot be read', function () {
  this.timeout(60_000);
  let site: HouseSite;
  let root: LoggedIn;

  before(async () => {
    site = await openHouseSite(sqlite);
    root = await site.logIn('Root', 'SG', ['administrator', 'correspondent']);
  });
  after(() => site.close());

  const send = (path: string, body: string, headers: Record<string, string> = {}) =>
    fetch(site.origin + path, {
      method: 'POST',
      body,
      redirect: 'manual',
      headers: {
        ...{ Cookie: root.cookie, Origin: site.origin, 'Sec-Fetch-Site': 'same-origin', 'X-CSRF-Token': root.csrf },
        ...{ 'Content-Type': 'application/x-www-form-urlencoded', ...headers },
      },
    });
  const codeOf = async (answer: Response): Promise<string> => {
    const { error } = (await answer.json()) as { error: { code: string } };
    return `${answer.status} ${error.code}`;
  };

  it('are refused by the table of errors, on every page', async () => {
    const pages = site.house.parts
      .flatMap(({ permissions }) => permissions)
      .filter(({ method, path, action }) => method === 'POST' && (action !== undefined || path === '/link'));
    expect(pages.length).to.be.greaterThan(20);
    const large = `a=${'x'.repeat(250_000)}`;
    const many = Array(1001).fill('a=1').join('&');
    for (const { path } of pages) {
      const at = path.replace(/:\w+/g, 'x');
      expect(await codeOf(await send(at, large)), path).to.equal('413 request.tooLarge');
      expect(await codeOf(await send(at, many)), path).to.equal('413 request.tooLarge');
    }
  });

  it('are so in what they are written in as well', async () => {
    const type = 'application/x-www-form-urlencoded; charset=utf-16';
    expect(await codeOf(await send('/logout', 'a=1', { 'Content-Type': type }))).to.equal('400 request.contentType');
    expect(await codeOf(await send('/logout', 'a=1', { 'Content-Encoding': 'x' }))).to.equal('400 request.header');
    expect(await codeOf(await send('/logout', 'no gzip', { 'Content-Encoding': 'gzip' }))).to.equal(
      '400 request.header',
    );
  });
});
