// Runs before the page is drawn, so that the chosen scheme shows at once. Storage may be forbidden.
try {
  const scheme = localStorage.getItem("reverse-mentoring-kit:scheme");
  if (scheme === "light" || scheme === "dark") document.documentElement.dataset.scheme = scheme;
} catch { /* then the system's choice stands */ }
