/** Every package that was imported, version by version. */
import {
  type Collection,
  type CollectionSpec,
  hasCode,
  LivretError,
  put,
  type Store,
  type Versioned,
} from '../../lrs/index.ts';
import type { Course, Texts } from '../course.ts';

/** What a list shows of a package. */
export interface PackageSummary {
  /** The publisher's id of the course. */
  course: string;
  /** From 1, in the order of import, for one course. */
  version: number;
  format: Course['format'];
  title: Texts;
  /** How many units can be launched. */
  units: number;
  /** Of the package's files, unpacked. */
  files: number;
  bytes: number;
  /** ms */
  imported: number;
}

/** The rest, under the same id: read when one package is opened. */
export interface PackageContents {
  structure: Course;
  files: { name: string; blob: string; bytes: number }[];
}

export type CataloguedPackage = PackageSummary & { id: string };

export interface ShownPackage extends PackageContents {
  summary: CataloguedPackage;
}

const PACKAGES: CollectionSpec<PackageSummary> = {
  name: 'packages',
  indexes: { version: { fields: ['course', 'version'], unique: true }, imported: { fields: ['imported'] } },
};

const CONTENTS: CollectionSpec<PackageContents> = { name: 'package-contents', indexes: {} };

export class Catalogue {
  readonly #store: Store;
  readonly #packages: Collection<PackageSummary>;
  readonly #contents: Collection<PackageContents>;

  constructor(store: Store) {
    this.#store = store;
    this.#packages = store.collection(PACKAGES);
    this.#contents = store.collection(CONTENTS);
  }

  /** Newest first. */
  async list(): Promise<CataloguedPackage[]> {
    return (await this.#packages.find({ index: 'imported', descending: true })).map(catalogued);
  }

  async find(id: string): Promise<CataloguedPackage | undefined> {
    const found = await this.#packages.get(id);
    return found && catalogued(found);
  }

  /** A package with its structure and files. Rejects with `package.notFound`. */
  async show(id: string): Promise<ShownPackage> {
    const [summary, contents] = await Promise.all([this.#packages.get(id), this.#contents.get(id)]);
    if (!summary || !contents) throw new LivretError('package.notFound', { detail: `Its id was given as ${id}.` });
    return { summary: catalogued(summary), ...contents.value };
  }

  /**
   * Adds a package as the next version of its course; `id` stands for its bytes. One that is there already is given back
   * as it is. Summary, contents and the claim on the blobs are one commit.
   */
  async add(
    id: string,
    summary: Omit<PackageSummary, 'version'>,
    contents: PackageContents,
  ): Promise<CataloguedPackage> {
    const blobs = [...new Set(contents.files.map((file) => file.blob))];
    // Another import may take the version first: then the next one.
    for (let attempt = 1; ; attempt++) {
      const value = { ...summary, version: await this.#nextVersion(summary.course) };
      try {
        await this.#store.commit({
          changes: [
            put(PACKAGES, id, value, { expect: 'absent' }),
            put(CONTENTS, id, contents, { expect: 'absent', blobs }),
          ],
        });
        return { id, ...value };
      } catch (error) {
        const known = hasCode(error, 'collection.conflict') ? await this.find(id) : undefined;
        if (known) return known;
        if (!hasCode(error, 'collection.duplicate') || attempt === 10) throw error;
      }
    }
  }

  async #nextVersion(course: string): Promise<number> {
    const [last] = await this.#packages.find({ index: 'version', equals: [course], descending: true, limit: 1 });
    return (last?.value.version ?? 0) + 1;
  }
}

const catalogued = ({ id, value }: Versioned<PackageSummary>): CataloguedPackage => ({ id, ...value });
