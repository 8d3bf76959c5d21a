import { usePage } from '../page-context.ts';
import { words } from '../words.ts';

const THEMES = ['light', 'dark', 'system'] as const;

/** The modal in which one chooses the theme. The design system's script knows it by its class and the name of its choices. */
export function DisplaySettings() {
  const { close, display } = words[usePage().lang];
  return (
    <dialog id="display-settings" class="fr-modal" aria-labelledby="display-settings-title">
      <div class="fr-container fr-container--fluid fr-container-md">
        <div class="fr-grid-row fr-grid-row--center">
          <div class="fr-col-12 fr-col-md-6 fr-col-lg-4">
            <div class="fr-modal__body">
              <div class="fr-modal__header">
                <button class="fr-btn--close fr-btn" type="button" aria-controls="display-settings" title={close}>
                  {close}
                </button>
              </div>
              <div class="fr-modal__content">
                <h2 id="display-settings-title" class="fr-modal__title">
                  {display.title}
                </h2>
                <div id="display" class="fr-display">
                  <fieldset class="fr-fieldset" id="themes" aria-labelledby="themes-legend">
                    <legend class="fr-fieldset__legend fr-fieldset__legend--regular" id="themes-legend">
                      {display.legend}
                    </legend>
                    {THEMES.map((theme) => (
                      <div class="fr-fieldset__element" key={theme}>
                        <div class="fr-radio-group">
                          <input type="radio" id={`theme-${theme}`} name="fr-radios-theme" value={theme} />
                          <label class="fr-label" for={`theme-${theme}`}>
                            {display[theme]}
                            {theme === 'system' && <span class="fr-hint-text">{display.systemHint}</span>}
                          </label>
                        </div>
                      </div>
                    ))}
                  </fieldset>
                </div>
              </div>
            </div>
          </div>
        </div>
      </div>
    </dialog>
  );
}
