/** Somebody in a parcours, and one module of theirs. */
import type { Agent } from '../../lrs/index.ts';
import type { record } from '../../lrs/profile/index.ts';
import type { Chance } from './chance.ts';
import type { Module, Parcours } from './parcours.ts';
import type { Traits } from './traits.ts';
import type { WorkingDays } from './working-days.ts';

export interface Habit {
  /** 1 Monday to 5 Friday. */
  weekday: number;
  /** The hour of the clock at whose beginning they open a module. */
  hour: number;
}

export interface Traveller {
  enrolment: record.Enrolment;
  parcours: Parcours;
  /** Day on which the need is censused. */
  entry: string;
  /** Opens it for certain. */
  starts: boolean;
  /** Who answers this person's calls; nobody for the tutor. */
  tutor?: Agent | undefined;
  traits: Traits;
  habit: Habit;
  days: WorkingDays;
  chance: Chance;
}

/** One module of a traveller. */
export interface Step {
  traveller: Traveller;
  module: Module;
  /** Which module, from 0. */
  index: number;
  /** How far the parcours is, from 0 to 1. */
  progress: number;
}
