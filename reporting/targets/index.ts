/** Targets: so many people by a day. */
export { createTargetCommands } from './commands.ts';
export { readTargets, TARGET_FIGURES, type Target, type TargetFigure } from './records.ts';
