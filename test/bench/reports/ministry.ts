/** The people of the bench's ministry: one large direction, seven of the central administration, and the préfectures. */
import type { Directory, Membership, PersonRecord } from '../../../lrs/directory/index.ts';
import { agentKey } from '../../../lrs/index.ts';
import { accountOf, HOME_PAGE } from './events.ts';

/** About three people in twenty belong to it: 5,000 of 33,000. */
export const LARGEST = 'Préfecture de police';
const CENTRAL = ['CAB', 'DAC', 'DEPAFI', 'DICOM', 'DLPAJ', 'DRH', 'DSIC'];
const PREFECTURES = Array.from({ length: 101 }, (_, n) => `Préfecture ${String(n + 1).padStart(3, '0')}`);
const SERVICES = ['Cabinet', 'Secrétariat général', 'Bureau des titres'];

/** Agent key of somebody by their number. */
export const keyOf = (person: number): string =>
  agentKey({ account: { homePage: HOME_PAGE, name: accountOf(person) } }) ?? '';

/** From 0 on, below n: scattered, and the same each time. */
function scattered(person: number, salt: number, n: number): number {
  const mixed = Math.imul((person + 1) ^ (salt * 0x9e3779b9), 0x85ebca6b);
  return (Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35) >>> 8) % n;
}

function directionOf(person: number, salt: number): string {
  const place = scattered(person, salt, 100);
  if (place < 15) return LARGEST;
  const among = place < 24 ? CENTRAL : PREFECTURES;
  return among[scattered(person, salt + 1, among.length)] ?? LARGEST;
}

/** One person in ten moves to another direction at `moves` (ms). */
function recordsOf(person: number, moves: number): PersonRecord[] {
  const names = { familyName: `Nom ${scattered(person, 7, 4000)}`, givenName: `Prénom ${scattered(person, 8, 400)}` };
  const place = (salt: number): Membership => ({
    direction: directionOf(person, salt),
    service: SERVICES[scattered(person, salt + 2, SERVICES.length)] ?? '',
    roles: ['agent'],
  });
  const identifiers: PersonRecord['identifiers'] = [keyOf(person)];
  const first = { identifiers, ...names, membership: place(1) };
  if (scattered(person, 9, 10) > 0) return [first];
  return [
    { ...first, membership: { ...place(1), to: moves } },
    { identifiers, membership: { ...place(11), from: moves } },
  ];
}

/** Somebody who sees the names of the largest direction. */
export const CORRESPONDENT = 'account:https://sso.interieur.example|correspondent';

const AT_ONCE = 500;

export async function fillDirectory(directory: Directory, people: number, moves: number): Promise<void> {
  const known = directory.known();
  const correspondent: PersonRecord = {
    identifiers: [CORRESPONDENT],
    familyName: 'Correspondante',
    membership: { direction: LARGEST, roles: ['agent', 'correspondent'] },
  };
  await directory.upsertAll([correspondent]);
  for (let from = 0; from < people; from += AT_ONCE) {
    const some = Array.from({ length: Math.min(AT_ONCE, people - from) }, (_, n) => recordsOf(from + n, moves));
    await directory.upsertAll(some.flat(), { known });
  }
}
