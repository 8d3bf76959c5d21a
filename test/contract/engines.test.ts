import { blobsContract } from './blobs.ts';
import { closingContract } from './closing.ts';
import { collectionsContract } from './collections.ts';
import { documentsContract } from './documents.ts';
import { dumpContract } from './dump.ts';
import { erasureContract } from './erasure.ts';
import { feedContract } from './feed.ts';
import { loadContract } from './load.ts';
import { naiveContract } from './naive.ts';
import { referencesContract } from './references.ts';
import { sqlite } from './sqlite.ts';
import { statementsContract } from './statements.ts';
import { verifyContract } from './verify.ts';

for (const engine of [sqlite]) {
  describe(`store contract: ${engine.name}`, () => {
    statementsContract(engine);
    referencesContract(engine);
    naiveContract(engine);
    feedContract(engine);
    documentsContract(engine);
    collectionsContract(engine);
    blobsContract(engine);
    erasureContract(engine);
    dumpContract(engine);
    loadContract(engine);
    verifyContract(engine);
    closingContract(engine);
  });
}
