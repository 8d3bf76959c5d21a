/** What the folders beside this file give to index.ts, and what they are given. */
import type { NavigationItem, Permission, Tell } from '../../web/index.ts';
import type { Access } from '../access/index.ts';
import type { Directory } from '../directory/index.ts';
import type { Store } from '../store/store.ts';

export interface PagesOptions {
  access: Access;
  directory: Directory;
  store: Pick<Store, 'statements' | 'activities'>;
  siteUrl: string;
  /** IANA time zone of days that are typed in. */
  timeZone: string;
  tell: Tell;
}

export interface Pages {
  permissions: readonly Permission[];
  navigation: readonly NavigationItem[];
}
