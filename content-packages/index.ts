/** Content: packages and their catalogue. */
import { join } from 'node:path';
import type { Access, Store } from '../lrs/index.ts';
import type { Part } from '../web/index.ts';
import { Catalogue } from './catalogue/catalogue.ts';
import { IMPORT_LIMITS, Importer, type ImportLimits } from './catalogue/import.ts';
import { Incoming } from './catalogue/incoming.ts';
import { createPackageCommands } from './commands.ts';
import { words } from './pages/words.ts';
import { createPackageRoutes, PACKAGE_PERMISSIONS } from './routes.tsx';

export type { ImportLimits } from './catalogue/import.ts';
export type { Block, Course, CourseNode, MoveOn, Objective, Texts, Unit } from './course.ts';

export interface ContentPackagesOptions {
  store: Store;
  access: Pick<Access, 'people'>;
  /** LIVRET_DATA; packages on their way in are kept in its folder `incoming`. */
  dataFolder: string;
  settings?: { limits?: Partial<ImportLimits> };
}

/** The part of the house that knows content packages. */
export async function createContentPackages(options: ContentPackagesOptions): Promise<Part> {
  const { store, access, dataFolder, settings } = options;
  const catalogue = new Catalogue(store);
  const incoming = await Incoming.open(join(dataFolder, 'incoming'));
  const importer = new Importer({ store, catalogue, incoming, limits: { ...IMPORT_LIMITS, ...settings?.limits } });
  return {
    routes: createPackageRoutes(catalogue, access.people),
    navigation: [
      {
        path: '/packages',
        label: { fr: words.fr.packages, en: words.en.packages },
        description: { fr: words.fr.listLead, en: words.en.listLead },
        action: 'package.read',
      },
    ],
    permissions: PACKAGE_PERMISSIONS,
    jobs: [],
    commands: createPackageCommands(catalogue, importer),
    measures: [],
    close: async () => {},
  };
}
