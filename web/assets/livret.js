// What the pages do in a browser beyond the design system.
const root = document.documentElement;

// The server writes the theme into the next page.
root.addEventListener('dsfr.scheme', ({ detail }) => {
  const secure = location.protocol === 'https:' ? '; secure' : '';
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser.
  document.cookie = `livret_theme=${detail.scheme}; path=/; max-age=31536000; samesite=lax${secure}`;
});

// A form that came back refused: begin with what is wrong.
document.querySelector('[data-first-focus]')?.focus();

// Code is sent by Ctrl + Enter: Enter alone is a new line of it.
for (const code of document.querySelectorAll('textarea[data-sends]')) {
  code.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    code.form?.requestSubmit();
  });
}
