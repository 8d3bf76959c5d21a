/** One person's way through a parcours, with every statement that the program can emit, by the template it should follow. */
import { type Fact, record } from '../../../lrs/profile/index.ts';
import type { Agent, Statement } from '../../../lrs/xapi/types.ts';

const { enrolment: path, session, slot, tutor } = record;

export const PERSON: Agent = { objectType: 'Agent', account: { homePage: 'https://sso.test', name: '1000001' } };
const TUTOR: Agent = { objectType: 'Agent', account: { homePage: 'https://sso.test', name: '1000003' } };
const parcours = { id: 'https://contenus.test/bureautique', name: { fr: 'Bureautique', en: 'Office software' } };
const module = { id: 'https://contenus.test/bureautique/texte', name: { fr: 'Texte', en: 'Text' } };
const skipped = { id: 'https://contenus.test/bureautique/clavier', name: { fr: 'Clavier', en: 'Keyboard' } };

export const ENROLMENT: record.Enrolment = {
  person: PERSON,
  parcours,
  registration: record.registrationOf(PERSON, parcours.id),
};
const enrolment = ENROLMENT;
const id = (name: string): string => record.idOf('test', name);
const at = (day: number, hour: number, minute = 0): number => Date.UTC(2026, 0, day, hour, minute);

const first = { enrolment, module, session: id('first') };
const second = { enrolment, module, session: id('second') };
const third = { enrolment, module, session: id('third') };
const kept = { enrolment, module, slot: id('kept'), from: at(6, 9), to: at(6, 10) };
const missed = { enrolment, slot: id('missed'), from: at(8, 9), to: at(8, 10) };
const cancelled = { enrolment, slot: id('cancelled'), from: at(9, 9), to: at(9, 10) };
const call = { enrolment, module, call: id('call') };

/** In the order of their timestamps. */
export const STORY: readonly [template: string, kind: Fact['kind'], Statement][] = [
  ['needed', 'needed', path.needed({ enrolment, at: at(1, 8) })],
  ['diagnosed', 'diagnosed', path.diagnosed({ enrolment, at: at(2, 8), scaled: 0.4 })],
  ['registered', 'registered', path.registered({ enrolment, at: at(3, 8) })],
  ['waived', 'waived', path.waived({ enrolment, at: at(3, 9), module: skipped, reason: 'Tested Out' })],
  [
    'slot-planned',
    'slotPlanned',
    slot.planned({ ...kept, from: at(5, 9), to: at(5, 10), at: at(4, 8), place: 'workstation' }),
  ],
  ['slot-planned', 'slotPlanned', slot.planned({ ...missed, at: at(4, 8, 1) })],
  ['slot-planned', 'slotPlanned', slot.planned({ ...cancelled, at: at(4, 8, 2) })],
  ['slot-moved', 'slotMoved', slot.moved({ ...kept, from: at(5, 15), to: at(5, 16), at: at(5, 8) })],
  ['slot-moved', 'slotMoved', slot.moved({ ...kept, at: at(5, 14) })],
  ['launched', 'launched', session.launched({ ...first, at: at(6, 9) })],
  ['initialized', 'initialized', session.initialized({ ...first, at: at(6, 9, 1), place: 'resourceCentre' })],
  ['tutor-called', 'tutorCalled', tutor.called({ ...call, at: at(6, 9, 10) })],
  ['tutor-answered', 'tutorAnswered', tutor.answered({ ...call, at: at(6, 9, 15), tutor: TUTOR, duration: 300_000 })],
  ['failed', 'failed', session.failed({ ...first, at: at(6, 9, 30), scaled: 0.3 })],
  ['suspended', 'suspended', session.suspended({ ...first, at: at(6, 9, 40), duration: 39 * 60_000 })],
  ['terminated', 'terminated', session.terminated({ ...first, at: at(6, 9, 41), duration: 40 * 60_000 })],
  ['slot-kept', 'slotKept', slot.kept({ ...kept, at: at(6, 10) })],
  ['launched', 'launched', session.launched({ ...second, at: at(7, 9) })],
  ['abandoned', 'abandoned', session.abandoned({ ...second, at: at(7, 12), duration: 0 })],
  ['slot-missed', 'slotMissed', slot.missed({ ...missed, at: at(8, 10) })],
  ['slot-cancelled', 'slotCancelled', slot.cancelled({ ...cancelled, at: at(8, 17) })],
  ['launched', 'launched', session.launched({ ...third, at: at(9, 9) })],
  ['initialized', 'initialized', session.initialized({ ...third, at: at(9, 9, 1) })],
  ['resumed', 'resumed', session.resumed({ ...third, at: at(9, 9, 2), place: 'workstation' })],
  ['completed', 'completed', session.completed({ ...third, at: at(9, 9, 50), duration: 49 * 60_000 })],
  ['passed', 'passed', session.passed({ ...third, at: at(9, 9, 51), scaled: 0.9 })],
  ['terminated', 'terminated', session.terminated({ ...third, at: at(9, 9, 52), duration: 51 * 60_000 })],
  ['satisfied', 'satisfied', path.satisfied({ enrolment, at: at(9, 10) })],
];
