import { expect } from 'chai';
import { demoStatements, statementsFile } from '../../cli/demo/statements.ts';
import { factOf, profileDocument } from '../../lrs/profile/index.ts';
import { astray } from '../lrs/profile/checker/courses.ts';

const profile = JSON.parse(profileDocument().bytes.toString());
const NOW = Date.UTC(2026, 10, 26, 12);

describe('what the demo tells', () => {
  const statements = demoStatements(NOW);

  it('follows the published profile, statement by statement and from the first to the last', () => {
    expect(astray(statements, profile)).to.deep.equal([]);
  });

  it('is a whole story: every kind of fact, each once, and nothing of the future', () => {
    const kinds = new Set(statements.map((statement) => factOf(statement).kind));
    expect([...kinds]).to.have.members([
      ...['needed', 'diagnosed', 'registered', 'waived', 'satisfied'],
      ...[
        'launched',
        'initialized',
        'suspended',
        'resumed',
        'terminated',
        'abandoned',
        'completed',
        'passed',
        'failed',
      ],
      ...['slotPlanned', 'slotMoved', 'slotCancelled', 'slotKept', 'slotMissed', 'tutorCalled', 'tutorAnswered'],
    ]);
    expect(new Set(statements.map(({ id }) => id)).size).to.equal(statements.length);
    expect(statements.every(({ timestamp }) => Date.parse(timestamp ?? '') < NOW)).to.equal(true);
  });

  it('is the same a fortnight later, and goes on', () => {
    const later = new Set(statementsFile(NOW + 14 * 86_400_000).split('\n'));
    const lines = statementsFile(NOW).split('\n');
    expect(lines.every((line) => later.has(line))).to.equal(true);
    expect(later.size).to.be.greaterThan(lines.length);
  });
});
