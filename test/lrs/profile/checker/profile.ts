/** The parts of an xAPI profile that the checker reads. */
export interface Rule {
  location: string;
  selector?: string;
  presence?: 'included' | 'excluded' | 'recommended';
  any?: unknown[];
  all?: unknown[];
  none?: unknown[];
}

export interface Template {
  id: string;
  verb?: string;
  objectActivityType?: string;
  contextGroupingActivityType?: string[];
  contextParentActivityType?: string[];
  contextOtherActivityType?: string[];
  contextCategoryActivityType?: string[];
  attachmentUsageType?: string[];
  rules?: Rule[];
  [other: string]: unknown;
}

export interface Pattern {
  id: string;
  primary?: boolean;
  alternates?: string[];
  optional?: string;
  oneOrMore?: string;
  sequence?: string[];
  zeroOrMore?: string;
  [other: string]: unknown;
}

export interface Profile {
  id: string;
  versions: { id: string }[];
  concepts: { id: string; type: string; inScheme: string; inlineSchema?: string }[];
  templates: Template[];
  patterns: Pattern[];
}
