// Gives the form the offer of the campaigns file, so that there is one list of prices.
const [{offer}] = await Promise.all([
  fetch('/support/campaigns.json').then(response => response.json()),
  customElements.whenDefined('support-ask'),
]);
document.querySelector('support-ask').offer = offer;
