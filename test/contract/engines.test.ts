import { blobsContract } from './blobs.ts';
import { closingContract } from './closing.ts';
import { collectionsContract } from './collections.ts';
import { countersContract } from './counters.ts';
import { documentsContract } from './documents.ts';
import { erasureContract } from './erasure.ts';
import { feedContract } from './feed.ts';
import { naiveContract } from './naive.ts';
import { referencesContract } from './references.ts';
import { sqlite } from './sqlite.ts';
import { statementsContract } from './statements.ts';

for (const engine of [sqlite]) {
  describe(`store contract: ${engine.name}`, () => {
    statementsContract(engine);
    referencesContract(engine);
    naiveContract(engine);
    feedContract(engine);
    documentsContract(engine);
    collectionsContract(engine);
    blobsContract(engine);
    countersContract(engine);
    erasureContract(engine);
    closingContract(engine);
  });
}
