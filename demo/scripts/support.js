// Gives the form the offer of the campaigns file, so that there is one list of prices, and then shows it.
const ask = document.querySelector('support-ask');
try {
  const response = await fetch('/support/campaigns.json');
  ask.offer = (await response.json()).offer;
} finally {
  ask.hidden = false;
}
