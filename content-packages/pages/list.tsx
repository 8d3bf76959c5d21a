import {
  type Column,
  DataTable,
  DateTime,
  EmptyState,
  formatBytes,
  type Language,
  LocalText,
} from '../../web/index.ts';
import type { CataloguedPackage } from '../catalogue/catalogue.ts';
import { words } from './words.ts';

interface PackageListProps {
  lang: Language;
  packages: readonly CataloguedPackage[];
  /** Makes the address of a page from its path. */
  link: (path: string) => string;
  /** Whether to say how packages are brought in: to whoever can. */
  administers: boolean;
}

/** The packages of the site, each leading to its page. */
export function PackageList({ lang, packages, link, administers }: PackageListProps) {
  const { none, noneLead, noneYet, file, caption } = words[lang];
  if (packages.length === 0) {
    return (
      <EmptyState title={none}>
        {administers ? (
          <p>
            {noneLead} <code>{`livret package import ${file}.zip`}</code>
          </p>
        ) : (
          <p>{noneYet}</p>
        )}
      </EmptyState>
    );
  }
  return <DataTable id="packages" caption={caption} columns={columns(lang, link)} rows={packages} />;
}

function columns(lang: Language, link: PackageListProps['link']): Column<CataloguedPackage>[] {
  const say = words[lang];
  return [
    {
      heading: say.title,
      value: ({ id, title }) => (
        <a href={link(`/packages/${id}`)}>
          <LocalText lang={lang} texts={title} fallback={say.untitled} />
        </a>
      ),
      rowHeader: true,
    },
    { heading: say.format, value: ({ format }) => format },
    { heading: say.version, value: ({ version }) => version, numeric: true },
    { heading: say.units, value: ({ units }) => units, numeric: true },
    { heading: say.size, value: ({ bytes }) => formatBytes(lang, bytes), numeric: true },
    { heading: say.imported, value: ({ imported }) => <DateTime at={imported} /> },
  ];
}
