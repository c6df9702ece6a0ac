// Runs before the first frame, so that a dark page is dark from the beginning. The account's theme is remembered here as a hint.
(() => {
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const show = () => {
    let theme = 'system';
    try {
      theme = localStorage.getItem('parley.theme') || 'system';
    } catch {
      // Storage may be switched off; the system's theme does.
    }
    const isDark = theme === 'dark' || (theme === 'system' && dark.matches);
    document.documentElement.dataset.theme = isDark ? 'dark' : 'light';
  };
  show();
  dark.addEventListener('change', show);
  addEventListener('storage', show);
  addEventListener('parley-theme', show);
})();
