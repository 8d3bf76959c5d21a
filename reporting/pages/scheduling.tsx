/** How people manage their own time, a topic at a time. */
import { type Bilingual, linkWith, Tabs, usePage } from '../../web/index.ts';
import { notOneOf } from '../parameters.ts';
import type { Reading } from './frame/reading.ts';
import type { ReportsPage } from './frame/reports-page.ts';
import { type PanelSpec, readPanels } from './panels/panel.ts';
import { Panels } from './panels/panel-view.tsx';

interface Topic {
  name: string;
  label: Bilingual<string>;
  /** What its figures can tell, and what they cannot. */
  says: Bilingual<string>;
  panels: readonly PanelSpec[];
}

const TOPICS: readonly Topic[] = [
  {
    name: 'rhythm',
    label: { fr: 'Rythme', en: 'Rhythm' },
    says: {
      fr: 'Des séances courtes et régulières, ou rares et longues\u00a0? Une personne régulière revient aux mêmes heures et les mêmes jours.',
      en: 'Short and regular sessions, or rare and long ones? Who is regular comes back at the same hours and on the same days.',
    },
    panels: [
      { report: 'sessions', figures: ['n', 'meanSessions', 'sessions', 'meanMinutes', 'minutes'] },
      { report: 'time-on-task' },
      {
        report: 'regularity',
        says: {
          fr: 'Revient-on aux mêmes heures de la journée ? Les deux mesures dites « normalisées » vont de 0 (jamais la même heure) à 1 (toujours la même) : la PDH regarde si l’activité se concentre sur quelques heures, la FDH si elle suit un rythme de 24 heures. PDH et FDH simples augmentent avec le nombre de jours actifs : pour comparer, lire les normalisées.',
          en: 'Do people come back at the same hours of the day? The two “normalised” measures go from 0 (never the same hour) to 1 (always the same): PDH looks whether activity keeps to a few hours, FDH whether it follows a rhythm of 24 hours. Plain PDH and FDH grow with the number of active days: to compare, read the normalised ones.',
        },
      },
      {
        report: 'weekly-regularity',
        says: {
          fr: 'Les semaines se ressemblent-elles ? De 0 (en rien) à 1 (toutes pareilles) : WS1 est la part de jours actifs que deux semaines ont en commun, WS2 dit si les heures s’y répartissent de même entre les jours, WS3 si ces jours comptent autant d’heures. PWD dit si l’activité se concentre sur certains jours de la semaine, FWH et FWD si elle suit un rythme de sept jours, d’après les heures et d’après les jours : pour comparer, lire les valeurs normalisées, de 0 (aucun rythme) à 1 (toujours le même).',
          en: 'Are weeks alike? From 0 (not at all) to 1 (all the same): WS1 is the share of active days that two weeks have in common, WS2 says whether hours are shared out alike over their days, WS3 whether these days have as many hours. PWD says whether activity keeps to some days of the week, FWH and FWD whether it follows a rhythm of seven days, by its hours and by its days: to compare, read the normalised values, from 0 (no rhythm) to 1 (always the same).',
        },
      },
    ],
  },
  {
    name: 'hours',
    label: { fr: 'Heures et lieux', en: 'Hours and places' },
    says: {
      fr: 'Quand et où les agents se forment, et quelle part de ce temps tombe hors des heures de travail.',
      en: 'When and where people learn, and how much of that time falls outside working hours.',
    },
    panels: [
      { report: 'hours', id: 'week', by: 'total', chart: 'week', title: { fr: 'La semaine', en: 'The week' } },
      { report: 'hours' },
      { report: 'places', figures: ['n', 'workstationSessions', 'resourceCentreSessions', 'elsewhereSessions'] },
    ],
  },
  {
    name: 'slots',
    label: { fr: 'Créneaux', en: 'Slots' },
    says: {
      fr: 'Ce qui était prévu, et ce qui a été tenu. Déplacer un créneau n’est pas un échec\u00a0: c’est faire place à l’urgence.',
      en: 'What was planned, and what was kept. To move a slot is no failure: it makes room for what is urgent.',
    },
    panels: [{ report: 'slots' }, { report: 'pacing' }, { report: 'start-delay' }],
  },
  {
    name: 'interruptions',
    label: { fr: 'Interruptions', en: 'Interruptions' },
    says: {
      fr: 'Une interruption est normale au travail. Ce qui compte\u00a0: revient-on, au bout de combien de temps, et va-t-on au bout\u00a0?',
      en: 'Work interrupts. What counts: do people come back, after how long, and do they complete what they began?',
    },
    panels: [
      { report: 'interruptions' },
      { report: 'resumption' },
      { report: 'return-delay' },
      { report: 'mastery-after-interruption' },
    ],
  },
  {
    name: 'autonomy',
    label: { fr: 'Autonomie', en: 'Autonomy' },
    says: {
      fr: 'Appeler le tuteur n’est pas un défaut, et ne pas l’appeler n’est pas un mérite\u00a0: ces chiffres disent où l’aide est demandée.',
      en: 'To call the tutor is no fault, and not to call is no merit: these figures say where help is asked for.',
    },
    panels: [{ report: 'autonomy' }, { report: 'calls-by-third' }],
  },
  {
    name: 'progress',
    label: { fr: 'Évolution', en: 'Change' },
    says: {
      fr: 'Du premier au dernier tiers du parcours\u00a0: combien sont devenus plus réguliers, combien moins.',
      en: 'From the first to the last third of the course: how many have become more regular, how many less.',
    },
    panels: [{ report: 'change', chart: 'change' }],
  },
];

const WORDS: Bilingual<string> = { fr: 'Sujets', en: 'Topics' };

export const scheduling: ReportsPage = {
  path: '/reports/scheduling',
  texts: {
    fr: {
      title: 'Organisation du temps',
      lead: 'Comment les agents organisent eux-mêmes leur formation. Aucun chiffre ne désigne personne.',
    },
    en: {
      title: 'Managing time',
      lead: 'How people schedule their own learning. No figure singles anybody out.',
    },
  },
  filters: ['period', 'compare', 'direction'],
  parameters: [{ name: 'topic', description: 'Which figures.' }],
  shows: (reading) => topicIn(reading).label[reading.lang],
  async body(reading) {
    const { lang } = reading;
    const topic = topicIn(reading);
    const panels = await readPanels(reading, topic.panels);
    return (
      <>
        <Topics here={topic.name} />
        <p>{topic.says[lang]}</p>
        <Panels reading={reading} panels={panels} />
      </>
    );
  },
};

/** The first where none is chosen. Throws `request.parameter`. */
function topicIn({ given }: Reading): Topic {
  const names = TOPICS.map(({ name }) => name);
  const topic = TOPICS.find(({ name }) => name === (given.topic ?? names[0]));
  if (!topic) throw notOneOf('topic', names);
  return topic;
}

function Topics({ here }: { here: string }) {
  const { lang, path } = usePage();
  const tabs = TOPICS.map(({ name, label }) => ({
    href: linkWith(path, { topic: name }),
    label: label[lang],
    current: name === here,
  }));
  return <Tabs label={WORDS[lang]} tabs={tabs} />;
}
