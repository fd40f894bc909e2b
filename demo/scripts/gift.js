// Shows the link with which a supporter gives the article away; the server creates it.
const paywall = document.querySelector('support-paywall');
const place = document.getElementById('gift');
if (paywall?.getAttribute('state') === 'open' && paywall.getAttribute('because') !== 'gift') {
  place.hidden = false;
  document.getElementById('give').addEventListener('click', async () => {
    const given = document.getElementById('given');
    try {
      const response = await fetch('/gift', {method: 'POST'});
      const {url, left} = await response.json();
      given.textContent = url ? `${url} (${left} more this month)` : 'None left this month.';
    } catch {
      given.textContent = 'That did not work. Please try again.';
    }
  });
}
