/** The same figures as files. */
import type { Language } from '../../../web/index.ts';
import { EXPORT_FORMATS, type ExportFormat } from '../../exports/index.ts';
import { words } from '../words.ts';

export interface FilesProps {
  lang: Language;
  /** Name in the API. */
  report: string;
  /** What was asked of it. */
  asked: Readonly<Record<string, string>>;
}

const NAMES: Record<ExportFormat, string> = { csv: 'CSV', xlsx: 'XLSX', parquet: 'Parquet' };

export function Files({ lang, report, asked }: FilesProps) {
  const { download, formats } = words[lang];
  const file = (format: string): string => `/api/reports/${report}?${new URLSearchParams({ ...asked, format, lang })}`;
  return (
    <span class="fr-no-print">
      {download}{' '}
      {EXPORT_FORMATS.map((format) => (
        <>
          <a href={file(format)} title={formats[format]}>
            {NAMES[format]}
          </a>{' '}
        </>
      ))}
    </span>
  );
}
