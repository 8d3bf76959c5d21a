/** What the folders beside this file give to index.ts, and what they are given. */
import type { NavigationItem, Permission, Tell } from '../../web/index.ts';
import type { Access } from '../access/index.ts';

export interface PagesOptions {
  access: Access;
  tell: Tell;
}

export interface Pages {
  permissions: readonly Permission[];
  navigation: readonly NavigationItem[];
}
