/** Reloads this page after a build, and when the server has started again. */

let wasGreeted = false;
const builds = new EventSource('/dev/builds');
builds.addEventListener('built', () => location.reload());
builds.addEventListener('greeting', () => {
  if (wasGreeted) location.reload();
  wasGreeted = true;
});
