// Runs before anything is drawn: the theme is there from the first picture on, and what needs no scripts can be hidden.
(() => {
  const root = document.documentElement;
  const scheme = root.dataset.frScheme ?? 'system';
  const dark = scheme === 'dark' || (scheme === 'system' && matchMedia('(prefers-color-scheme: dark)').matches);
  root.classList.add('js');
  root.dataset.frTheme = dark ? 'dark' : 'light';
  // Without this the design system writes to the console of everybody.
  window.dsfr = { production: true };
  try {
    // It goes by what it kept itself, and not by what the server says.
    localStorage.setItem('scheme', scheme);
  } catch {
    // A browser that keeps nothing follows the server.
  }
})();
