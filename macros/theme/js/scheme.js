// Runs before the page is drawn, so that nothing moves afterwards: the chosen scheme shows at once, and
// so does what only a script can serve. Storage may be forbidden.
document.documentElement.dataset.script = "";
try {
  const scheme = localStorage.getItem("reverse-mentoring-kit:scheme");
  if (scheme === "light" || scheme === "dark") document.documentElement.dataset.scheme = scheme;
} catch { /* then the system's choice stands */ }
