// Sets up the paywall like a site that imports and bundles the package.
import 'reader-support/define/support-paywall';

// A gift link opens its story; the server verifies the link.
const given = async signal => {
  if (!location.search.includes('support_link=')) return false;
  const page = encodeURIComponent(location.pathname + location.search);
  const response = await fetch(`/gift/check?page=${page}`, {signal});
  return (await response.json()).kind ?? false;
};

for (const paywall of document.querySelectorAll('support-paywall:not([server])')) {
  paywall.accessProviders = [{id: 'gift', ask: given}];
}
