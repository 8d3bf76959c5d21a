/** A package comes in: received, checked to the last byte, stored, catalogued. A refusal leaves nothing behind. */

import type { Store } from '../../lrs/index.ts';
import type { PackageFiles } from '../archive/files.ts';
import { ARCHIVE_LIMITS, type ArchiveLimits } from '../archive/zip.ts';
import { units } from '../course.ts';
import { type OpenedPackage, openPackage } from '../formats/open.ts';
import type { Catalogue, CataloguedPackage, PackageContents } from './catalogue.ts';
import type { Incoming, ReceivedFile } from './incoming.ts';

/** How far an import is. `of` is what there will be in all, where that is known. */
export interface ImportProgress {
  stage: 'receiving' | 'checking' | 'storing';
  bytes: number;
  of?: number;
}

export interface ImportLimits extends ArchiveLimits {
  /** Bytes of the file that is sent. */
  fileBytes: number;
}

export const IMPORT_LIMITS: ImportLimits = { ...ARCHIVE_LIMITS, fileBytes: 2 * 1024 ** 3 };

/** Files written at once: each waits for the disk. */
const WRITERS = 4;

export class Importer {
  readonly #store: Store;
  readonly #catalogue: Catalogue;
  readonly #incoming: Incoming;
  readonly #limits: ImportLimits;

  constructor(parts: { store: Store; catalogue: Catalogue; incoming: Incoming; limits: ImportLimits }) {
    this.#store = parts.store;
    this.#catalogue = parts.catalogue;
    this.#incoming = parts.incoming;
    this.#limits = parts.limits;
  }

  /**
   * Imports a package that streams in. The same bytes again give the package that is there, and change nothing. Rejects
   * with `package.invalid`, which says what is wrong and where, or `package.tooLarge`.
   */
  async import(
    input: AsyncIterable<Uint8Array>,
    progress: (step: ImportProgress) => Promise<void>,
  ): Promise<CataloguedPackage & { known: boolean }> {
    const received = (bytes: number) => progress({ stage: 'receiving', bytes });
    return this.#incoming.receive(input, this.#limits.fileBytes, received, async (file) => {
      const id = packageId(file);
      const known = await this.#catalogue.find(id);
      if (known) return { ...known, known: true };
      const opened = await openPackage(file.path, this.#limits);
      try {
        return { ...(await this.#keep(id, opened, progress)), known: false };
      } finally {
        opened.files.close();
      }
    });
  }

  async #keep(
    id: string,
    { course, files }: OpenedPackage,
    progress: (step: ImportProgress) => Promise<void>,
  ): Promise<CataloguedPackage> {
    const of = [...files.sizes.values()].reduce((sum, size) => sum + size, 0);
    // Once through before anything is stored: a file damaged at the very end would leave the others behind.
    let checked = 0;
    for (const name of files.sizes.keys()) {
      for await (const chunk of files.stream(name)) checked += chunk.length;
      await progress({ stage: 'checking', bytes: checked, of });
    }
    const stored = await this.#storeFiles(files, (bytes) => progress({ stage: 'storing', bytes, of }));
    const { format, id: publisherId, title } = course;
    const summary = {
      course: publisherId,
      format,
      title,
      units: units(course).length,
      files: stored.length,
      bytes: of,
    };
    return this.#catalogue.add(id, { ...summary, imported: Date.now() }, { structure: course, files: stored });
  }

  async #storeFiles(files: PackageFiles, stored: (bytes: number) => Promise<void>): Promise<PackageContents['files']> {
    const results = new Map<string, PackageContents['files'][number]>();
    let total = 0;
    // One generator for all writers: each takes the next name, and one that fails ends it for the others.
    const names = (function* () {
      yield* files.sizes.keys();
    })();
    const writer = async (): Promise<void> => {
      for (const name of names) {
        const { blob, length } = await this.#store.blobs.put(files.stream(name));
        results.set(name, { name, blob, bytes: length });
        total += length;
        await stored(total);
      }
    };
    const outcomes = await Promise.allSettled(Array.from({ length: WRITERS }, writer));
    const failed = outcomes.find((outcome) => outcome.status === 'rejected');
    if (failed) throw failed.reason;
    return [...files.sizes.keys()].flatMap((name) => results.get(name) ?? []);
  }
}

/** Stands for the bytes of the package, in 32 characters: short enough to be a label of a host name. */
const packageId = ({ sha256 }: ReceivedFile): string => sha256.slice(0, 32);
