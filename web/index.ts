/** The shell all pages stand in. Knows no part. */
export { assetPath, assets } from './assets.ts';
export { type BarChart, type BarSeries, barChart } from './charts/bar.ts';
export { Chart } from './components/chart.tsx';
export { type ErrorPageProps, renderErrorPage } from './components/error-page.tsx';
export { LocalText } from './components/local-text.tsx';
export { ScrollRegion } from './components/scroll.tsx';
export { type Column, DataTable, type DataTableProps } from './components/table.tsx';
export { formatBytes, formatDate, formatNumber } from './format.ts';
export { type Bilingual, closestTag, inLanguage, LANGUAGES, type Language, pickLanguage } from './language.ts';
export { type PageProps, type PageVisitor, renderPage } from './page.tsx';
export type {
  Command,
  CommandCall,
  Job,
  Json,
  Measure,
  MenuItem,
  NavigationItem,
  Part,
  Permission,
  Tell,
} from './part.ts';
export { createShell, type Frame, languageOf, linkFrom, sendErrorPage, sendPage } from './respond.ts';
export { securityHeaders } from './security.ts';
