/** The shell all pages stand in. Knows no part. */
export { assetPath, assets } from './assets.ts';
export type { AnyChart, BarChart, ChartBase, HeatMap, IntervalChart, LineChart, Series } from './charts/index.ts';
export { Alert, type AlertProps, type Severity } from './components/alert.tsx';
export { Badge, type Filter, Filters, Tag } from './components/badge.tsx';
export { Breadcrumb, type Crumb } from './components/breadcrumb.tsx';
export { Button, ButtonGroup, type ButtonProps, LinkButton } from './components/button.tsx';
export { Chart } from './components/chart.tsx';
export { DateTime } from './components/date-time.tsx';
export { DescriptionList } from './components/description-list.tsx';
export { Details } from './components/details.tsx';
export { EmptyState, type EmptyStateProps } from './components/empty-state.tsx';
export { type ErrorPageProps, renderErrorPage } from './components/error-page.tsx';
export {
  Checkbox,
  type CheckboxProps,
  type FieldProps,
  Fieldset,
  Input,
  type InputProps,
  type Option,
  Select,
  type SelectProps,
  Textarea,
  type TextareaProps,
} from './components/fields.tsx';
export { FilterForm, type FilterFormProps } from './components/filter-form.tsx';
export { ErrorSummary, type FieldError, Form, type FormProps } from './components/form.tsx';
export { LocalText } from './components/local-text.tsx';
export { Pagination, type PaginationProps } from './components/pagination.tsx';
export { ProgressBar } from './components/progress-bar.tsx';
export { ScrollRegion } from './components/scroll.tsx';
export { SearchForm, type SearchFormProps } from './components/search-form.tsx';
export { type Column, DataTable, type DataTableProps } from './components/table.tsx';
export { type TabLink, Tabs } from './components/tabs.tsx';
export { type Tile, Tiles } from './components/tiles.tsx';
export type { Theme } from './cookies.ts';
export {
  formatBytes,
  formatDate,
  formatDay,
  formatNumber,
  formatPercent,
  inLine,
  labelled,
  setTimeZone,
} from './format.ts';
export type { IconName } from './icons.ts';
export { type Bilingual, closestTag, inLanguage, LANGUAGES, type Language, pickLanguage } from './language.ts';
export { type PageProps, renderPage } from './page.tsx';
export { type PageContext, type PageVisitor, usePage } from './page-context.ts';
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
  Turn,
} from './part.ts';
export { linkWith, pageNumberOf, type Sort, sortOf } from './query.ts';
export { createShell, type Frame, languageOf, linkFrom, sendErrorPage, sendPage } from './respond.ts';
export { securityHeaders } from './security.ts';
export type { Accessibility, Site } from './site.ts';
export { streamTo } from './stream.ts';
