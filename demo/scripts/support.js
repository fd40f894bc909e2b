// Shows the form with the offer of the campaigns file, so that there is one list of prices.
const ask = document.querySelector('support-ask');
try {
  const response = await fetch('/support/campaigns.json');
  const {manage, methods, offer} = await response.json();
  Object.assign(ask, {manage, methods, offer});
} finally {
  ask.hidden = false;
}
