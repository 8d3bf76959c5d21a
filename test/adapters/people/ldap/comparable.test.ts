import { expect } from 'chai';
import { comparable } from '../../../../adapters/people/ldap/comparable.ts';

describe('values of LDAP attributes that mean the same', () => {
  const same: [string, string][] = [
    ['Direction des  Ressources humaines ', 'direction des ressources Humaines'],
    ['Pre\u0301fecture', 'Préfecture'],
    ['cn=Tuteurs,ou=Groupes,dc=x', 'CN = tuteurs, OU=groupes ,DC=x'],
    [String.raw`cn=Nord\, Est,dc=x`, String.raw`cn=Nord\2C Est,dc=x`],
    [String.raw`cn=Pr\C3\A9fecture,dc=x`, 'cn=Préfecture,dc=x'],
    [String.raw`cn=a\\\,b,dc=x`, String.raw`cn=a\5C\2Cb,dc=x`],
  ];
  for (const [a, b] of same) it(`${a} and ${b}`, () => expect(comparable(a)).to.equal(comparable(b)));

  const others: [string, string][] = [
    ['DRH', 'DR H'],
    [String.raw`cn=Nord\,dc=x`, 'cn=Nord,dc=x'],
    [String.raw`cn=a\2Cdc=x`, 'cn=a,dc=x'],
    ['Tuteurs, Est', 'Tuteurs,Est'],
  ];
  for (const [a, b] of others) it(`${a} is not ${b}`, () => expect(comparable(a)).not.to.equal(comparable(b)));
});
