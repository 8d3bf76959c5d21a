/** The same figures as files. */
import type { Language } from '../../../web/index.ts';
import { EXPORT_FORMATS, type ExportFormat } from '../../exports/index.ts';
import { words } from '../words.ts';

export const FORMAT_NAMES: Readonly<Record<ExportFormat, string>> = { csv: 'CSV', xlsx: 'XLSX', parquet: 'Parquet' };

export interface FileLinksProps {
  /** What is downloaded, with a colon. */
  lead: string;
  /** Address of the file. */
  to(format: ExportFormat): string;
  /** What is said of each when it is pointed at. */
  titles?: Readonly<Record<ExportFormat, string>>;
}

export function FileLinks({ lead, to, titles }: FileLinksProps) {
  return (
    <span class="fr-no-print">
      {lead}{' '}
      {EXPORT_FORMATS.map((format) => (
        <>
          <a href={to(format)} title={titles?.[format]}>
            {FORMAT_NAMES[format]}
          </a>{' '}
        </>
      ))}
    </span>
  );
}

export interface FilesProps {
  lang: Language;
  /** Name in the API. */
  report: string;
  /** What was asked of it. */
  asked: Readonly<Record<string, string>>;
}

/** Those of a report. */
export function Files({ lang, report, asked }: FilesProps) {
  const { download, formats } = words[lang];
  const to = (format: ExportFormat): string =>
    `/api/reports/${report}?${new URLSearchParams({ ...asked, format, lang })}`;
  return <FileLinks lead={download} to={to} titles={formats} />;
}
