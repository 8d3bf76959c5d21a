/** What the demonstration says once it can be looked at: where it is, who one can be, and what there is to see. */
import { setTimeout as wait } from 'node:timers/promises';
import { count, print } from '../console.ts';
import { LOGINS } from './people.ts';
import type { Story } from './story.ts';

interface Place {
  site: string;
  /** Address of the identity provider. */
  idp: string;
  story: Story;
}

export async function greetWhenReady(place: Place, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const ready = await fetch(`${place.site}/ready`, { signal }).catch(() => undefined);
    await ready?.body?.cancel();
    if (ready?.ok) {
      greetingOf(place).forEach(print);
      return;
    }
    await wait(100);
  }
}

const SIGHTS: readonly [path: string, fr: string, en: string][] = [
  ['/reports', 'les rapports, de 8 trimestres', 'the reports, of 8 quarters'],
  ['/progress', 'qui est inscrit, a commencé, a fini, est en retard', 'who is enrolled, started, done, late'],
  ['/learning', 'ce que chacun voit de soi', 'what each person sees of their own'],
  ['/people', 'les agents, et où ils étaient', 'the agents, and where they were'],
  [
    '/directions',
    '7 directions, les préfectures sous leurs régions',
    '7 directions, the préfectures under their regions',
  ],
];

function greetingOf({ site, idp, story: { agents, start, seed } }: Place): string[] {
  const people = LOGINS.map(
    ({ givenName, sn, shows }) => `  ${`${givenName} ${sn}`.padEnd(18)}${shows.fr} / ${shows.en}`,
  );
  const sights = SIGHTS.map(([path, fr, en]) => `  ${path.padEnd(18)}${fr} / ${en}`);
  return [
    '',
    `Démonstration : ouvrez ${site} et choisissez qui vous êtes. Aucun mot de passe ; Ctrl-C arrête tout.`,
    `Demonstration: open ${site} and choose who you are. No passwords; Ctrl-C ends it.`,
    '',
    ...people,
    '',
    `À voir / To see (${count(agents)} agents, ${start} …, --seed ${seed})`,
    ...sights,
    '',
    `Fournisseur d’identité / Identity provider: ${idp}`,
  ];
}
