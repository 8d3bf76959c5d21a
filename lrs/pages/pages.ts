/** What the folders beside this file give to index.ts, and what they are given. */
import type { NavigationItem, Permission, Tell } from '../../web/index.ts';
import type { Access } from '../access/index.ts';
import type { Directory } from '../directory/index.ts';

export interface PagesOptions {
  access: Access;
  directory: Directory;
  siteUrl: string;
  /** IANA time zone of days that are typed in. */
  timeZone: string;
  tell: Tell;
}

export interface Pages {
  permissions: readonly Permission[];
  navigation: readonly NavigationItem[];
}
