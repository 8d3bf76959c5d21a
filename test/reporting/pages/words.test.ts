import { expect } from 'chai';
import { words } from '../../../reporting/pages/words.ts';

describe('when figures are published by themselves', () => {
  it('is said in days, one day, or at once', () => {
    const { fr, en } = words;
    expect(fr.publishing(7)).to.contain('d’elle-même 7 jours après sa fin, ou après l’arrivée');
    expect(fr.publishing(1)).to.contain('d’elle-même 1 jour après sa fin');
    expect(fr.publishing(0)).to.contain('d’elle-même dès sa fin, ou dès l’arrivée');
    expect(en.publishing(7)).to.contain('automatically 7 days after its end, or after its first');
    expect(en.publishing(1)).to.contain('automatically 1 day after its end');
    expect(en.publishing(0)).to.contain('automatically as soon as it is over, or as soon as its first');
  });
});
