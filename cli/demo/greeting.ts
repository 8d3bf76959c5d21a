/** What the demonstration says once it can be looked at: where it is, who one can be, and what there is to see. */
import { setTimeout as wait } from 'node:timers/promises';
import { count, print } from '../console.ts';
import { LOGINS } from './people.ts';
import type { Story } from './story.ts';
import { extreme, truthsOf } from './truths.ts';

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
  ['/packages', 'les contenus, un par parcours', 'the content packages, one for each course'],
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

/** What the reports should find again: two lines. */
function findings(story: Story, now: number): string[] {
  const known = truthsOf(story, now);
  const [regular, improving, offHours] = [
    extreme(known, 'regular'),
    extreme(known, 'improving'),
    extreme(known, 'offHours'),
  ];
  const [calls, finishes, lost] = [extreme(known, 'calls'), extreme(known, 'finishes'), extreme(known, 'resumes', -1)];
  return [
    `Dans les chiffres : ${regular} est la plus régulière, ${improving} progresse le plus, ${offHours} se forme hors horaires, ` +
      `${calls} appelle le tuteur, ${finishes} va au bout, ${lost} ne reprend guère ce qui est interrompu.`,
    `In the figures: ${regular} is the most regular, ${improving} gets better most, ${offHours} learns off hours, ` +
      `${calls} calls the tutor, ${finishes} gets to the end, ${lost} hardly comes back after an interruption.`,
  ];
}

function greetingOf({ site, idp, story }: Place): string[] {
  const { agents, start, seed } = story;
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
    ...findings(story, Date.now()),
    '',
    `Fournisseur d’identité / Identity provider: ${idp}`,
  ];
}
